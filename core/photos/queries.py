"""Reading photos."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.photos.models import Photo


def find_photo(person: Person) -> Photo | None:
    """The person's photo with its file."""
    return session.scalars(select(Photo).where(Photo.person_id == person.id).options(joinedload(Photo.file))).one_or_none()


def get_photo(person: Person) -> Photo:
    """The person's photo with its file. Raises NotFound without one."""
    found = find_photo(person)
    if found is None or found.file.erased_at is not None:
        raise NotFound
    return found


def with_photo(people: Iterable[Person | None]) -> frozenset[int]:
    """The inner keys of those of the people who have a photo, in one statement."""
    keys = [person.id for person in people if person is not None]
    return frozenset(session.scalars(_WITH_PHOTO, {"people": keys}))


_WITH_PHOTO = select(Photo.person_id).where(Photo.person_id.in_(bindparam("people", expanding=True))).order_by(Photo.id)
