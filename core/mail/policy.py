"""Who may look at mails, and at what is in them."""

from core.people.models import Person
from core.people.rights import Right
from core.web.headers import PRIVATE_PREFIXES


def can_administer_mails(person: Person) -> bool:
    """Whether the person may list mails and send them again."""
    return person.may(Right.ADMINISTER)


def holds_private_link(text: str, *, base_url: str) -> bool:
    """Whether a mail's text holds a link that opens something to whoever has it."""
    return any(f"{base_url}{prefix}" in text for prefix in PRIVATE_PREFIXES)


def shows_body(text: str, *, base_url: str, environment: str, delivers: bool) -> bool:
    """Whether an administrator may read a mail's text. A private link is its reader's alone once mail really goes out."""
    return not (environment == "production" and delivers and holds_private_link(text, base_url=base_url))
