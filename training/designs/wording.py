"""Merge fields of certificates, and the signatories as they are typed: one a line, name and office. Pure."""

from core.documents import merging
from core.web.i18n import _l

FIELDS = {
    "name": _l("The holder's name"),
    "course": _l("The course's title"),
    "code": _l("The course's code"),
    "version": _l("The version of the course"),
    "hours": _l("The hours of the course"),
    "regulation": _l("The regulation it answers to"),
    "completed_on": _l("The day of completion"),
    "valid_until": _l("The last valid day"),
    "score": _l("The score"),
    "pass_mark": _l("The pass mark"),
    "number": _l("The certificate's number"),
    "approver": _l("Who approved the course"),
    "company": _l("The company's name"),
}
MOST_SIGNATORIES = 3
MOST_LINES = 7  # more would run into the signatures


def unknown_fields(body: str) -> list[str]:
    """What stands in braces, even in half of them, and is no merge field; each once."""
    return merging.unknown_fields(body, FIELDS)


def uses(body: str, field: str) -> bool:
    """Whether the text uses the merge field."""
    return field in merging.used_fields(body, FIELDS)


def read_signatories(typed: str) -> list[list[str]]:
    """Name and office of each signatory: one a line, parted by a comma."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    return [[part.strip() for part in (*line.split(",", 1), "")[:2]] for line in lines]


def typed_signatories(signatories: list[list[str]]) -> str:
    """The same as typed."""
    return "\n".join(", ".join(part for part in one if part) for one in signatories)
