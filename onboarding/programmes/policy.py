"""Who may write programmes, begin them for somebody, and let a new hire go on."""

from core.errors import NotAllowed
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _


def can_write(person: Person) -> bool:
    """Whether the person writes programmes."""
    return person.may(Right.RUN_ONBOARDING)


def can_lead(person: Person, *, manager_id: int | None) -> bool:
    """Whether the person begins and ends programmes of a new hire and lets them go on: their manager, and human resources."""
    return person.may(Right.RUN_ONBOARDING) or (person.id == manager_id and person.may(Right.SEE_ONBOARDING))


def insist_on_writer(person: Person | None) -> None:
    """Raise NotAllowed unless the person may write programmes."""
    if person is not None and not can_write(person):
        raise NotAllowed(_("Only human resources writes programmes."))


def insist_on_lead(person: Person | None, *, manager_id: int | None) -> None:
    """Raise NotAllowed unless the person may lead the new hire through a programme; the system may."""
    if person is not None and not can_lead(person, manager_id=manager_id):
        raise NotAllowed(_("Only the manager of the new hire and human resources decide this."))
