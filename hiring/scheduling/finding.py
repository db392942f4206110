"""Looking for times in which candidate and interviewers could meet, for one round or for several of one day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from core.calendars.free_slots import Interval, WorkingHours
from core.calendars.hours import availabilities
from core.calendars.models import Booking
from core.calendars.panels import Availability, Round, Sitting, seated, starts
from core.calendars.queries import taken_times
from core.people.models import Person
from core.people.queries import still_with_right
from core.people.rights import Right
from hiring.interviews.models import InterviewKind
from hiring.postings.models import Stage

STEP = timedelta(minutes=30)
REST = timedelta(minutes=15)  # between two rounds of a day
LONGEST_WAIT = timedelta(minutes=90)  # a candidate does not wait longer for the next round
EARLIEST, LATEST = time(7), time(22)  # by the candidate's own clock


@dataclass(frozen=True)
class Wanted:
    """One round to be placed: what sort, how long, and its seats, each with those of whom one takes it."""

    stage: Stage
    kind: InterviewKind
    minutes: int
    seats: Sequence[Sequence[Person]]
    questions: str = ""
    round_key: int | None = None  # inner key of the round of the posting's plan that it is


@dataclass(frozen=True)
class FreeTime:
    """When the first round could begin, and each round with its time and people."""

    starts_at: datetime
    sittings: tuple[Sitting, ...]


class Finder:
    """Reads everybody's calendars once and then says which times would do. Who does not interview any more is never free."""

    def __init__(self, rounds: Sequence[Wanted], *, guest: Person, window: Interval, besides: Booking | None = None) -> None:
        people = {person.id: person for wanted in rounds for seat in wanted.seats for person in seat}
        known = availabilities(list(people.values()), window, besides=besides)
        able = still_with_right(people.values(), Right.INTERVIEW)
        self.people, self.window = people, window
        self._rounds = [Round(timedelta(minutes=wanted.minutes), _seats(wanted, known, able)) for wanted in rounds]
        self._guest = _of_guest(guest, window, besides)

    def at(self, begins: datetime) -> FreeTime | None:
        """The rounds, beginning then; None when somebody cannot."""
        sittings = seated(self._rounds, self._guest, begins, rest=REST, longest_wait=LONGEST_WAIT)
        return None if sittings is None else FreeTime(begins, sittings)

    def all(self, zone: str, *, most: int) -> list[FreeTime]:
        """Every time of the window at which the rounds could begin, at round times of the zone, the earliest first."""
        found = []
        for begins in starts(WorkingHours(zone, EARLIEST, LATEST, frozenset(range(7))), self.window, STEP):
            free = self.at(begins)
            if free is not None:
                found.append(free)
                if len(found) == most:
                    break
        return found


def _seats(wanted: Wanted, known: Mapping[int, Availability], able: Collection[int]) -> tuple[tuple[Availability, ...], ...]:
    return tuple(tuple(known[person.id] for person in seat if person.id in able) for seat in wanted.seats)


def _of_guest(guest: Person, window: Interval, besides: Booking | None) -> Availability:
    hours = WorkingHours(guest.time_zone, EARLIEST, LATEST, frozenset(range(7)))
    taken = taken_times([guest], starts_at=window.starts_at - timedelta(days=1), ends_at=window.ends_at + timedelta(days=1), besides=besides)
    return Availability(guest.id, hours, tuple(interval for _kind, interval in taken[guest.id]))
