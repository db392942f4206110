"""One device at a time: which browser sits an attempt, and handing it over."""

from core.audit.record import record
from core.db import hold, session
from core.errors import Conflict, NotFound, WrongState
from core.people.models import Person
from core.web.i18n import _
from training.exams.models import Attempt


class SatElsewhere(Conflict):
    """The attempt goes on on another device."""


def sits_elsewhere(attempt: Attempt, seat: str | None) -> bool:
    """Whether another device than the one of this word answers the attempt. One begun without a device is answered from any."""
    return bool(attempt.seat) and attempt.seat != seat


def insist_on_seat(attempt: Attempt, seat: str | None) -> None:
    """Raise SatElsewhere unless the device may answer."""
    if sits_elsewhere(attempt, seat):
        raise SatElsewhere(_("This exam goes on on another device. What you typed here is kept on this page; choose “Go on here” to take it back."))


def hold_own(attempt: Attempt, by: Person) -> None:
    """Hold the person's own attempt until the transaction ends and read it as it is now. Raises NotFound for another's."""
    if attempt.person_id != by.id:
        raise NotFound
    hold(attempt)


def take_seat(attempt: Attempt, seat: str, *, by: Person) -> Attempt:
    """Let this device answer from now on; the one before is told as soon as it saves. Raises WrongState once it is handed in."""
    hold_own(attempt, by)
    if not attempt.is_open:
        raise WrongState(_("This exam has been handed in. Nothing in it changes any more."))
    if attempt.seat != seat:
        was_elsewhere, attempt.seat = bool(attempt.seat), seat
        session.flush()
        if was_elsewhere:
            record("training.attempt.moved", attempt, by=by, person=by, changes={"course": attempt.course_id})
    return attempt
