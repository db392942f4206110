"""Reading leaves of absence."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.leaves.models import Leave
from core.people.models import Person


def away_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a leave stands and covers the day."""
    return (Leave.superseded_at.is_(None), Leave.valid_from <= day, or_(Leave.valid_to.is_(None), Leave.valid_to >= day))


def leaves_of(person: Person) -> Sequence[Leave]:
    """The person's leaves that stand, latest first."""
    query = select(Leave).where(Leave.person_id == person.id, Leave.superseded_at.is_(None)).options(joinedload(Leave.recorded_by))
    return session.scalars(query.order_by(Leave.valid_from.desc(), Leave.id.desc())).all()


def get_leave(leave_id: UUID, person: Person) -> Leave:
    """The person's leave with this public id. Raises NotFound."""
    query = select(Leave).where(Leave.public_id == leave_id, Leave.person_id == person.id).options(joinedload(Leave.person))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_overlapping(person: Person, *, since: date, until: date | None, besides: Leave | None) -> Leave | None:
    """Another leave of the person that stands within the days."""
    query = select(Leave).where(Leave.person_id == person.id, Leave.superseded_at.is_(None), or_(Leave.valid_to.is_(None), Leave.valid_to >= since))
    if until is not None:
        query = query.where(Leave.valid_from <= until)
    if besides is not None:
        query = query.where(Leave.id != besides.id)
    return session.scalars(query.order_by(Leave.id).limit(1)).one_or_none()
