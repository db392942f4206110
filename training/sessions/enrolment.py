"""Seats for people who did not ask: their manager gives them, or a rule asks them for the course."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.clock import today
from core.errors import Conflict
from core.people.models import Person
from core.web.i18n import _
from training.sessions import queries
from training.sessions.actions import enrol, give_seat, insist_ahead, leave, move_up
from training.sessions.models import CourseSession, Seat, SeatOrigin, SeatState


@dataclass
class Outcome:
    """Who has a seat now, who waits, and who got neither, with the sentence that says why."""

    seated: list[Person] = field(default_factory=list)
    waiting: list[Person] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def enrol_people(taught: CourseSession, people: Sequence[Person], *, by: Person) -> Outcome:
    """Give each a seat or a turn; who is busy then is named and the others go on. Raises NotAllowed and WrongState as for one."""
    insist_ahead(taught)
    outcome = Outcome()
    for person in people:
        try:
            seat = enrol(taught, person, by=by)
        except Conflict as refusal:
            outcome.refused.append(str(refusal))
        else:
            (outcome.seated if seat.state is SeatState.ENROLLED else outcome.waiting).append(person)
    return outcome


def fill_from_rules(taught: CourseSession) -> list[Seat]:
    """Give the free seats to people whom a rule asks for the course and who have no seat in another session of it, due first.

    Nobody is put on the waiting list, and who has given a seat of this session up is not asked again. Who is busy then is passed over.
    Seats of people who have left are free, and the waiting list comes first.
    """
    insist_ahead(taught)
    for seat in queries.seats_of_leavers(taught, on=today(taught.time_zone)):
        leave(seat, reason=_("The person has left."), by=None)
    move_up(taught)
    if not taught.fills_from_rules:
        return []
    left = taught.capacity - queries.seats_taken([taught])[taught.id]
    given: list[Seat] = []
    for person in queries.people_asked_for(taught):
        if len(given) >= left:
            break
        try:
            given.append(give_seat(taught, person, SeatOrigin.RULE, by=None))
        except Conflict:
            continue
    return given
