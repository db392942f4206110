"""What is done to an interview plan: rounds added, changed, put in another order, taken out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm.attributes import flag_modified

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _
from hiring.interviewers.models import InterviewerPool
from hiring.interviews.models import InterviewKind
from hiring.plans.models import PlanRound, QuestionStyle, RoundCriterion, RoundQuestion, RoundSeat
from hiring.plans.queries import plan_of
from hiring.postings.models import Criterion, Posting, Stage, StageKind
from hiring.postings.queries import lock_posting
from hiring.stages.policy import can_plan

MOST_ROUNDS, MOST_QUESTIONS, MOST_POOLS = 12, 30, 2


class KitQuestion(NamedTuple):
    """A question of a kit as it was typed."""

    style: QuestionStyle
    text: str
    good_answer: str = ""


@dataclass(frozen=True, kw_only=True)
class RoundText:
    """A round as it was typed."""

    name: str
    kind: InterviewKind
    stage: Stage
    minutes: int = 60
    purpose: str = ""
    cards_required: bool = True
    criteria: Sequence[Criterion] = ()
    people: Sequence[Person] = ()
    pools: Sequence[InterviewerPool] = ()
    questions: Sequence[KitQuestion] = ()


def add_round(posting: Posting, text: RoundText, *, by: Person) -> PlanRound:
    """Add a round behind the others. Needs `posting.stages` and `members`. Raises Invalid for what cannot be."""
    rounds = _hold(posting, by)
    if len(rounds) >= MOST_ROUNDS:
        raise Conflict(_("A plan has at most %(most)s rounds.", most=MOST_ROUNDS))
    planned = build_round(posting, text, position=len(rounds))
    record("hiring.plan.round_added", posting, by=by, changes={"round": planned.id, "kind": text.kind.value})
    return planned


def build_round(posting: Posting, text: RoundText, *, position: int, whole: bool = True) -> PlanRound:
    """Write a round into the plan. Who may has been settled. Where it need not be `whole`, people may be missing that its kind asks for."""
    planned = PlanRound(posting_id=posting.id, position=position, questions=[], covered=[], seats=[])
    _fill(planned, posting, text, whole=whole)
    session.add(planned)
    session.flush()
    return planned


def change_round(planned: PlanRound, posting: Posting, text: RoundText, *, by: Person, version: int) -> None:
    """Make this the round; interviews that were planned from it stay as they are. Raises Conflict when somebody else has changed it."""
    _hold(posting, by)
    if planned.version != version:
        raise Conflict(_("Somebody else changed this round while you were writing. Copy what you typed, then load the page again."))
    _fill(planned, posting, text)
    flag_modified(planned, "name")  # its rows are part of it: the version rises with them
    session.flush()
    record("hiring.plan.round_changed", posting, by=by, changes={"round": planned.id, "kind": text.kind.value})


def shift_round(planned: PlanRound, posting: Posting, *, places: int, by: Person) -> None:
    """Move a round among the others."""
    rounds = list(_hold(posting, by))
    at = next(at for at, each in enumerate(rounds) if each.id == planned.id)
    if not 0 <= at + places < len(rounds):
        raise Invalid(_("The round is at the end already."))
    rounds.insert(at + places, rounds.pop(at))
    _put_in_order(rounds)
    record("hiring.plan.reordered", posting, by=by, changes={"round": planned.id, "places": places})


def remove_round(planned: PlanRound, posting: Posting, *, by: Person) -> None:
    """Take a round out of the plan. Interviews that were planned from it stay."""
    rounds = _hold(posting, by)
    planned.removed_at = now()
    _put_in_order([each for each in rounds if each.id != planned.id])
    record("hiring.plan.round_removed", posting, by=by, changes={"round": planned.id})


def _hold(posting: Posting, by: Person) -> Sequence[PlanRound]:
    if not can_plan(by, posting):
        raise NotAllowed(_("The interview plan is changed by the posting's recruiters, until it is filled or archived."))
    lock_posting(posting)
    return plan_of(posting)


def _put_in_order(rounds: Iterable[PlanRound]) -> None:
    for position, each in enumerate(rounds):
        each.position = position
    session.flush()


def _fill(planned: PlanRound, posting: Posting, text: RoundText, *, whole: bool = True) -> None:
    if not one_line(text.name):
        raise Invalid(_("A round needs a name."), field="name")
    if text.stage.posting_id != posting.id or text.stage.kind is not StageKind.INTERVIEW or text.stage.removed_at is not None:
        raise Invalid(_("Choose an interview stage of this posting."), field="stage")
    if not 10 <= text.minutes <= 480:
        raise Invalid(_("An interview takes from 10 to 480 minutes."), field="minutes")
    if len(text.pools) > MOST_POOLS:
        raise Invalid(_("At most %(most)s seats are taken by pools.", most=MOST_POOLS), field="pools")
    if any(criterion.posting_id != posting.id for criterion in text.criteria):
        raise Invalid(_("That criterion belongs to another posting."), field="criteria")
    seats = len(text.people) + len(text.pools)
    if whole and text.kind is InterviewKind.PANEL and 0 < seats < 2:
        raise Invalid(_("A panel needs at least two interviewers."), field="people")
    planned.name, planned.kind, planned.stage_id, planned.minutes = one_line(text.name), text.kind, text.stage.id, text.minutes
    planned.purpose, planned.cards_required = text.purpose.strip(), text.cards_required
    present = {row.criterion_id: row for row in planned.covered}
    planned.covered[:] = [present.get(each.id) or RoundCriterion(criterion_id=each.id) for each in text.criteria]
    planned.seats[:] = [
        *(RoundSeat(position=at, person_id=person.id) for at, person in enumerate(text.people)),
        *(RoundSeat(position=len(text.people) + at, pool_id=pool.id) for at, pool in enumerate(text.pools)),
    ]
    asked = [each for each in text.questions if each.text.strip()][:MOST_QUESTIONS]
    planned.questions[:] = [
        RoundQuestion(position=at, style=each.style, text=each.text.strip(), good_answer=each.good_answer.strip()) for at, each in enumerate(asked)
    ]
