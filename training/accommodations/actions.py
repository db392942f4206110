"""Granting and ending extra time in exams."""

from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from training.accommodations import policy, queries
from training.accommodations.models import MOST_PERCENT, Accommodation


def grant_extra_time(learner: Person, *, extra_percent: int, reason: str, by: Person) -> Accommodation:
    """Give the learner more time in every exam begun from now on, in place of what held before.

    Raises NotAllowed for oneself, Invalid without a reason or for a share that is out of range. The reason stays out of the audit trail.
    """
    _insist(by, learner)
    if not 1 <= extra_percent <= MOST_PERCENT:
        raise Invalid(_("Give a whole number from 1 to %(most)s.", most=MOST_PERCENT), field="extra_percent")
    if not reason.strip():
        raise Invalid(_("Say why extra time is given."), field="reason")
    before = queries.find_holding(learner, lock=True)
    if before is not None:
        _end(before, by)
    granted = Accommodation(person_id=learner.id, extra_percent=extra_percent, reason=reason.strip(), granted_by_id=by.id, granted_at=now())
    try:
        with session.begin_nested():
            session.add(granted)
    except IntegrityError as error:
        raise Conflict(_("Somebody else has just given this person extra time. Reload the page and look at it.")) from error
    old = 0 if before is None else before.extra_percent
    record("training.accommodation.granted", granted, by=by, person=learner, changes={"extra_percent": [old, extra_percent]})
    return granted


def end_extra_time(learner: Person, *, by: Person) -> None:
    """Give no extra time in exams begun from now on. Raises WrongState when there is none."""
    _insist(by, learner)
    holding = queries.find_holding(learner, lock=True)
    if holding is None:
        raise WrongState(_("This person has no extra time any more. Reload the page."))
    _end(holding, by)
    record("training.accommodation.ended", holding, by=by, person=learner, changes={"extra_percent": [holding.extra_percent, 0]})


def _insist(by: Person, learner: Person) -> None:
    if not policy.can_accommodate(by, learner):
        raise NotAllowed(_("Nobody gives themselves extra time; compliance gives it to others."))


def _end(holding: Accommodation, by: Person) -> None:
    holding.ended_at, holding.ended_by_id = now(), by.id
    session.flush()
