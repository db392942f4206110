"""When steps and chains are decided; nothing here needs a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.approvals.algebra import ChainState, StepState, Votes, chain_states, step_state


@pytest.mark.parametrize(
    ("needed", "seats", "yes", "no", "expected"),
    [
        (1, 1, 0, 0, StepState.OPEN),
        (1, 1, 1, 0, StepState.APPROVED),
        (1, 1, 0, 1, StepState.REJECTED),
        (1, 2, 0, 1, StepState.OPEN),  # one no of two, and the other may still say yes
        (1, 2, 1, 1, StepState.APPROVED),
        (1, 2, 0, 2, StepState.REJECTED),
        (2, 3, 1, 1, StepState.OPEN),
        (2, 3, 1, 2, StepState.REJECTED),
        (2, 3, 2, 1, StepState.APPROVED),
        (2, 2, 1, 1, StepState.REJECTED),
    ],
)
def test_a_step_is_rejected_only_when_those_left_are_too_few(needed: int, seats: int, yes: int, no: int, expected: StepState) -> None:
    assert step_state(Votes(needed, seats, yes, no)) is expected


def test_steps_come_one_after_the_other_and_what_is_not_needed_is_passed_over() -> None:
    yes, undecided, no, skipped = Votes(1, 1, 1), Votes(1, 1), Votes(1, 1, 0, 1), Votes(1, 1, skipped=True)
    assert chain_states([yes, skipped, yes]) == (ChainState.APPROVED, ["approved", "skipped", "approved"])
    assert chain_states([yes, undecided, undecided]) == (ChainState.OPEN, ["approved", "open", "waiting"])
    assert chain_states([skipped, no, undecided]) == (ChainState.REJECTED, ["skipped", "rejected", "waiting"])
    assert chain_states([undecided, yes]) == (ChainState.OPEN, ["open", "waiting"])  # a yes from before its turn counts when its turn comes


votes = st.integers(1, 4).flatmap(
    lambda seats: st.tuples(st.integers(1, seats), st.integers(0, seats)).flatmap(
        lambda pair: st.builds(Votes, st.just(pair[0]), st.just(seats), st.just(pair[1]), st.integers(0, seats - pair[1]))
    )
)


@given(votes)
def test_one_more_yes_never_harms_and_one_more_no_never_helps(given_votes: Votes) -> None:
    order = [StepState.REJECTED, StepState.OPEN, StepState.APPROVED]
    now = order.index(step_state(given_votes))
    if given_votes.approvals + given_votes.rejections < given_votes.seats:
        more = Votes(given_votes.needed, given_votes.seats, given_votes.approvals + 1, given_votes.rejections)
        less = Votes(given_votes.needed, given_votes.seats, given_votes.approvals, given_votes.rejections + 1)
        assert order.index(step_state(less)) <= now <= order.index(step_state(more))


@given(votes)
def test_a_step_is_open_just_as_long_as_both_ends_can_be_reached(given_votes: Votes) -> None:
    left = given_votes.seats - given_votes.approvals - given_votes.rejections
    can_pass = given_votes.approvals + left >= given_votes.needed
    has_passed = given_votes.approvals >= given_votes.needed
    assert (step_state(given_votes) is StepState.OPEN) == (can_pass and not has_passed)
