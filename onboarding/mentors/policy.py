"""Who may keep a mentor's profile."""

from core.errors import NotAllowed
from core.people.models import Person
from core.people.rights import Right, Role
from core.web.i18n import _


def can_keep(person: Person, mentor_person_id: int) -> bool:
    """Whether the person keeps the profile of a mentor (inner key of the person): their own, and human resources everyone's."""
    return person.id == mentor_person_id or person.may(Right.RUN_ONBOARDING)


def can_offer(person: Person) -> bool:
    """Whether the person may say of themselves that they show others their work."""
    return Role.MENTOR in person.roles or person.may(Right.RUN_ONBOARDING)


def insist_on_keeper(person: Person | None, mentor_person_id: int) -> None:
    """Raise NotAllowed unless the person may keep the profile."""
    if person is not None and not can_keep(person, mentor_person_id):
        raise NotAllowed(_("A mentor keeps their profile themselves, or human resources does."))


def insist_on_offer(person: Person) -> None:
    """Raise NotAllowed unless the person may say that they show others their work."""
    if not can_offer(person):
        raise NotAllowed(_("Ask human resources to make you a mentor."))
