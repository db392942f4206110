"""Reading accommodations."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import session
from core.people.models import Person
from training.accommodations.models import Accommodation


def extra_percent_of(person: Person) -> int:
    """How much more time the person has in an exam begun now, in percent; 0 for none."""
    query = select(Accommodation.extra_percent).where(Accommodation.person_id == person.id, Accommodation.ended_at.is_(None))
    return session.scalars(query.order_by(Accommodation.id)).one_or_none() or 0


def find_holding(person: Person, *, lock: bool = False) -> Accommodation | None:
    """The person's accommodation that has not ended; `lock` holds its row until the transaction ends."""
    query = select(Accommodation).where(Accommodation.person_id == person.id, Accommodation.ended_at.is_(None)).order_by(Accommodation.id)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def accommodations_of(person: Person) -> Sequence[Accommodation]:
    """The person's latest accommodations, newest first, with who granted them."""
    query = select(Accommodation).where(Accommodation.person_id == person.id).options(joinedload(Accommodation.granted_by))
    return session.scalars(query.order_by(Accommodation.granted_at.desc(), Accommodation.id.desc()).limit(50)).all()
