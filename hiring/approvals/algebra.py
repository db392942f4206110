"""When a step or a chain of steps is decided: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class StepState(StrEnum):
    """Where one step stands."""

    WAITING = "waiting"
    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class ChainState(StrEnum):
    """Where a chain stands. A void one was given up because its subject changed or was withdrawn."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    VOID = "void"


@dataclass(frozen=True)
class Votes:
    """A step's seats and what they said so far: `needed` of `seats` have to approve."""

    needed: int
    seats: int
    approvals: int = 0
    rejections: int = 0
    skipped: bool = False


def step_state(votes: Votes) -> StepState:
    """Approved once enough have; rejected only once those left are too few, so that one of two may say no and the step still pass."""
    if votes.skipped:
        return StepState.SKIPPED
    if votes.approvals >= votes.needed:
        return StepState.APPROVED
    return StepState.REJECTED if votes.seats - votes.rejections < votes.needed else StepState.OPEN


def chain_states(steps: Sequence[Votes]) -> tuple[ChainState, list[StepState]]:
    """The chain's state and each step's. Steps come one after the other: what follows an undecided or rejected one waits."""
    states: list[StepState] = []
    outcome = ChainState.APPROVED
    for votes in steps:
        state = step_state(votes)
        if outcome is not ChainState.APPROVED and state is not StepState.SKIPPED:
            state = StepState.WAITING
        elif state is StepState.OPEN:
            outcome = ChainState.OPEN
        elif state is StepState.REJECTED:
            outcome = ChainState.REJECTED
        states.append(state)
    return outcome, states
