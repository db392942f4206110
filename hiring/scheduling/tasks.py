"""What the clock does around interviews."""

from datetime import timedelta

from core.jobs.queue import timetable
from hiring.scheduling import reminding


@timetable("hiring.remind_of_interviews", every=timedelta(hours=1))
def remind_of_interviews() -> None:
    """Remind everybody of interviews that are near."""
    reminding.remind_of_interviews()


@timetable("hiring.ask_for_cards", every=timedelta(hours=1))
def ask_for_cards() -> None:
    """Ask for scorecards that are still missing after an interview."""
    reminding.ask_for_cards()


@timetable("hiring.tell_of_seats_to_fill", every=timedelta(days=1))
def tell_of_seats_to_fill() -> None:
    """Say who schedules which interviewers will not come because they have left."""
    reminding.tell_of_seats_to_fill()
