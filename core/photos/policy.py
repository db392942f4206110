"""Who may see a photo."""

from core.people.models import Person
from core.people.rights import Right


def can_see_photo(viewer: Person, person: Person) -> bool:
    """Whether the viewer may see the person's photo: everybody who works here, and oneself always. Before day one other pages show whom one needs."""
    return viewer.id == person.id or viewer.may(Right.WORK)
