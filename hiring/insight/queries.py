"""Summing counts for a viewer, and finding the people behind a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager

from core.db import session
from core.people.models import Department, JobRole, Person
from core.web.paging import Page, one_page
from hiring.applications.models import Application, ApplicationState, Candidate, DeclineReason
from hiring.insight.models import InsightCount, Measure
from hiring.postings.models import Posting, Stage, StageKind
from hiring.postings.queries import sees_posting


@dataclass(frozen=True)
class InsightFilter:
    """Which postings and months are looked at. None means all."""

    since: date | None = None
    until: date | None = None
    department: UUID | None = None
    role: UUID | None = None


@dataclass(frozen=True)
class Summed:
    """A number with what it is of. `person` is the name of whom it is about, if it is about one."""

    label: str
    person: str
    days: int | None
    number: int
    person_key: int | None = None


def summed(viewer: Person, measure: Measure, wanted: InsightFilter) -> list[Summed]:
    """The measure summed over the postings the viewer sees."""
    query = (
        select(InsightCount.label, func.coalesce(Person.name, ""), InsightCount.days, func.sum(InsightCount.number), InsightCount.person_id)
        .join(Posting, Posting.id == InsightCount.posting_id)
        .outerjoin(Person, Person.id == InsightCount.person_id)
        .where(InsightCount.measure == measure, sees_posting(viewer))
        .group_by(InsightCount.label, InsightCount.person_id, Person.name, InsightCount.days)
        .order_by(InsightCount.label, Person.name, InsightCount.days)
    )
    if wanted.since is not None:
        query = query.where(InsightCount.month_on >= wanted.since)
    if wanted.until is not None:
        query = query.where(InsightCount.month_on <= wanted.until)
    query = _of(query, wanted)
    return [Summed(label, name, days, int(number), key) for label, name, days, number, key in session.execute(query)]


def _of(query: Select[*tuple[Any, ...]], wanted: InsightFilter) -> Select[*tuple[Any, ...]]:
    """Only postings of the department and role wanted, for a query that joins Posting."""
    if wanted.department is not None:
        query = query.where(Posting.department_id.in_(select(Department.id).where(Department.public_id == wanted.department)))
    if wanted.role is not None:
        query = query.where(Posting.job_role_id.in_(select(JobRole.id).where(JobRole.public_id == wanted.role)))
    return query


def counted_at() -> datetime | None:
    """When the counts were made; None if they never were."""
    return session.scalars(select(func.max(InsightCount.counted_at))).one()


def people_behind(viewer: Person, measure: Measure, label: str, wanted: InsightFilter, *, number: int) -> Page[Application]:
    """One page of the applications a number stands for, as they are now, of those the viewer sees."""
    query = (
        select(Application)
        .join(Application.posting)
        .join(Application.stage)
        .join(Application.candidate)
        .join(Candidate.person)
        .where(sees_posting(viewer), *_counted_in(measure, label))
        .options(
            contains_eager(Application.posting),
            contains_eager(Application.stage),
            contains_eager(Application.candidate).contains_eager(Candidate.person),
        )
        .order_by(Application.applied_at.desc(), Application.id.desc())
    )
    if wanted.since is not None:
        query = query.where(Application.applied_at >= datetime.combine(wanted.since, time(), UTC))
    if wanted.until is not None:
        query = query.where(Application.applied_at < datetime.combine(_next_month(wanted.until), time(), UTC))
    return one_page(_of(query, wanted), number=number, size=25)


def _counted_in(measure: Measure, label: str) -> list[Any]:
    """The conditions under which an application is among what a number counts."""
    hired = Application.state == ApplicationState.HIRED
    if measure is Measure.REACHED:
        kinds = list(StageKind)[list(StageKind).index(StageKind(label)) :]
        return [hired if kinds == [StageKind.HIRED] else or_(Stage.kind.in_(kinds), hired)]
    if measure in (Measure.SOURCE, Measure.SOURCE_HIRED):
        return [Application.source == label, *([hired] if measure is Measure.SOURCE_HIRED else [])]
    if measure is Measure.REASON:
        return [Application.decline_reason == DeclineReason(label)]
    return [hired]


def _next_month(day: date) -> date:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)


def months() -> Sequence[date]:
    """The months there are counts for, the latest first."""
    return session.scalars(select(InsightCount.month_on).distinct().order_by(InsightCount.month_on.desc())).all()
