"""Who may write onboarding templates."""

from core.people.models import Person
from core.people.rights import Right
from onboarding.templates.models import TemplateState, TemplateVersion


def can_write(person: Person) -> bool:
    """Whether the person writes templates."""
    return person.may(Right.RUN_ONBOARDING)


def can_edit(person: Person, version: TemplateVersion) -> bool:
    """Whether the tasks of this version may be changed by the person: only a draft's."""
    return can_write(person) and version.state is TemplateState.DRAFT
