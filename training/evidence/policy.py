"""Who may have evidence packs made, and read them."""

from core.people.models import Person
from core.people.rights import Right
from training.evidence.models import EvidencePack, PackState


def can_ask(person: Person) -> bool:
    """Whether the person may have a pack made: about whom they see, and nobody else."""
    return person.may(Right.SEE_COMPLIANCE)


def can_download(person: Person, pack: EvidencePack) -> bool:
    """Whether there is something to download for the person."""
    return can_ask(person) and pack.state is PackState.READY


def can_take_up(person: Person, pack: EvidencePack) -> bool:
    """Whether the person may let a pack that failed go on where it was."""
    return can_ask(person) and pack.state is PackState.FAILED
