"""Who gives auditors access, and who reads what they looked at."""

from core.people.models import Person
from core.people.rights import Right


def can_give_access(person: Person, auditor: Person | None = None) -> bool:
    """Whether the person gives auditors access: compliance, and nobody to themselves."""
    return person.may(Right.WRITE_RULES) and (auditor is None or auditor.id != person.id)
