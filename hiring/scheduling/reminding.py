"""Reminding everybody of an interview the day before, and those who interviewed of their card once it is over."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from core.clock import now
from core.db import session
from core.people.queries import still_with_right
from core.people.rights import Right
from hiring.interviews.models import Interview, InterviewSeat
from hiring.scheduling import mails
from hiring.scheduling.queries import interviews_near, seats_nobody_was_told_of, seats_owing

AHEAD = timedelta(hours=24)
QUIET = timedelta(hours=2)  # after the invitation
PATIENCE = timedelta(hours=20)  # from the end of the interview until the card is asked for


def remind_of_interviews() -> int:
    """Tell candidate and interviewers of what is near, each once for each time it has. Returns of how many interviews."""
    found = interviews_near(now(), now() + AHEAD, invited_before=now() - QUIET)
    for interview in found:
        mails.interview_reminder(interview)
        # not by the row's own way, which would count its version up: nobody who has the page open needs to know
        stamp = update(Interview).where(Interview.id == interview.id).values(reminded_for=interview.booking.starts_at)
        session.execute(stamp.execution_options(synchronize_session=False))
    _forget(found, "reminded_for")
    return len(found)


def ask_for_cards() -> int:
    """Ask those who came to send their card, once and never before the interview is over. Returns how many were asked."""
    found = seats_owing(ended_before=now() - PATIENCE)
    for seat in found:
        mails.scorecard_reminder(seat)
        session.execute(
            update(InterviewSeat).where(InterviewSeat.id == seat.id).values(card_asked_at=now()).execution_options(synchronize_session=False)
        )
    _forget(found, "card_asked_at")
    return len(found)


def tell_of_seats_to_fill() -> int:
    """Tell whoever schedules, once for each seat, that somebody in a planned interview has left or may no longer interview. Returns of how many."""
    found = seats_nobody_was_told_of("interviewer_missing")
    told = 0
    for seat in found:
        asked = [seat.interview.application.posting.recruiter, seat.interview.booking.organiser]
        able = still_with_right(asked, Right.SCHEDULE_INTERVIEWS)
        reader = next((person for person in asked if person.id in able), None)
        if reader is not None:  # else it waits for the posting to get a recruiter
            mails.interviewer_missing(seat, to=reader)
            told += 1
    return told


def _forget(rows: Sequence[Interview] | Sequence[InterviewSeat], column: str) -> None:
    for row in rows:
        session.expire(row, [column])
