"""What the daily mail of the area to the left is told of required training, as plain facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from training.reminders import queries
from training.reminders.actions import note_told
from training.reminders.gathering import Line, gather
from training.reminders.models import Audience


@dataclass(frozen=True)
class ReminderFact:
    """One requirement to tell of. `about` is whom it is required of, empty for the reader; `days_left` is below zero once overdue."""

    course: str
    about: str
    due_on: date
    days_left: int
    line: Line

    @property
    def is_ones_own(self) -> bool:
        """Whether it is required of the reader."""
        return self.line.audience is Audience.PERSON


def facts_for(days: Mapping[int, date]) -> dict[int, list[ReminderFact]]:
    """What each of these people (inner key → their day) has not been told yet: their own first, then what others are late with."""
    gathered = gather(days)
    names = queries.names_of({line.person_id for lines in gathered.values() for line in lines if line.audience is not Audience.PERSON})
    return {key: sorted((_fact(line, names) for line in lines), key=lambda fact: not fact.is_ones_own) for key, lines in gathered.items()}


def _fact(line: Line, names: Mapping[int, str]) -> ReminderFact:
    about = "" if line.audience is Audience.PERSON else names[line.person_id]
    return ReminderFact(line.course, about, line.due_on, line.days_left, line)


def note(facts: Mapping[int, Sequence[ReminderFact]], days: Mapping[int, date]) -> None:
    """Note, in the transaction that writes the mails, that these were told."""
    note_told([fact.line for told in facts.values() for fact in told], days)
