"""Reading which department stands below which, and the tags people carry."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.groups.models import DepartmentPlace, PersonTag, Tag
from core.people.models import Department, Person


def tags() -> Sequence[Tag]:
    """Every tag, by name."""
    return session.scalars(select(Tag).order_by(Tag.name)).all()


def find_tag(name: str) -> Tag | None:
    """The tag of this name."""
    return session.scalars(select(Tag).where(Tag.name == name)).one_or_none()


def tags_of(person: Person) -> Sequence[PersonTag]:
    """Every tag the person carries, has carried or will carry, latest first, with the tag and who wrote it."""
    query = select(PersonTag).where(PersonTag.person_id == person.id, PersonTag.superseded_at.is_(None))
    return session.scalars(
        query.options(joinedload(PersonTag.tag), joinedload(PersonTag.recorded_by)).order_by(PersonTag.valid_from.desc(), PersonTag.id.desc())
    ).all()


def get_person_tag(person: Person, person_tag_id: UUID) -> PersonTag:
    """A tag the person carries, as it stands, held until the transaction ends. Raises NotFound."""
    query = select(PersonTag).where(PersonTag.public_id == person_tag_id, PersonTag.person_id == person.id, PersonTag.superseded_at.is_(None))
    found = session.scalars(query.options(joinedload(PersonTag.tag)).with_for_update(of=PersonTag)).one_or_none()
    if found is None:
        raise NotFound
    return found


def overlapping_tags(person: Person, tag: Tag, *, valid_from: date, valid_to: date | None) -> Sequence[PersonTag]:
    """Rows in which the person carries the tag on a day between both."""
    query = select(PersonTag).where(
        PersonTag.person_id == person.id,
        PersonTag.tag_id == tag.id,
        PersonTag.superseded_at.is_(None),
        or_(PersonTag.valid_to.is_(None), PersonTag.valid_to >= valid_from),
    )
    if valid_to is not None:
        query = query.where(PersonTag.valid_from <= valid_to)
    return session.scalars(query.order_by(PersonTag.id)).all()


def get_department(department_id: UUID) -> Department:
    """The department with this public id. Raises NotFound."""
    found = session.scalars(select(Department).where(Department.public_id == department_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def places() -> Sequence[DepartmentPlace]:
    """Every row that stands, oldest first, with the departments."""
    query = select(DepartmentPlace).where(DepartmentPlace.superseded_at.is_(None))
    loaded = query.options(joinedload(DepartmentPlace.department), joinedload(DepartmentPlace.parent))
    return session.scalars(loaded.order_by(DepartmentPlace.valid_from, DepartmentPlace.id)).all()
