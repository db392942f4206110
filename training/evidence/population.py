"""Who a period is about: everybody employed on one of its days where the filter looks, also who has left since. As known at an instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from core.db import Instant, session
from core.people.models import Department, Employment, JobRole, Location, Person
from core.people.queries import last_day_known
from training.auditing.sight import employment_within
from training.evidence.wanted import Question

_MANAGER = aliased(Person)


@dataclass(frozen=True)
class Member:
    """Somebody of the population, where they last belonged in the period. `judged_on` is its last day, or their last day in it."""

    key: int
    id: UUID
    name: str
    job_role: str
    department: str
    place: str
    manager: str
    since: date
    until: date | None
    judged_on: date


def _public(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _belonging(question: Question) -> tuple[list[ColumnElement[bool]], ColumnElement[date | None]]:
    at = literal(question.known_at, Instant)
    last_day = last_day_known(at)
    wanted = question.wanted
    conditions = [
        and_(Employment.recorded_at <= at, or_(Employment.superseded_at.is_(None), Employment.superseded_at > at)),
        Employment.valid_from <= question.until,
        or_(last_day.is_(None), last_day >= question.since),
        *employment_within(question.scope),
    ]
    for text, column, public in (
        (wanted.department, Employment.department_id, Department),
        (wanted.place, Employment.location_id, Location),
        (wanted.role, Employment.job_role_id, JobRole),
        (wanted.manager, Employment.manager_id, Person),
        (wanted.person, Employment.person_id, Person),
    ):
        if text:
            conditions.append(column == select(public.id).where(public.public_id == _public(text)).scalar_subquery())
    return conditions, last_day


def count_members(question: Question) -> int:
    """How many people the question is about."""
    conditions, _last_day = _belonging(question)
    return session.scalars(select(func.count(Employment.person_id.distinct())).where(*conditions)).one()


def keys_of_members(question: Question) -> Select[int]:
    """A select of their inner keys."""
    conditions, _last_day = _belonging(question)
    return select(Employment.person_id).where(*conditions)


def members(question: Question, *, after: int = 0, limit: int | None = None) -> Sequence[Member]:
    """The people, by inner key, from a key on."""
    conditions, last_day = _belonging(question)
    keys = select(Employment.person_id).where(*conditions, Employment.person_id > after).distinct().order_by(Employment.person_id)
    chosen = session.scalars(keys if limit is None else keys.limit(limit)).all()
    if not chosen:
        return []
    query = (
        select(
            Person.id,
            Person.public_id,
            Person.name,
            JobRole.name,
            Department.name,
            Location.name,
            _MANAGER.name,
            Employment.valid_from,
            last_day,
        )
        .join(Employment, Employment.person_id == Person.id)
        .join(JobRole, JobRole.id == Employment.job_role_id)
        .join(Department, Department.id == Employment.department_id)
        .join(Location, Location.id == Employment.location_id)
        .outerjoin(_MANAGER, _MANAGER.id == Employment.manager_id)
        .where(*conditions, Person.id.between(chosen[0], chosen[-1]))
        .order_by(Person.id, Employment.valid_from, Employment.id)
    )
    found: dict[int, Member] = {}
    for key, public_id, name, role, department, place, manager, since, until in session.execute(query):
        judged_on = min(until or question.until, question.until)
        found[key] = Member(key, public_id, name, role, department, place, manager or "", since, until, judged_on)
    return list(found.values())
