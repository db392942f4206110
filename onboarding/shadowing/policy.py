"""Who may see and do what with shadowing sessions."""

from datetime import datetime

from core.errors import NotAllowed
from core.people.models import Person
from core.people.rights import Right, Role
from core.web.i18n import _
from onboarding.shadowing.models import AHEAD, Session, SessionState


def sees_every_session(viewer: Person) -> bool:
    """Whether the person sees every session: human resources, and auditors to read."""
    return viewer.may(Right.RUN_ONBOARDING) or viewer.may(Right.SEE_AUDIT)


def can_schedule(person: Person) -> bool:
    """Whether the person schedules sessions of others. A mentor schedules their own."""
    return person.may(Right.SCHEDULE_SHADOWING)


def can_change(person: Person, session: Session) -> bool:
    """Whether the person may move or cancel the session before it took place."""
    return session.state in AHEAD and (person.id in (session.mentor_id, session.scheduled_by_id) or person.may(Right.RUN_ONBOARDING))


def can_confirm(person: Person, session: Session) -> bool:
    """Whether the person may say they will be the mentor."""
    return session.state is SessionState.PROPOSED and person.id == session.mentor_id


def can_log(person: Person, session: Session, *, at: datetime) -> bool:
    """Whether the person may write the observation log: the new hire, from the start of the session until it is signed off."""
    open_states = (SessionState.PROPOSED, SessionState.CONFIRMED, SessionState.HELD)
    return person.id == session.person_id and session.state in open_states and session.starts_at <= at


def can_sign_off(person: Person, session: Session, *, at: datetime) -> bool:
    """Whether the person may sign the session off: the mentor, once it has taken place."""
    signable = (SessionState.PROPOSED, SessionState.CONFIRMED, SessionState.HELD)
    return person.id == session.mentor_id and session.state in signable and session.ends_at <= at


def is_mentor(person: Person) -> bool:
    """Whether the person shows new colleagues their work, and so schedules their own sessions."""
    return Role.MENTOR in person.roles


def insist_on_scheduler(person: Person) -> None:
    """Raise NotAllowed unless the person may schedule at all."""
    if not (can_schedule(person) or is_mentor(person)):
        raise NotAllowed(_("Only human resources, managers and mentors schedule shadowing."))


def insist_on_change(person: Person, session: Session) -> None:
    """Raise NotAllowed unless the person may move or cancel the session."""
    if not can_change(person, session):
        raise NotAllowed(_("This session is not yours to change, or it is over."))
