"""Background work of evidence packs."""

from core.jobs.queue import task
from training.evidence import actions, printing


def _failed(*, reason: str, parked: bool, pack: int, after: int = 0) -> None:
    if parked:
        actions.note_failure(pack, reason=reason)


@task(actions.GATHER, when_failed=_failed)
def gather_evidence(pack: int, after: int) -> None:
    """Gather some more people of a pack."""
    actions.gather_part(pack, after=after)


@task(actions.PRINT, when_failed=_failed)
def print_evidence(pack: int) -> None:
    """Print, seal and keep a pack that is gathered."""
    printing.print_pack(pack)
