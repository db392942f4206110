"""An answer given in the calendar does what the page of the session does: who declines gives up the seat, and the waiting list moves up."""

from core.calendars.booking import answer_booking
from core.calendars.models import Answer, Booking
from core.errors import NotFound, WrongState
from core.people.models import Person
from core.web.i18n import _
from training.sessions.actions import withdraw
from training.sessions.queries import get_session


def answer_session(booking: Booking, person: Person, *, answer: Answer) -> None:
    """Give up the seat of a booking, or keep the answer; the trainer's yes is only kept. Raises WrongState for the trainer's no."""
    if booking.subject_id is None:
        raise NotFound
    taught = get_session(booking.subject_id)
    if answer is Answer.DECLINED and person.id == taught.trainer_id:
        raise WrongState(_("You teach this session. Ask who plans sessions to move it or to call it off."))
    if answer is Answer.DECLINED:
        withdraw(taught, person, by=person)
    else:
        answer_booking(booking, person, answer=answer, by=person)
