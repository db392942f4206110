"""Reading appeals."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page
from training.appeals.models import Appeal, AppealState
from training.exams.models import Attempt


def _whole() -> Select[Appeal]:
    attempt = joinedload(Appeal.attempt)
    return select(Appeal).options(
        attempt.joinedload(Attempt.person),
        attempt.joinedload(Attempt.course),
        attempt.joinedload(Attempt.course_version),
        joinedload(Appeal.item),
        joinedload(Appeal.decided_by),
    )


def get_appeal(appeal_id: UUID) -> Appeal:
    """The appeal with attempt, person, course, version and question. Raises NotFound."""
    found = session.scalars(_whole().where(Appeal.public_id == appeal_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_own_appeal(appeal_id: UUID, *, viewer: Person) -> Appeal:
    """The viewer's own appeal. Raises NotFound."""
    found = get_appeal(appeal_id)
    if found.attempt.person_id != viewer.id:
        raise NotFound
    return found


def appeals_page(*, number: int) -> Page[Appeal]:
    """One page of appeals, those to decide first and of them the oldest first."""
    return one_page(_whole().order_by((Appeal.state != AppealState.OPEN), Appeal.filed_at, Appeal.id), number=number)


def appeals_of(attempt: Attempt) -> Sequence[Appeal]:
    """The appeals about an attempt, oldest first, with the question and who decided."""
    query = select(Appeal).where(Appeal.attempt_id == attempt.id).options(joinedload(Appeal.item), joinedload(Appeal.decided_by))
    return session.scalars(query.order_by(Appeal.filed_at, Appeal.id)).all()


def has_appeal_to_decide(person: Person) -> ColumnElement[bool]:
    """A condition: whether an appeal of somebody else is open."""
    return exists().where(Appeal.state == AppealState.OPEN, Appeal.attempt_id == Attempt.id, Attempt.person_id != person.id)


def appeals_to_decide(person: Person) -> Sequence[Appeal]:
    """Open appeals of others, longest waiting first, with the course and person; fifty at most."""
    query = _whole().join(Appeal.attempt).where(Appeal.state == AppealState.OPEN, Attempt.person_id != person.id)
    return session.scalars(query.order_by(Appeal.filed_at, Appeal.id).limit(50)).all()
