"""Reading shadowing sessions, each person theirs."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import joinedload, load_only, selectinload

from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from core.people.rights import Right
from core.web.paging import Page, one_page
from onboarding.shadowing.models import AHEAD, Objective, Observation, Session, SessionDay, SessionMove, SessionState
from onboarding.shadowing.policy import is_mentor, sees_every_session

NEW_FOR = timedelta(days=180)
LONGEST = timedelta(days=14)  # from a session's first day to its last, holidays between them included
_PEOPLE = (joinedload(Session.person), joinedload(Session.mentor), joinedload(Session.scheduled_by))

# written once, with no more than the list shows
_LISTED = select(Session).options(
    load_only(Session.public_id, Session.starts_at, Session.ends_at, Session.time_zone, Session.mode, Session.place, Session.state),
    joinedload(Session.person).load_only(Person.name),
    joinedload(Session.mentor).load_only(Person.name),
    selectinload(Session.observations).load_only(Observation.id).joinedload(Observation.objective).load_only(Objective.title),
)


def sees_session(viewer: Person) -> ColumnElement[bool]:
    """The condition under which the viewer sees a session: all, one they take part in or scheduled, or of somebody they manage."""
    if sees_every_session(viewer):
        return true()
    is_report = exists().where(  # asked for each session met: a list of all reports would be read first
        Employment.person_id == Session.person_id,
        Employment.manager_id == viewer.id,
        Employment.superseded_at.is_(None),
        Employment.valid_to.is_(None),
    )
    taking_part = or_(Session.person_id == viewer.id, Session.mentor_id == viewer.id, Session.scheduled_by_id == viewer.id)
    return or_(taking_part, is_report) if viewer.may(Right.SEE_ONBOARDING) else taking_part


def get_session(session_id: UUID, *, viewer: Person) -> Session:
    """The session with people, days, bookings and observations, if the viewer may see it. Raises NotFound."""
    query = (
        select(Session)
        .where(Session.public_id == session_id, sees_session(viewer))
        .options(
            *_PEOPLE,
            selectinload(Session.days).joinedload(SessionDay.booking),
            selectinload(Session.observations).joinedload(Observation.objective),
        )
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def sessions_page(viewer: Person, *, ahead: bool, at: datetime, number: int) -> Page[Session]:
    """One page of the sessions the viewer may see: those still to come, soonest first, or the others, latest first."""
    query = _LISTED.where(sees_session(viewer))
    if ahead:  # the third is for the index: what began longer ago is over
        coming = Session.state.in_(AHEAD), Session.ends_at > at, Session.starts_at > at - LONGEST
        return one_page(query.where(*coming).order_by(Session.starts_at, Session.id), number=number, size=25)
    past = or_(Session.state.not_in(AHEAD), Session.ends_at <= at)
    return one_page(query.where(past).order_by(Session.starts_at.desc(), Session.id.desc()), number=number, size=25)


def hold_session(found: Session) -> None:
    """Lock the session's row until the transaction ends and read how it stands now, so that two acts on it follow one another."""
    session.refresh(found, ["state", "starts_at", "ends_at", "reason", "logged_at", "feedback", "signed_off_at", "version"], with_for_update=True)


def history_of(found: Session) -> Sequence[SessionMove]:
    """The steps of a session, newest first, with who took them."""
    query = select(SessionMove).where(SessionMove.session_id == found.id).options(joinedload(SessionMove.by))
    return session.scalars(query.order_by(SessionMove.at.desc(), SessionMove.id.desc())).all()


def sessions_of(person: Person) -> Sequence[Session]:
    """The sessions of a new hire that were not cancelled, in order of time, with the mentor."""
    query = select(Session).where(Session.person_id == person.id, Session.state != SessionState.CANCELLED).options(*_PEOPLE)
    return session.scalars(query.order_by(Session.starts_at, Session.id)).all()


def sessions_to_act_on(person: Person, *, at: datetime) -> Sequence[Session]:
    """Sessions that wait for the person: to confirm, to log once begun, to sign off once over."""
    open_states = (SessionState.PROPOSED, SessionState.CONFIRMED, SessionState.HELD)
    to_log = (Session.person_id == person.id) & Session.logged_at.is_(None) & (Session.starts_at <= at)
    to_confirm = (Session.mentor_id == person.id) & (Session.state == SessionState.PROPOSED)
    to_sign = (Session.mentor_id == person.id) & (Session.ends_at <= at)
    query = select(Session).where(Session.state.in_(open_states), or_(to_log, to_confirm, to_sign)).options(*_PEOPLE)
    return session.scalars(query.order_by(Session.starts_at, Session.id)).all()


def objectives(*, active: bool = True) -> Sequence[Objective]:
    """What can be watched, in order."""
    query = select(Objective).order_by(Objective.position, Objective.title, Objective.id)
    return session.scalars(query.where(Objective.is_active.is_(True)) if active else query).all()


def experienced(*, on: date, besides: Collection[int] = (), since: date) -> Sequence[Person]:
    """Everyone employed on the day who was hired on or before `since`, by name: those who can be a mentor."""
    query = (
        select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(
            Employment.superseded_at.is_(None),
            Employment.valid_from <= on,
            or_(Employment.valid_to.is_(None), Employment.valid_to >= on),
            Employment.hired_on <= since,
            Person.id.not_in(besides),
        )
        .order_by(Person.name, Person.id)
        .distinct()
    )
    return session.scalars(query).all()


def new_hires(scheduler: Person, *, on: date) -> Sequence[Person]:
    """Those in their first half year or starting soon whom the scheduler may plan for, by name: all, or for a manager their reports."""
    query = (
        select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(
            Employment.superseded_at.is_(None),
            Employment.hired_on > on - NEW_FOR,
            or_(Employment.valid_to.is_(None), Employment.valid_to >= on),
        )
        .order_by(Person.name, Person.id)
        .distinct()
    )
    if not (scheduler.may(Right.RUN_ONBOARDING) or is_mentor(scheduler)):
        query = query.where(Employment.manager_id == scheduler.id)
    return session.scalars(query).all()
