"""Reading the counts of decisions by group."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from core.db import session
from core.people.models import Department, JobRole
from hiring.fairness.analysis import Comparison, Group, compare
from hiring.fairness.groups import Gate, Shown, suppressed
from hiring.fairness.models import GroupCount
from hiring.postings.models import Posting


@dataclass(frozen=True)
class FairnessFilter:
    """What is looked at: applications of these quarters, to postings of this department and role. None means all."""

    since: date | None = None
    until: date | None = None
    department: UUID | None = None
    role: UUID | None = None


@dataclass(frozen=True)
class GateFigures:
    """One gate: what may be shown of its groups, and how they compare."""

    gate: Gate
    shown: Shown
    compared: list[Comparison]


def figures(question: str, wanted: FairnessFilter) -> list[GateFigures]:
    """The groups of a question of the survey at each gate, small ones left out."""
    query = (
        select(GroupCount.gate, GroupCount.answer, func.sum(GroupCount.decided), func.sum(GroupCount.passed))
        .where(GroupCount.question == question)
        .group_by(GroupCount.gate, GroupCount.answer)
        .order_by(GroupCount.gate, GroupCount.answer)
    )
    if wanted.since is not None:
        query = query.where(GroupCount.quarter_on >= wanted.since)
    if wanted.until is not None:
        query = query.where(GroupCount.quarter_on <= wanted.until)
    if wanted.department is not None or wanted.role is not None:
        query = query.join(Posting, Posting.id == GroupCount.posting_id)
        if wanted.department is not None:
            query = query.join(Department, Department.id == Posting.department_id).where(Department.public_id == wanted.department)
        if wanted.role is not None:
            query = query.join(JobRole, JobRole.id == Posting.job_role_id).where(JobRole.public_id == wanted.role)
    groups: dict[Gate, list[Group]] = defaultdict(list)
    for gate, answer, decided, passed in session.execute(query):
        groups[gate].append(Group(answer, int(decided), int(passed)))
    return [_at(gate, groups[gate]) for gate in Gate]


def _at(gate: Gate, groups: Sequence[Group]) -> GateFigures:
    shown = suppressed(groups)
    return GateFigures(gate, shown, compare(shown.groups))


def counted_at() -> datetime | None:
    """When the counts were made; None if they never were."""
    return session.scalars(select(func.max(GroupCount.counted_at))).one()


def quarters() -> Sequence[date]:
    """The quarters there are counts for, the latest first."""
    return session.scalars(select(GroupCount.quarter_on).distinct().order_by(GroupCount.quarter_on.desc())).all()
