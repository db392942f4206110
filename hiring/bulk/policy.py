"""Who does things to many applications at once. Each application is asked about again when it is its turn."""

from core.people.models import Person
from core.people.rights import Right
from hiring.bulk.models import BulkKind

DECIDING = frozenset({BulkKind.ADVANCE, BulkKind.DECLINE, BulkKind.MESSAGE})


def can_do(person: Person, kind: BulkKind) -> bool:
    """Whether the person may do this to applications they see."""
    return person.may(Right.SEE_APPLICATIONS) and (kind not in DECIDING or person.may(Right.DECIDE_APPLICATIONS))
