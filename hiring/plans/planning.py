"""What an interview takes over from the round of the plan that it is."""

from typing import TypedDict

from hiring.plans.models import PlanRound


class AsPlanned(TypedDict, total=False):
    """The part of `hiring.interviews.actions.Plan` that a round settles."""

    cards_required: bool
    round_key: int
    criteria: list[int]


def as_planned(planned: PlanRound | None) -> AsPlanned:
    """Whether cards are required, the round's key and its criteria; nothing for an interview outside the plan. Needs `covered`."""
    if planned is None:
        return {}
    return {"cards_required": planned.cards_required, "round_key": planned.id, "criteria": [row.criterion_id for row in planned.covered]}
