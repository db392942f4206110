"""An answer given in the calendar does what the page of the session does: who comes has accepted it, who does not calls it off."""

from core.calendars.models import Answer, Booking
from core.errors import NotFound, WrongState
from core.people.models import Person
from core.web.i18n import _
from onboarding.shadowing.actions import accept, cancel
from onboarding.shadowing.queries import get_session


def answer_session(booking: Booking, person: Person, *, answer: Answer) -> None:
    """Accept the session of a booking, or call it off. Raises WrongState for an answer that is neither."""
    if booking.subject_id is None:
        raise NotFound
    session = get_session(booking.subject_id, viewer=person)
    if answer is Answer.ACCEPTED:
        accept(session, by=person)
    elif answer is Answer.DECLINED:
        cancel(session, reason=_("%(name)s declined it in the calendar.", name=person.name), by=person)
    else:
        raise WrongState(_("A session is accepted or called off. If the time does not suit you, call it off: other times are proposed then."))
