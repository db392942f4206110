"""Interview plans of the demonstration: a pool of interviewers, and four rounds for each posting that is open."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from core.people.models import Person
from core.world import World
from hiring.interviewers.actions import PoolText, make_interviewer_pool
from hiring.interviewers.models import InterviewerPool
from hiring.interviews.models import InterviewKind
from hiring.plans.actions import KitQuestion, RoundText, add_round
from hiring.plans.models import QuestionStyle
from hiring.postings.models import Posting, StageKind

FILE = Path(__file__).parent / "plan.toml"


@cache
def _rounds() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["rounds"]
    return found


def make_pool(world: World) -> InterviewerPool:
    """The people who hold first conversations, and one who is learning to."""
    people = world.people
    text = PoolText(
        name="Entrevistas iniciais", qualified=[people["interviewer"], people["manager"]], learning=[people["buddy"]], shadowings=2, leadings=1
    )
    return make_interviewer_pool(text, by=people["recruiter"])


def plan_interviews(posting: Posting, pool: InterviewerPool, *, people: dict[str, Person]) -> None:
    """Write the four rounds of a posting. Needs stages, criteria and members."""
    stages = [stage for stage in posting.stages if stage.kind is StageKind.INTERVIEW]
    language, last = posting.language[:2], len(posting.criteria) - 1
    for described in _rounds():
        kind = InterviewKind(described["kind"])
        places = {last if at < 0 else at for at in described["covers"] if at <= last}
        seated = {InterviewKind.PANEL: ("interviewer", "manager"), InterviewKind.EXECUTIVE: ("executive",)}.get(kind, ())
        asked = [(style, pt, pt_good) if language == "pt" else (style, en, en_good) for style, pt, pt_good, en, en_good in described["questions"]]
        text = RoundText(
            name=described["name"][language],
            kind=kind,
            stage=stages[described["stage"]],
            minutes=described["minutes"],
            purpose=described["purpose"][language],
            criteria=[criterion for at, criterion in enumerate(posting.criteria) if at in places],
            people=[people[key] for key in seated],
            pools=[pool] if described["pool"] else [],
            questions=[KitQuestion(QuestionStyle(style), *said) for style, *said in asked],
        )
        add_round(posting, text, by=people["recruiter"])
