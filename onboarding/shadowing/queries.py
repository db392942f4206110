"""Reading shadowing sessions, each person theirs."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Select, bindparam, exists, literal_column, or_, select, true, union
from sqlalchemy.orm import contains_eager, joinedload, load_only, selectinload

from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from core.people.rights import Right
from core.web.paging import Page, one_page
from onboarding.circle import stands
from onboarding.programmes.models import ProgrammeStage
from onboarding.programmes.objectives import Objective
from onboarding.shadowing.models import AHEAD, OPEN, TIME_TO_CONFIRM, UNSETTLED, Observation, Session, SessionDay, SessionMove, SessionState
from onboarding.shadowing.policy import is_mentor, sees_every_session

NEW_FOR = timedelta(days=180)
LONGEST = timedelta(days=14)  # from a session's first day to its last, holidays between them included
_PEOPLE = (joinedload(Session.person), joinedload(Session.mentor), joinedload(Session.scheduled_by))


def sees_session(viewer: Person) -> ColumnElement[bool]:
    """The condition under which the viewer sees a session: all, one they take part in or scheduled, or of somebody they manage."""
    if sees_every_session(viewer):
        return true()
    is_report = exists().where(  # asked for each session met: a list of all reports would be read first
        Employment.person_id == Session.person_id,
        Employment.manager_id == viewer.id,
        stands(Employment, today(viewer.time_zone)),
    )
    taking_part = or_(Session.person_id == viewer.id, Session.mentor_id == viewer.id, Session.scheduled_by_id == viewer.id)
    return or_(taking_part, is_report) if viewer.may(Right.SEE_ONBOARDING) else taking_part


def reports_of(manager: Person) -> Select[int]:
    """The inner keys of those who report to the manager today, those who are yet to start included."""
    return select(Employment.person_id).where(Employment.manager_id == manager.id, stands(Employment, today(manager.time_zone)))


def get_session(session_id: UUID, *, viewer: Person | None) -> Session:
    """The session with people, days, bookings and observations, if the viewer may see it (None: the system). Raises NotFound."""
    query = (
        select(Session)
        .where(Session.public_id == session_id, true() if viewer is None else sees_session(viewer))
        .options(
            *_PEOPLE,
            joinedload(Session.stage).joinedload(ProgrammeStage.programme),
            selectinload(Session.days).joinedload(SessionDay.booking),
            selectinload(Session.observations).options(joinedload(Observation.objective), joinedload(Observation.decided_by)),
        )
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def sessions_page(viewer: Person, *, ahead: bool, at: datetime, number: int) -> Page[Session]:
    """One page of the sessions the viewer may see: those still to come, soonest first, or the others, latest first."""
    query = (
        select(Session)
        .where(sees_session(viewer))
        .options(*_PEOPLE, joinedload(Session.stage), selectinload(Session.observations).joinedload(Observation.objective))
    )
    if ahead:  # the third is for the index: what began longer ago is over
        coming = Session.state.in_(AHEAD), Session.ends_at > at, Session.starts_at > at - LONGEST
        return one_page(query.where(*coming).order_by(Session.starts_at, Session.id), number=number, size=25)
    past = or_(Session.state.not_in(AHEAD), Session.ends_at <= at)
    return one_page(query.where(past).order_by(Session.starts_at.desc(), Session.id.desc()), number=number, size=25)


def hold_session(found: Session) -> None:
    """Lock the session's row until the transaction ends and read how it stands now, so that two acts on it follow one another."""
    names = ("state", "starts_at", "ends_at", "reason", "logged_at", "log_version", "feedback", "signed_off_at", "version")
    more = ("person_accepted_at", "mentor_accepted_at", "is_disputed", "no_show", "mentor_id")
    session.refresh(found, [*names, *more], with_for_update=True)


def history_of(found: Session) -> Sequence[SessionMove]:
    """The steps of a session, newest first, with who took them."""
    query = select(SessionMove).where(SessionMove.session_id == found.id).options(joinedload(SessionMove.by))
    return session.scalars(query.order_by(SessionMove.at.desc(), SessionMove.id.desc())).all()


def sessions_of(person: Person) -> Sequence[Session]:
    """The sessions of a new hire that were not cancelled, in order of time, with the mentor."""
    query = select(Session).where(Session.person_id == person.id, Session.state != SessionState.CANCELLED).options(*_PEOPLE)
    return session.scalars(query.order_by(Session.starts_at, Session.id)).all()


def sessions_in_short(person: Person) -> Sequence[Session]:
    """What a list shows of the new hire's sessions that were not cancelled, in order of time, with the mentor's name."""
    return session.scalars(_IN_SHORT, {"person": person.id}).all()


_IN_SHORT = (
    select(Session)
    .where(Session.person_id == bindparam("person"), Session.state != SessionState.CANCELLED)
    .options(
        load_only(
            Session.public_id,
            Session.state,
            Session.starts_at,
            Session.ends_at,
            Session.time_zone,
            Session.logged_at,
            Session.was_qualified,
        ),
        joinedload(Session.mentor).load_only(Person.public_id, Person.name),
    )
    .order_by(Session.starts_at, Session.id)
)


def sessions_to_act_on(person: Person, *, at: datetime, limit: int = 50) -> Sequence[Session]:
    """The earliest sessions that wait for the person: to accept, to log once begun, to sign off once over, and for a manager to decide."""
    timely = Session.ends_at >= at - TIME_TO_CONFIRM
    unlogged = Session.logged_at.is_(None) & Session.state.in_((*UNSETTLED, SessionState.SIGNED_OFF))
    mine, shown = Session.person_id == person.id, Session.mentor_id == person.id
    proposed = (Session.state == SessionState.PROPOSED) & (Session.ends_at > at)
    waits = [  # each by an index of its own: with OR, everything anybody leads would be read
        mine & unlogged & timely & (Session.starts_at <= at),
        mine & proposed & Session.person_accepted_at.is_(None),
        shown & proposed & Session.mentor_accepted_at.is_(None),
        shown & Session.state.in_(UNSETTLED) & timely & (Session.ends_at <= at),
    ]
    if person.may(Right.SEE_ONBOARDING):
        waits += [Session.person_id.in_(reports_of(person)) & ~mine & ~shown & condition for condition in _undecided(at)]
    query = select(Session).where(Session.id.in_(union(*(select(Session.id).where(wait) for wait in waits)))).options(*_PEOPLE)
    return session.scalars(query.order_by(Session.starts_at, Session.id).limit(limit)).all()


_OPEN_STILL: ColumnElement[bool] = literal_column(f"({OPEN.format('onboarding_shadowing_session.')})", Boolean)  # as the partial index has it


def _undecided(at: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions on which somebody else decides: the two differ, or were silent for too long. Either has an index of its own."""
    return Session.is_disputed.is_(True), _OPEN_STILL & (Session.ends_at < at - TIME_TO_CONFIRM)


def undecided_sessions(managers: Collection[int], *, at: datetime) -> Sequence[tuple[int, str, UUID]]:
    """Sessions on which these managers (inner keys) decide: the manager, the new hire's name and the session's public id, in one statement."""
    query = (
        select(Employment.manager_id, Person.name, Session.public_id)
        .select_from(Session)
        .join(Employment, (Employment.person_id == Session.person_id) & stands(Employment, at.date()))
        .join(Person, Person.id == Session.person_id)
        .where(Employment.manager_id.in_(managers), Employment.manager_id.not_in((Session.person_id, Session.mentor_id)), or_(*_undecided(at)))
        .order_by(Session.starts_at, Session.id, Employment.id)
    )
    return [(manager, name, key) for manager, name, key in session.execute(query) if manager is not None]


def objectives(*, active: bool = True) -> Sequence[Objective]:
    """What can be watched, in order."""
    query = select(Objective).order_by(Objective.position, Objective.title, Objective.id)
    return session.scalars(query.where(Objective.is_active.is_(True)) if active else query).all()


def experienced(among: Collection[int], *, on: date, since: date) -> Sequence[Person]:
    """Those of the people (inner keys) employed on the day who were hired on or before `since`, by name: those who can be a mentor."""
    query = (
        select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(
            Employment.superseded_at.is_(None),
            Employment.valid_from <= on,
            or_(Employment.valid_to.is_(None), Employment.valid_to >= on),
            Employment.hired_on <= since,
            Person.id.in_(among),
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


def sessions_in(participation_id: int) -> Sequence[Session]:
    """The sessions of one way through a programme (inner key) that were not cancelled, in order of time, with people and observations."""
    query = (
        select(Session)
        .where(Session.participation_id == participation_id, Session.state.not_in((SessionState.CANCELLED, SessionState.NO_SHOW)))
        .options(*_PEOPLE, joinedload(Session.stage), selectinload(Session.observations).joinedload(Observation.objective))
    )
    return session.scalars(query.order_by(Session.starts_at, Session.id)).unique().all()


def days_between(viewer: Person, *, starts_at: datetime, ends_at: datetime, limit: int = 400) -> Sequence[SessionDay]:
    """The days of sessions the viewer sees that begin within the time and were not called off, in order, with session and people."""
    query = (
        select(SessionDay)
        .join(Session, Session.id == SessionDay.session_id)
        .where(SessionDay.starts_at >= starts_at, SessionDay.starts_at < ends_at, Session.state != SessionState.CANCELLED, sees_session(viewer))
        .options(contains_eager(SessionDay.session).options(joinedload(Session.person), joinedload(Session.mentor)))
        .order_by(SessionDay.starts_at, SessionDay.id)
        .limit(limit)
    )
    return session.scalars(query).all()
