"""Who may bundle certificates."""

from core.people.models import Person
from core.people.rights import Right
from training.bundles.models import Bundle


def can_bundle(person: Person) -> bool:
    """Whether the person issues and gathers certificates of many people."""
    return person.may(Right.REVOKE_CERTIFICATES)


def can_fetch(person: Person, bundle: Bundle) -> bool:
    """Whether the person may fetch the file: whoever bundles, while it is kept. Needs `file`."""
    return can_bundle(person) and bundle.has_file
