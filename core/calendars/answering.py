"""What an answer to an invitation sets going: who books may say that an answer to their kind of booking means more than a mark in the calendar."""

from typing import Protocol

from core.calendars.booking import answer_booking
from core.calendars.models import Answer, Booking, BookingKind
from core.people.models import Person


class Answering(Protocol):
    """Acts on what an attendee says, in the same transaction, and keeps the answer itself."""

    def __call__(self, booking: Booking, person: Person, *, answer: Answer) -> None: ...


_meanings: dict[BookingKind, Answering] = {}


def let_answers_mean(kind: BookingKind, answering: Answering) -> None:
    """From now on answers to bookings of this kind are acted on by `answering`."""
    _meanings[kind] = answering


def take_answer(booking: Booking, person: Person, *, answer: Answer) -> None:
    """Do what an attendee's answer means. Raises Conflict when somebody is busy then, WrongState for what cannot be answered so."""
    meaning = _meanings.get(booking.kind)
    if meaning is None:
        answer_booking(booking, person, answer=answer, by=person)
    else:
        meaning(booking, person, answer=answer)
