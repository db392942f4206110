"""What a viewer's scope lets them see: the one place that every page, export and list asks. Nobody but auditors has one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import ColumnElement, Select, false, or_, select

from core.clock import now
from core.db import session
from core.errors import NotFound
from core.people.models import Department, Employment, Location, Person
from core.people.rights import RIGHTS_OF, Right, Role
from training.auditing.models import AuditGrant
from training.auditing.scope import NOTHING, Scope
from training.requirements.lines import RuleLine, rule_lines


def is_auditor(viewer: Person) -> bool:
    """Whether the person sees everybody's training only because they audit. Needs `grants`."""
    others = viewer.roles - {Role.AUDITOR}
    return Role.AUDITOR in viewer.roles and not any(Right.SEE_COMPLIANCE in RIGHTS_OF[role] for role in others)


def scope_of(viewer: Person) -> Scope | None:
    """What the viewer is limited to now; None: nothing. Read once a request."""
    if not is_auditor(viewer):
        return None
    if not has_request_context():
        return _read(viewer)
    if "audit_scope" not in g or g.audit_scope[0] != viewer.id:
        g.audit_scope = (viewer.id, _read(viewer))
    found: Scope = g.audit_scope[1]
    return found


def _read(viewer: Person) -> Scope:
    query = select(AuditGrant).where(AuditGrant.auditor_id == viewer.id, AuditGrant.ended_at.is_(None), AuditGrant.ends_at > now())
    grant = session.scalars(query.order_by(AuditGrant.id.desc()).limit(1)).one_or_none()
    return NOTHING if grant is None else scope_in(grant)


def scope_in(grant: AuditGrant) -> Scope:
    """The scope a grant gives."""
    return Scope(
        departments=frozenset(map(UUID, grant.departments)),
        places=frozenset(map(UUID, grant.places)),
        rules=frozenset(map(UUID, grant.rules)),
        regulations=frozenset(grant.regulations),
        since=grant.period_from,
        until=grant.period_to,
        grant=grant.id,
    )


def employment_within(scope: Scope | None) -> list[ColumnElement[bool]]:
    """What holds of every stretch of employment within the scope."""
    if scope is None:
        return []
    if scope.is_closed:
        return [false()]
    found: list[ColumnElement[bool]] = []
    if scope.departments:
        found.append(Employment.department_id.in_(select(Department.id).where(Department.public_id.in_(scope.departments))))
    if scope.places:
        found.append(Employment.location_id.in_(select(Location.id).where(Location.public_id.in_(scope.places))))
    if scope.since is not None:
        found.append(or_(Employment.valid_to.is_(None), Employment.valid_to >= scope.since))
    if scope.until is not None:
        found.append(Employment.valid_from <= scope.until)
    return found


def people_within(viewer: Person) -> Select[int] | None:
    """A select of the inner keys of those within the viewer's scope; None where it limits nobody."""
    scope = scope_of(viewer)
    if scope is None or not scope.limits_people:
        return None
    return select(Employment.person_id).where(Employment.superseded_at.is_(None), *employment_within(scope))


def sees_person(viewer: Person, person_key: int) -> bool:
    """Whether a person (inner key) lies within the viewer's scope."""
    keys = people_within(viewer)
    return keys is None or session.scalars(keys.where(Employment.person_id == person_key).limit(1)).first() is not None


def lines_within(viewer: Person, lines: Sequence[RuleLine]) -> list[RuleLine]:
    """Those of the rules that lie within the viewer's scope."""
    scope = scope_of(viewer)
    return list(lines) if scope is None else [line for line in lines if scope.fits(line.fact)]


def courses_within(viewer: Person, *, on: date) -> frozenset[int] | None:
    """Inner keys of every course that a rule within the viewer's scope names; None where every course is."""
    scope = scope_of(viewer)
    if scope is None or not scope.limits_rules:
        return None
    return frozenset(course for line in rule_lines(on=on, with_future=True) if scope.fits(line.fact) for course in line.fact.courses)


def sees_course(viewer: Person, course_key: int, *, on: date) -> bool:
    """Whether a course (inner key) lies within the viewer's scope."""
    courses = courses_within(viewer, on=on)
    return courses is None or course_key in courses


def sees_record(viewer: Person, person_key: int, course_key: int, *, on: date) -> bool:
    """Whether what a person (inner key) did in a course (inner key) on a day lies within the viewer's scope."""
    scope = scope_of(viewer)
    if scope is None:
        return True
    in_time = scope.until is None or on <= scope.until
    return in_time and sees_person(viewer, person_key) and sees_course(viewer, course_key, on=on)


def last_day_within(viewer: Person, day: date) -> date:
    """The day, or the last one of the viewer's period where that is earlier, or its first where it is later."""
    scope = scope_of(viewer)
    if scope is None:
        return day
    return max(min(day, scope.until or day), scope.since or date.min)


def covers_only_some_days(viewer: Person) -> bool:
    """Whether the viewer is limited to a period."""
    scope = scope_of(viewer)
    return scope is not None and (scope.is_closed or scope.since is not None or scope.until is not None)


def insist_on_day(viewer: Person, *days: date) -> None:
    """Raise NotFound for a day outside the viewer's period: the same as for everything that is not theirs to see."""
    scope = scope_of(viewer)
    if scope is not None and not all(scope.holds(day) for day in days):
        raise NotFound
