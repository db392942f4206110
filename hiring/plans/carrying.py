"""Interview plans carried from one posting to another: kept with a role profile, put into new postings, copied with a duplicate."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.people.queries import people_with_right
from core.people.rights import Right
from hiring.interviewers.queries import pools_by_public_id
from hiring.interviews.models import InterviewKind
from hiring.plans.actions import KitQuestion, RoundText, build_round
from hiring.plans.models import PlanRound, QuestionStyle
from hiring.plans.queries import plan_of
from hiring.postings.models import Criterion, Posting, Stage, StageKind


def plan_to_keep(posting: Posting) -> list[dict[str, Any]]:
    """The posting's plan without any of its keys: criteria by their place in its list, stages by name. Needs stages and criteria."""
    places = {criterion.id: at for at, criterion in enumerate(posting.criteria)}
    return [_kept(planned, places) for planned in plan_of(posting)]


def put_plan(posting: Posting, kept: Sequence[dict[str, Any]]) -> None:
    """Give a new posting these rounds. Who may has been settled. Needs stages, and criteria in the order of the posting they come from.

    People who do not interview any more and pools that were closed are left out.
    """
    stages = [stage for stage in posting.stages if stage.kind is StageKind.INTERVIEW]
    if not kept or not stages:
        return
    people = {str(person.public_id): person for person in people_with_right(Right.INTERVIEW)}
    pools = pools_by_public_id({UUID(key) for each in kept for key in each["pools"]})
    for at, each in enumerate(kept):
        text = RoundText(
            name=each["name"],
            kind=InterviewKind(each["kind"]),
            stage=_stage(stages, each["stage"], at),
            minutes=each["minutes"],
            purpose=each["purpose"],
            cards_required=each["cards_required"],
            criteria=_at(posting.criteria, each["criteria"]),
            people=[people[key] for key in each["people"] if key in people],
            pools=[pools[UUID(key)] for key in each["pools"] if UUID(key) in pools],
            questions=[KitQuestion(QuestionStyle(style), asked, good) for style, asked, good in each["questions"]],
        )
        build_round(posting, text, position=at, whole=False)


def _kept(planned: PlanRound, places: dict[int, int]) -> dict[str, Any]:
    return {
        "name": planned.name,
        "kind": planned.kind.value,
        "stage": planned.stage.name,
        "minutes": planned.minutes,
        "purpose": planned.purpose,
        "cards_required": planned.cards_required,
        "criteria": [places[row.criterion_id] for row in planned.covered if row.criterion_id in places],
        "criteria_texts": [row.criterion.text for row in planned.covered],
        "people": [str(seat.person.public_id) for seat in planned.seats if seat.person is not None],
        "pools": [str(seat.pool.public_id) for seat in planned.seats if seat.pool is not None],
        "questions": [[row.style.value, row.text, row.good_answer] for row in planned.questions],
    }


def _stage(stages: Sequence[Stage], name: str, at: int) -> Stage:
    same = [stage for stage in stages if stage.name.casefold() == name.casefold()]
    return same[0] if same else stages[min(at, len(stages) - 1)]


def _at(criteria: Sequence[Criterion], places: Sequence[int]) -> list[Criterion]:
    return [criteria[at] for at in places if at < len(criteria)]
