"""Who may see and do what with shadowing sessions."""

from datetime import datetime

from core.errors import NotAllowed
from core.people.models import Person
from core.people.rights import Right, Role
from core.web.i18n import _
from onboarding.shadowing.models import AHEAD, TIME_TO_CONFIRM, UNSETTLED, Session, SessionState


def sees_every_session(viewer: Person) -> bool:
    """Whether the person sees every session: human resources, and auditors to read."""
    return viewer.may(Right.RUN_ONBOARDING) or viewer.may(Right.SEE_AUDIT)


def can_schedule(person: Person) -> bool:
    """Whether the person schedules sessions of others. A mentor schedules their own."""
    return person.may(Right.SCHEDULE_SHADOWING)


def can_change(person: Person, session: Session) -> bool:
    """Whether the person may move the session before it took place."""
    return session.state in AHEAD and (person.id in (session.mentor_id, session.scheduled_by_id) or person.may(Right.RUN_ONBOARDING))


def can_cancel(person: Person, session: Session) -> bool:
    """Whether the person may call the session off before it took place: either of the two, and whoever may move it."""
    return session.state in AHEAD and (person.id == session.person_id or can_change(person, session))


def can_reassign(person: Person, session: Session) -> bool:
    """Whether the person may give the session to another mentor."""
    return session.state in AHEAD and (can_change(person, session) or can_schedule(person))


def can_accept(person: Person, session: Session) -> bool:
    """Whether the person has yet to say that they will be there."""
    asked = (session.person_id, session.person_accepted_at), (session.mentor_id, session.mentor_accepted_at)
    return session.state is SessionState.PROPOSED and (person.id, None) in asked


def has_accepted(person: Person, session: Session) -> bool:
    """Whether the person has said that they will be there."""
    if session.state not in AHEAD:
        return False
    if person.id == session.person_id:
        return session.person_accepted_at is not None
    return person.id == session.mentor_id and session.mentor_accepted_at is not None


def can_propose_again(person: Person, session: Session) -> bool:
    """Whether the person may propose another time for a session that was called off or to which somebody did not come."""
    over = session.state in (SessionState.CANCELLED, SessionState.NO_SHOW)
    return over and (person.id in (session.person_id, session.mentor_id, session.scheduled_by_id) or can_schedule(person))


def is_late(session: Session, *, at: datetime) -> bool:
    """Whether the time is over in which the two say themselves that it took place."""
    return session.ends_at + TIME_TO_CONFIRM < at


def can_log(person: Person, session: Session, *, at: datetime) -> bool:
    """Whether the person may write the observation log: the new hire, from the start of the session until both have had their say."""
    is_open = session.state in UNSETTLED or (session.state is SessionState.SIGNED_OFF and session.logged_at is None)
    return person.id == session.person_id and is_open and session.starts_at <= at and not is_late(session, at=at)


def can_sign_off(person: Person, session: Session, *, at: datetime) -> bool:
    """Whether the person may sign the session off: the mentor, once it has taken place."""
    return person.id == session.mentor_id and session.state in UNSETTLED and session.ends_at <= at and not is_late(session, at=at)


def can_agree(person: Person, session: Session, *, at: datetime) -> bool:
    """Whether the mentor may sign off in one tap: the log is whole, and no marks are asked of them. Needs `stage`."""
    reversed_parts = session.stage is not None and session.stage.is_reversed
    return can_sign_off(person, session, at=at) and session.logged_at is not None and not reversed_parts


def can_report_no_show(person: Person, session: Session, *, at: datetime) -> bool:
    """Whether the person may say that somebody did not come: either of the two, and human resources, until it is known to have taken place."""
    involved = person.id in (session.person_id, session.mentor_id) or person.may(Right.RUN_ONBOARDING)
    return involved and session.state in AHEAD and session.starts_at <= at and not is_late(session, at=at)


def can_be_settled(session: Session, *, at: datetime) -> bool:
    """Whether somebody else has to say if it took place: the two were silent for too long, or one says that the other did not come."""
    silent = session.state in UNSETTLED or (session.state is SessionState.SIGNED_OFF and session.logged_at is None)
    return session.state is SessionState.NO_SHOW or (silent and is_late(session, at=at))


def can_judge(person: Person, session: Session, *, manager_id: int | None) -> bool:
    """Whether the person decides where the two differ: the new hire's manager and human resources, never in a session of their own."""
    if person.id in (session.person_id, session.mentor_id):
        return False
    return person.may(Right.RUN_ONBOARDING) or (person.id == manager_id and person.may(Right.SEE_ONBOARDING))


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


def insist_on_reassigning(person: Person, session: Session) -> None:
    """Raise NotAllowed unless the person may give the session to another mentor."""
    if not can_reassign(person, session):
        raise NotAllowed(_("This session is not yours to change, or it is over."))
