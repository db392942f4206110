"""Reading saved searches."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from hiring.search.saved_models import SavedSearch, ToldHit


def saved_by(owner: Person) -> Sequence[SavedSearch]:
    """The owner's saved searches, by name."""
    return session.scalars(select(SavedSearch).where(SavedSearch.owner_id == owner.id).order_by(SavedSearch.name, SavedSearch.id)).all()


def get_saved(saved_id: UUID, *, viewer: Person) -> SavedSearch:
    """The viewer's own saved search with this public id. Raises NotFound."""
    found = session.scalars(select(SavedSearch).where(SavedSearch.public_id == saved_id, SavedSearch.owner_id == viewer.id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_saved(key: int) -> SavedSearch | None:
    """The saved search with this inner key, if it still is kept."""
    return session.scalars(select(SavedSearch).where(SavedSearch.id == key).with_for_update()).one_or_none()


def with_alerts() -> Sequence[int]:
    """The inner keys of the searches whose owners want to be told."""
    return session.scalars(select(SavedSearch.id).where(SavedSearch.alerts.is_(True)).order_by(SavedSearch.id)).all()


def told_keys(saved: SavedSearch) -> set[int]:
    """The applications the owner has been told of."""
    return set(session.scalars(select(ToldHit.application_id).where(ToldHit.saved_search_id == saved.id).order_by(ToldHit.id)))
