"""What of the board an address asks for."""

from collections.abc import Mapping
from uuid import UUID

from onboarding.board.queries import BoardFilter
from onboarding.board.stages import Stage
from onboarding.checklists.models import ChecklistKind, ChecklistState


def wanted_of(asked: Mapping[str, str]) -> BoardFilter:
    """The filter of an address; what it does not know asks for nothing."""
    state = asked.get("state", ChecklistState.RUNNING.value)
    kind, stage = asked.get("kind", ""), asked.get("stage", "")
    return BoardFilter(
        kind=ChecklistKind(kind) if kind in set(ChecklistKind) else ChecklistKind.JOINING,
        state=ChecklistState(state) if state in set(ChecklistState) else None,
        words=asked.get("words", "").strip()[:80],
        stage=Stage(stage) if stage in set(Stage) else None,
        department=_id(asked.get("department", "")),
        location=_id(asked.get("location", "")),
        late=asked.get("late") == "yes",
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
