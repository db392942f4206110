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
from hiring.fairness.disclosure import COMPANY, Place, Shown, disclosed, together
from hiring.fairness.groups import GATES, Gate
from hiring.fairness.models import GroupCount
from hiring.fairness.periods import Period
from hiring.survey.questions import BY_NAME


@dataclass(frozen=True)
class FairnessFilter:
    """What is looked at: decisions of these periods, in this department, in this job role of it. None means all."""

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
    """The groups of a question of the survey at each gate, those left out of which too much could be told."""
    place = _place(wanted)
    query = (
        select(
            GroupCount.since_on,
            GroupCount.gate,
            GroupCount.department_id,
            GroupCount.job_role_id,
            GroupCount.answer,
            GroupCount.decided,
            GroupCount.passed,
        )
        .where(GroupCount.question == question)
        .order_by(GroupCount.since_on, GroupCount.department_id, GroupCount.job_role_id, GroupCount.answer)
    )
    if wanted.since is not None:
        query = query.where(GroupCount.since_on >= wanted.since)
    if wanted.until is not None:
        query = query.where(GroupCount.since_on <= wanted.until)
    counted: dict[date, dict[Gate, list[tuple[int, int, Group]]]] = defaultdict(lambda: defaultdict(list))
    for since_on, gate, department, role, answer, decided, passed in session.execute(query):
        counted[since_on][gate].append((department, role, Group(answer, decided, passed)))
    shown: dict[Gate, list[Shown]] = defaultdict(list)
    for gates in counted.values():
        for gate, by_place in _disclosed(gates, list(BY_NAME[question].answers)).items():
            if place is not None and place in by_place:  # where nobody was decided on there is nothing to add
                shown[gate].append(by_place[place])
    return [_at(gate, together(shown[gate])) for gate in Gate]


def _disclosed(gates: dict[Gate, list[tuple[int, int, Group]]], answers: Sequence[str]) -> dict[Gate, dict[Place, Shown]]:
    """What may be shown of one period, gate by gate: what is hidden at one stays hidden at the next."""
    found = {Gate.WHOLE: disclosed(gates[Gate.WHOLE], answers)}
    earlier = None
    for gate in GATES:
        earlier = found[gate] = disclosed(gates[gate], answers, earlier=earlier)
    return found


def _place(wanted: FairnessFilter) -> Place | None:
    """Where in the company is looked; None for a department or job role there is not. A job role is looked at within a department only."""
    if wanted.department is None:
        return COMPANY
    keys = [session.scalars(select(Department.id).where(Department.public_id == wanted.department)).one_or_none()]
    if wanted.role is not None:
        keys.append(session.scalars(select(JobRole.id).where(JobRole.public_id == wanted.role)).one_or_none())
    found = tuple(key for key in keys if key is not None)
    return found if len(found) == len(keys) else None


def _at(gate: Gate, shown: Shown) -> GateFigures:
    return GateFigures(gate, shown, compare(shown.groups))


def counted_at() -> datetime | None:
    """When the counts were made; None if they never were."""
    return session.scalars(select(func.max(GroupCount.counted_at))).one()


def roles_counted(department: UUID) -> Sequence[JobRole]:
    """The job roles there are counts for in a department, by name."""
    counted = select(GroupCount.job_role_id).join(Department, Department.id == GroupCount.department_id).where(Department.public_id == department)
    return session.scalars(select(JobRole).where(JobRole.id.in_(counted)).order_by(JobRole.name)).all()


def periods() -> list[Period]:
    """The periods there are counts for, the latest first."""
    query = select(GroupCount.since_on, GroupCount.until_on).distinct().order_by(GroupCount.since_on.desc())
    return [Period(*row) for row in session.execute(query)]
