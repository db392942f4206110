"""What interviewers have said about room between conversations and how many a day, where a time is typed by hand."""

from collections.abc import Sequence
from datetime import timedelta

from core.calendars.free_slots import Interval
from core.calendars.hours import availabilities
from core.calendars.models import Booking
from core.calendars.panels import Availability
from core.errors import Invalid
from core.people.models import Person
from core.web.i18n import _

MINUTE = timedelta(minutes=1)


def insist_on_limits(people: Sequence[Person], slot: Interval, *, besides: Booking | None = None) -> None:
    """Raise Invalid naming each of the people to whom the time leaves too little room, or too many conversations that day."""
    known = availabilities(people, slot, besides=besides)
    sentences = [sentence for person in people for sentence in _against(person, known[person.id], slot)]
    if sentences:
        raise Invalid(" ".join([*sentences, str(_("Choose another time, or tick “Book all the same”."))]), field="anyway")


def _against(person: Person, known: Availability, slot: Interval) -> list[str]:
    found = []
    if known.crowded(slot):
        minutes = known.buffer // MINUTE
        found.append(
            str(_("%(name)s keeps %(minutes)s minutes free before and after a conversation, and this is nearer.", name=person.name, minutes=minutes))
        )
    if known.full(slot):
        most = known.daily_cap
        found.append(str(_("%(name)s holds at most %(most)s conversations a day, and that day is full.", name=person.name, most=most)))
    return found
