"""Who raises findings, acts on them, closes and reopens them."""

from core.people.models import Person
from core.people.rights import Right
from training.findings.models import AuditFinding, FindingState


def can_raise(person: Person) -> bool:
    """Whether the person raises findings: compliance and auditors."""
    return person.may(Right.SEE_COMPLIANCE)


def can_act(person: Person, finding: AuditFinding) -> bool:
    """Whether the person may say what was done: its owner, while it is not closed."""
    return finding.owner_id == person.id and finding.state is FindingState.OPEN


def can_close(person: Person, finding: AuditFinding) -> bool:
    """Whether the person may close it: never its owner."""
    return can_raise(person) and person.id != finding.owner_id and finding.state is not FindingState.CLOSED


def can_reopen(person: Person, finding: AuditFinding) -> bool:
    """Whether the person may open it again: what was done did not suffice, or it was closed too early."""
    return can_raise(person) and person.id != finding.owner_id and finding.state is not FindingState.OPEN
