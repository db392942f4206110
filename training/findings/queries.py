"""Reading findings: all for who checks compliance, an auditor's own, and those one owns."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page
from training.auditing.sight import scope_of
from training.findings import policy
from training.findings.models import AuditFinding, FindingMove, FindingState

_WITH = (
    joinedload(AuditFinding.person),
    joinedload(AuditFinding.course),
    joinedload(AuditFinding.rule),
    joinedload(AuditFinding.owner),
    joinedload(AuditFinding.raised_by),
)


def _seen_by(viewer: Person) -> ColumnElement[bool]:
    own = AuditFinding.owner_id == viewer.id
    if not policy.can_raise(viewer):
        return own
    scope = scope_of(viewer)
    if scope is None:
        return AuditFinding.id.is_not(None)
    return or_(own, false() if scope.is_closed else AuditFinding.grant_id == scope.grant)


def _all(viewer: Person) -> Select[AuditFinding]:
    return select(AuditFinding).where(_seen_by(viewer)).options(*_WITH)


def findings_page(viewer: Person, *, number: int, state: FindingState | None = None) -> Page[AuditFinding]:
    """One page of findings the viewer sees: those not closed first, the earliest due first."""
    query = _all(viewer)
    if state is not None:
        query = query.where(AuditFinding.state == state)
    closed = AuditFinding.state == FindingState.CLOSED
    return one_page(query.order_by(closed, AuditFinding.due_on, AuditFinding.number), number=number)


def get_finding(finding_id: UUID, *, viewer: Person) -> AuditFinding:
    """The finding with what it concerns, owner and who raised it. Raises NotFound."""
    found = session.scalars(_all(viewer).where(AuditFinding.public_id == finding_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def moves_of(finding: AuditFinding) -> Sequence[FindingMove]:
    """Its history, oldest first."""
    query = select(FindingMove).where(FindingMove.finding_id == finding.id).options(joinedload(FindingMove.by))
    return session.scalars(query.order_by(FindingMove.at, FindingMove.id)).all()


def next_number() -> int:
    """The number after the highest given."""
    return (session.scalars(select(func.max(AuditFinding.number))).one() or 0) + 1


def _to_do(person: Person) -> ColumnElement[bool]:
    return and_(AuditFinding.owner_id == person.id, AuditFinding.state == FindingState.OPEN)


def has_finding_to_act_on(person: Person) -> ColumnElement[bool]:
    """A condition: whether the person owns a finding that is open."""
    return exists().where(_to_do(person))


def findings_to_act_on(person: Person) -> Sequence[AuditFinding]:
    """The open findings the person owns, by day."""
    return session.scalars(select(AuditFinding).where(_to_do(person)).order_by(AuditFinding.due_on, AuditFinding.number)).all()


def has_finding_to_close(person: Person) -> ColumnElement[bool]:
    """A condition: whether somebody has acted on a finding the person raised."""
    return exists().where(AuditFinding.raised_by_id == person.id, AuditFinding.state == FindingState.ACTED_ON)


def findings_to_close(person: Person) -> Sequence[AuditFinding]:
    """Findings the person raised that somebody has acted on, by day."""
    query = select(AuditFinding).where(AuditFinding.raised_by_id == person.id, AuditFinding.state == FindingState.ACTED_ON)
    return session.scalars(query.order_by(AuditFinding.due_on, AuditFinding.number)).all()


def findings_known(*, since: datetime, known_at: datetime, grant: int | None, people: Select[int]) -> Sequence[AuditFinding]:
    """Findings raised by the instant and not closed before `since`, for an evidence pack: those about nobody in particular or one of the people."""
    query = select(AuditFinding).options(*_WITH).where(AuditFinding.raised_at <= known_at)
    query = query.where(or_(AuditFinding.closed_at.is_(None), AuditFinding.closed_at >= since))
    query = query.where(or_(AuditFinding.person_id.is_(None), AuditFinding.person_id.in_(people)))
    if grant is not None:
        query = query.where(AuditFinding.grant_id == grant)
    return session.scalars(query.order_by(AuditFinding.number)).all()
