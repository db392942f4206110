"""Who may plan stages, and which stages are fixed."""

from collections.abc import Sequence

from core.people.models import Person
from hiring.postings.models import Posting, PostingState, Stage, StageKind
from hiring.postings.policy import can_see, can_write

CLOSED = frozenset({PostingState.FILLED, PostingState.ARCHIVED})


def can_plan(person: Person, posting: Posting) -> bool:
    """Whether the person changes the posting's stages. Needs `posting.members` to be loaded."""
    return can_write(person) and can_see(person, posting) and posting.state not in CLOSED


def is_end(stage: Stage, stages: Sequence[Stage]) -> bool:
    """Whether the stage is the one everybody arrives in, or the one of those who were hired."""
    return stage.kind is StageKind.HIRED or min(stages, key=lambda each: each.position).id == stage.id
