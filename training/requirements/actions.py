"""Exempting people; and the door to writing rules and to deriving what they assign."""

from datetime import date

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from training.catalogue.models import Course
from training.requirements import policy
from training.requirements.deriving import rederive as rederive
from training.requirements.deriving import rederive_many as rederive_many
from training.requirements.models import Exemption
from training.requirements.writing import end_rule as end_rule
from training.requirements.writing import revise_rule as revise_rule
from training.requirements.writing import write_draft as write_draft
from training.requirements.writing import write_rule as write_rule


def exempt(person: Person, course: Course, *, valid_from: date, valid_to: date | None, reason: str, by: Person) -> Exemption:
    """Let a person go without a course for a while. Raises NotAllowed for oneself, Invalid without a reason."""
    if not policy.can_exempt(by, person):
        raise NotAllowed(_("Only compliance exempts people, and nobody exempts themselves."))
    if not reason.strip():
        raise Invalid(_("Say why this person is exempt."), field="reason")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid(_("The last day is before the first."), field="valid_to")
    exemption = Exemption(
        person_id=person.id, course_id=course.id, valid_from=valid_from, valid_to=valid_to, reason=reason.strip(), approved_by_id=by.id
    )
    session.add(exemption)
    session.flush()
    changes = {"course": course.id, "from": valid_from.isoformat(), "to": None if valid_to is None else valid_to.isoformat()}
    record("training.exemption.granted", exemption, by=by, person=person, changes=changes, reason=reason.strip())
    return exemption


def revoke_exemption(exemption: Exemption, *, reason: str, by: Person) -> None:
    """Take an exemption back, from now on. Raises WrongState when it was taken back already."""
    if not policy.can_exempt(by, exemption.person):
        raise NotAllowed(_("Only compliance exempts people, and nobody exempts themselves."))
    if exemption.revoked_at is not None:
        raise WrongState(_("This exemption was taken back already."))
    exemption.revoked_at = now()
    record("training.exemption.revoked", exemption, by=by, person=exemption.person, changes={"course": exemption.course_id}, reason=reason.strip())
