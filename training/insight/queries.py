"""Reading what the figures of compliance are made of: what is asked, where people belong, who begins and ceases to stand how, free seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import ColumnElement, Date, Select, Subquery, case, false, func, literal, or_, select, true, union_all

from core.clock import now
from core.db import session
from core.people.models import Department, Employment, Person
from training.auditing.sight import scope_of
from training.catalogue.models import TAUGHT_IN_SESSIONS, Course
from training.compliance.filtering import ComplianceFilter, fitting
from training.compliance.standing import Standing
from training.requirements.models import Rule
from training.sessions.models import TAKING_A_SEAT, CourseSession, CourseSessionState, Seat
from training.standings.models import StandingSpan
from training.standings.queries import ASKED


@dataclass(frozen=True)
class CourseAsked:
    """A course that rules ask for."""

    id: int
    code: str
    title: str
    in_sessions: bool


def courses_asked(viewer: Person, wanted: ComplianceFilter) -> dict[int, CourseAsked]:
    """Every revision of every rule the filter leaves and the viewer sees, by inner key, with the course it asks for, in the order of titles."""
    query = select(Rule.id, Course.id, Course.code, Course.title, Course.form).join(Course, Course.id == Rule.course_id)
    if wanted.regulation:
        query = query.where(Rule.source == wanted.regulation)
    if wanted.course:
        query = query.where(Course.code == wanted.course)
    scope = scope_of(viewer)
    if scope is not None and scope.limits_rules:
        named = or_(Rule.lineage.in_(scope.rules), Rule.source.in_(scope.regulations))
        query = query.where(false() if scope.is_closed else named)
    rows = session.execute(query.order_by(Course.title, Rule.id))
    return {rule_id: CourseAsked(course_id, code, title, form in TAUGHT_IN_SESSIONS) for rule_id, course_id, code, title, form in rows}


@dataclass(frozen=True)
class Belonging:
    """Where somebody, by inner key as text, belonged on a day."""

    key: str
    department_id: str
    department: str


def belonging(viewer: Person, wanted: ComplianceFilter, *, on: date) -> list[Belonging]:
    """Everybody the viewer sees on the day who fits the filter, by department."""
    query = (
        select(Employment.person_id, Department.public_id, Department.name)
        .join(Department, Department.id == Employment.department_id)
        .where(*fitting(wanted, viewer, on=on))
    )
    rows = session.execute(query.order_by(Department.name, Employment.person_id))
    return [Belonging(str(key), str(department_id), name) for key, department_id, name in rows]


def movements(rules: Sequence[int], days: Sequence[date], *, among: Select[int] | None) -> dict[tuple[date, Standing], int]:
    """How many more stand so on each of these days than on the one before, from the second on, in one statement."""
    periods = union_all(*(_period(first, last) for first, last in pairwise(days))).subquery()
    states = union_all(*(select(literal(state.value).label("state")) for state in ASKED)).subquery()
    asked = select(Rule.id.label("rule_id")).where(Rule.id.in_(rules)).subquery()
    each = (periods, states, asked)
    begun = _counted(each, among, StandingSpan.since_on > periods.c.first, StandingSpan.since_on <= periods.c.last)
    ended = _counted(each, among, StandingSpan.until_on >= periods.c.first, StandingSpan.until_on < periods.c.last)
    query = select(periods.c.last, states.c.state, func.sum(begun - ended)).join_from(periods, states, true()).join(asked, true())
    rows = session.execute(query.group_by(periods.c.last, states.c.state).order_by(periods.c.last, states.c.state))
    return {(last, Standing(state)): int(number or 0) for last, state, number in rows}


def _period(first: date, last: date) -> Select[date, date]:
    return select(literal(first, Date).label("first"), literal(last, Date).label("last"))


def _counted(each: tuple[Subquery, Subquery, Subquery], among: Select[int] | None, *between: ColumnElement[bool]) -> ColumnElement[int]:
    _periods, states, asked = each
    query = select(func.count()).select_from(StandingSpan)
    query = query.where(StandingSpan.rule_id == asked.c.rule_id, StandingSpan.state == states.c.state, *between)
    if among is not None:
        query = query.where(StandingSpan.person_id.in_(among))
    return query.correlate(*each).scalar_subquery()


@dataclass(frozen=True)
class SeatsAhead:
    """Sessions of a course that are planned: how many, with how many free seats, and how many seats one has at most."""

    sessions: int
    free: int
    capacity: int


def seats_ahead(*, days: int) -> dict[int, SeatsAhead]:
    """By the course's inner key, what is planned within so many days, in one statement."""
    taken = select(Seat.session_id, func.count().label("seats")).where(Seat.state.in_(sorted(TAKING_A_SEAT))).group_by(Seat.session_id).subquery()
    left = CourseSession.capacity - func.coalesce(taken.c.seats, 0)
    query = (
        select(CourseSession.course_id, func.count(), func.sum(case((left > 0, left), else_=0)), func.max(CourseSession.capacity))
        .outerjoin(taken, taken.c.session_id == CourseSession.id)
        .where(CourseSession.state == CourseSessionState.PLANNED, CourseSession.starts_at > now())
        .where(CourseSession.starts_at < now() + timedelta(days=days))
        .group_by(CourseSession.course_id)
        .order_by(CourseSession.course_id)
    )
    return {course_id: SeatsAhead(sessions, int(free), capacity) for course_id, sessions, free, capacity in session.execute(query)}
