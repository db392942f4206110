"""Noting references."""

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.applications.policy import can_decide, is_open
from hiring.applications.queries import lock_application
from hiring.references.models import Reference


def note_reference(application: Application, *, referee: str, relation: str = "", text: str, by: Person) -> Reference:
    """Note what somebody said about a candidate who agreed to them being asked. Needs `posting.members` and `candidate.person`."""
    if not can_decide(by, application.posting):
        raise NotAllowed(_("You do not decide on applications to this posting."))
    if not one_line(referee):
        raise Invalid(_("Say who it was."), field="referee")
    if not text.strip():
        raise Invalid(_("Write something first."), field="text")
    application = lock_application(application)
    if not is_open(application):
        raise WrongState(_("This application has been decided. Reopen it first."))
    noted = Reference(
        application_id=application.id, referee=one_line(referee), relation=one_line(relation), text=text.strip(), noted_at=now(), by_id=by.id
    )
    session.add(noted)
    application.references_noted += 1
    session.flush()
    record("hiring.reference.noted", noted, by=by, person=application.candidate.person, changes={"application": application.id})
    return noted
