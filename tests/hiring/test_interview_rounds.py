"""Rounds of a plan with one candidate: once at a time, where they stand, and whether they took place."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from core.db import session
from core.errors import WrongState
from core.people.models import Person
from core.people.queries import get_person
from hiring.applications.actions import advance_application
from hiring.applications.queries import get_application
from hiring.interviews.actions import Plan, Trainee, schedule_interview
from hiring.interviews.models import Interview, InterviewKind
from hiring.plans.actions import RoundText, add_round
from hiring.plans.models import PlanRound
from hiring.plans.queries import plan_of
from hiring.postings.models import StageKind
from hiring.scheduling.actions import withdraw_times
from hiring.scheduling.finding import Wanted
from hiring.stages.actions import remove_stage
from tests.hiring.test_interview_changes import AFTER, DURING, anew
from tests.hiring.test_interviews import MONDAY, Scene
from tests.hiring.test_scheduling import HOUR, offered


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def a_round(scene: Scene, kind: InterviewKind = InterviewKind.FIRST) -> PlanRound:
    text = RoundText(name="Conversa", kind=kind, stage=scene.stages[0], people=[scene.livia])
    return add_round(scene.application.posting, text, by=scene.recruiter)


def planned_as(scene: Scene, planned: PlanRound, *, starts_at: datetime = MONDAY, kind: InterviewKind = InterviewKind.FIRST) -> Interview:
    plan = Plan(kind, starts_at, starts_at + HOUR, "America/Sao_Paulo", [scene.livia], round_key=planned.id)
    return schedule_interview(scene.application, stage=scene.stages[0], plan=plan, by=scene.recruiter)


def test_a_round_is_neither_planned_nor_offered_twice_at_once(scene: Scene) -> None:
    planned = a_round(scene)
    wanted = Wanted(scene.stages[0], InterviewKind.FIRST, 60, [[scene.livia]], round_key=planned.id)
    proposal = offered(scene, wanted)
    with pytest.raises(WrongState, match="Conversa"):
        offered(scene, wanted)
    with pytest.raises(WrongState, match="Conversa"):
        planned_as(scene, planned)
    withdraw_times(proposal, application=scene.application, by=scene.recruiter)
    scene.recruiter = get_person(scene.recruiter.public_id)
    planned_as(scene, planned)
    with pytest.raises(WrongState, match="Conversa"):
        planned_as(scene, planned, starts_at=MONDAY + 4 * HOUR)
    with time_machine.travel(AFTER, tick=False):
        planned_as(scene, planned, starts_at=MONDAY + 24 * HOUR)  # somebody is heard once more, where nobody asked about a criterion


def test_a_final_round_stays_one_under_another_kind(scene: Scene) -> None:
    planned = a_round(scene, InterviewKind.EXECUTIVE)
    with pytest.raises(WrongState, match="panel recommended"):
        planned_as(scene, planned, kind=InterviewKind.FIRST)
    with pytest.raises(WrongState, match="panel recommended"):
        offered(scene, Wanted(scene.stages[0], InterviewKind.FIRST, 60, [[scene.livia]], round_key=planned.id))


def test_cards_stay_required_when_the_stage_they_are_written_in_is_removed(scene: Scene) -> None:
    planned, posting = a_round(scene), scene.application.posting
    interview = planned_as(scene, planned)
    remove_stage(scene.stages[0], posting, into=scene.stages[1], by=scene.recruiter, version=posting.version)
    found, recruiter = anew(interview, scene.recruiter)
    assert found.stage_id == scene.stages[1].id
    application = get_application(scene.application.public_id, viewer=recruiter)
    assert [each.stage.public_id for each in plan_of(application.posting)] == [scene.stages[1].public_id]
    after = next(stage for stage in application.posting.stages if stage.kind is StageKind.OFFER)
    with pytest.raises(WrongState, match="Lívia Prates"):
        advance_application(application, to_stage=after, by=recruiter)


def test_who_was_late_was_there_after_all_and_only_those_who_count_say_so(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]
) -> None:
    plan = Plan(InterviewKind.FIRST, MONDAY, MONDAY + HOUR, "UTC", [scene.livia], trainees=[Trainee(scene.omar)])
    interview = schedule_interview(scene.application, stage=scene.stages[0], plan=plan, by=scene.recruiter)
    session.commit()
    address = f"/interviews/{interview.public_id}"
    with time_machine.travel(DURING, tick=False):
        sign_in(scene.omar)
        assert client.post(f"{address}/no-show").status_code == 403
        sign_in(scene.livia)
        assert client.post(f"{address}/came-after-all").status_code == 409
        assert client.post(f"{address}/no-show").status_code == 302
        assert "came after all" in client.get(address).text
        assert client.post(f"{address}/scorecard", data={"step": "send", "recommendation": "yes", "evidence": "Came late"}).status_code == 409
        assert client.post(f"{address}/came-after-all").status_code == 302
        assert client.post(f"{address}/scorecard", data={"step": "send", "recommendation": "yes", "evidence": "Came late"}).status_code == 302
        assert client.post(f"{address}/no-show").status_code == 409, "a card says that they came"


def test_a_time_that_clocks_skip_is_refused(scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]) -> None:
    sign_in(scene.recruiter)
    fields = {
        "stage": str(scene.stages[0].public_id),
        "kind": "first",
        "starts": "2031-03-30T01:30",
        "minutes": "30",
        "time_zone": "Europe/Lisbon",
        "interviewers": [str(scene.livia.public_id)],
    }
    address = f"/applications/{scene.application.public_id}/interviews/new"
    refused = client.post(address, data=fields)
    assert refused.status_code == 422
    assert "skip this time" in refused.text
    assert client.post(address, data=fields | {"starts": "2031-03-30T02:30"}).status_code == 302
