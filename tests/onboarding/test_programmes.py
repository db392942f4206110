"""Programmes: written in stages, begun with the job role, carried on by what counts, held at a gate."""

from datetime import timedelta
from typing import Any

import pytest
from flask import current_app
from flask.testing import FlaskClient

import onboarding.public
from core.clock import today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.queries import employments_of, get_person
from core.people.rights import Role
from onboarding.programmes import actions, taking_part
from onboarding.programmes.models import ParticipationState, StageKind
from onboarding.programmes.progress import Asked, SessionFact, reached
from onboarding.programmes.queries import find_active_programme, find_participation, get_participation_by_key, get_programme
from onboarding.shadowing import holding
from onboarding.shadowing.queries import objectives
from tests.onboarding.shadows import SignIn, StageText, a_programme, a_scene
from tests.situations import a_colleague, a_running_checklist

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("facts", "sessions", "is_reached"),
    [
        ([], 0, False),
        ([SessionFact(1, HOUR, True, frozenset({7}))], 1, False),
        ([SessionFact(1, HOUR, True, frozenset({7})), SessionFact(1, HOUR, True, frozenset({8}))], 2, True),
        ([SessionFact(1, HOUR, True, frozenset({7})), SessionFact(1, HOUR, False, frozenset({8}))], 1, False),
        ([SessionFact(1, HOUR, True, frozenset({7, 8})), SessionFact(1, HOUR, True, frozenset({8}), was_qualified=False)], 1, False),
        ([SessionFact(1, HOUR, True, frozenset({7})), SessionFact(1, HOUR / 4, True, frozenset({8}))], 2, False),
        ([SessionFact(2, HOUR, True, frozenset({7})), SessionFact(1, HOUR, True, frozenset({8}))], 1, False),
    ],
)
def test_a_stage_is_reached_by_sessions_minutes_and_every_objective(facts: list[SessionFact], sessions: int, is_reached: bool) -> None:
    found = reached([Asked(1, 2, 90, frozenset({7, 8}))], facts)[1]
    assert (found.sessions, found.is_reached) == (sessions, is_reached)


def test_human_resources_writes_a_programme_in_stages(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.hr)
    client.post("/shadowing/objectives/usual")
    role = employments_of(found.new_hire)[0].job_role
    answer = client.post(
        "/shadowing/programmes/new", data={"name": "Managers", "job_role": str(role.public_id), "course": "", "reading": "Read **this**"}
    )
    address = answer.headers["Location"]
    watched = [str(row.public_id) for row in objectives()[:2]]
    stage = {"kind": "observe", "sessions_required": "2", "minutes_required": "60", "days": "1", "mode": ""}
    empty = client.post(f"{address}/stages/new", data=stage)
    assert empty.status_code == 422 and "at least one thing" in empty.text
    assert client.post(f"{address}/put-into-use").status_code == 302
    assert "Add at least one stage" in client.get(address).text
    assert client.post(f"{address}/stages/new", data={**stage, "objectives": watched}).status_code == 302
    assert client.post(f"{address}/stages/new", data={**stage, "kind": "assist", "objectives": watched, "needs_approval": "y"}).status_code == 302
    assert client.post(f"{address}/put-into-use").status_code == 302
    page = client.get(address).text
    assert "In use" in page and "when the manager says so" in page and "<strong>this</strong>" in page
    assert "Managers" in client.get("/shadowing/programmes").text
    programme = find_active_programme(role.id)
    assert programme is not None
    second = programme.stages[1]
    assert client.get(f"/shadowing/programmes/stages/{second.public_id}").status_code == 200
    assert client.post(f"/shadowing/programmes/stages/{second.public_id}/up").status_code == 302
    session.expire_all()
    assert [row.kind for row in get_programme(programme.public_id).stages] == [StageKind.ASSIST, StageKind.OBSERVE]
    assert client.post(f"/shadowing/programmes/stages/{second.public_id}/remove").status_code == 302
    session.expire_all()
    assert [row.kind for row in get_programme(programme.public_id).stages] == [StageKind.OBSERVE]


def test_whoever_starts_in_the_job_role_begins_its_programme_once(client: FlaskClient) -> None:
    found = a_running_checklist()
    programme = a_programme(found)
    employment = employments_of(found.new_hire)[0]
    for _twice in range(2):
        onboarding.public.begin(found.new_hire, employment=employment, manager=found.manager, buddy=found.buddy, by=None)
    begun = find_participation(found.new_hire)
    assert begun is not None and begun.programme_id == programme.id and begun.stage is not None and begun.stage.kind is StageKind.OBSERVE


def test_a_version_somebody_has_begun_keeps_its_stages_and_a_newer_one_takes_its_place(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    hr = sign_in(scene.onboarding.hr)
    programme = get_programme(scene.participation.programme.public_id)
    with pytest.raises(WrongState, match="new version"):
        actions.add_stage(programme, text=StageText(StageKind.ALONE, list(objectives())[:1]), by=hr)
    newer = actions.begin_version(programme, by=hr)
    assert (newer.number, len(newer.stages), newer.is_active) == (2, 2, False)
    actions.put_into_use(newer, by=hr)
    assert not programme.is_active
    assert find_participation(scene.new_hire).programme_id == programme.id  # type: ignore[union-attr]
    assert "version 2" in client.get("/shadowing/programmes").text


def test_a_session_counts_once_both_have_said_so_and_the_next_stage_begins_by_itself(client: FlaskClient) -> None:
    scene = a_scene()
    held = scene.session()
    scene.sign(held)
    assert get_participation_by_key(scene.participation.id).stage.kind is StageKind.OBSERVE  # type: ignore[union-attr]
    scene.log(scene.fresh(held))
    found = get_participation_by_key(scene.participation.id)
    assert found.stage is not None and found.stage.kind is StageKind.SUPERVISED
    assert [row.by_id for row in found.passages] == [None]


def test_at_a_gate_the_manager_says_when_to_go_on_and_needs_a_reason_while_something_is_missing(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    held = scene.session()
    scene.log(held)
    scene.sign(held)
    address = f"/shadowing/progress/{scene.participation.public_id}"
    sign_in(scene.new_hire)
    assert client.get("/shadowing/progress").headers["Location"].endswith(address)
    assert "Read the" in client.get(address).text
    assert client.post(f"{address}/let-pass", data={"comment": "I am ready."}).status_code == 403
    sign_in(scene.manager)
    assert client.post(f"{address}/let-pass", data={"comment": ""}).status_code == 422
    reverse = scene.session(days_ago=0.5)
    with pytest.raises(Invalid, match="say how well"):
        scene.sign(reverse)
    scene.sign(reverse, rating=3)
    scene.log(scene.fresh(reverse))
    with current_app.test_request_context():
        titles = {waiting.title for waiting in onboarding.public.waiting_for(scene.manager, on=today())}
    assert "Say whether the next stage of shadowing begins" in titles
    assert client.post(f"{address}/let-pass", data={"comment": ""}).status_code == 302
    found = get_participation_by_key(scene.participation.id)
    assert (found.state, found.stage) == (ParticipationState.COMPLETED, None)
    assert "Every stage is passed" in client.get(address).text
    assert client.post(f"{address}/let-pass", data={"comment": ""}).status_code == 409


def test_a_programme_is_seen_by_the_new_hire_their_manager_and_human_resources(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    address = f"/shadowing/progress/{scene.participation.public_id}"
    other = a_running_checklist(name="Otto Reis")
    for stranger in (other.new_hire, other.manager, scene.mentor, scene.onboarding.buddy):
        sign_in(stranger)
        assert client.get(address).status_code == 404
        assert client.post(f"{address}/end", data={"reason": "x"}).status_code in (403, 404)
    sign_in(other.manager)
    assert "Nina Alves" not in client.get("/shadowing/progress").text
    for reader in (scene.new_hire, scene.manager, scene.onboarding.hr, a_colleague("Olga Reis", Role.AUDITOR)):
        sign_in(reader)
        assert client.get(address).status_code == 200
    assert client.post(f"{address}/end", data={"reason": "x"}).status_code == 403  # an auditor reads


def test_a_programme_is_ended_with_a_reason_and_another_one_begun(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    sign_in(scene.manager)
    with pytest.raises(WrongState, match="in a programme already"):
        taking_part.begin_programme(scene.new_hire, scene.participation.programme, by=None)
    address = f"/shadowing/progress/{scene.participation.public_id}"
    assert client.post(f"{address}/end", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/end", data={"reason": "Changed teams."}).status_code == 302
    assert "Changed teams." in client.get(address).text
    data = {"person": str(scene.new_hire.public_id), "programme": str(scene.participation.programme.public_id)}
    assert client.get("/shadowing/progress/begin").status_code == 200
    assert client.post("/shadowing/progress/begin", data=data).status_code == 302
    with pytest.raises(NotAllowed):
        taking_part.end_programme(find_participation(scene.new_hire), reason="x", by=get_person(scene.mentor.public_id))  # type: ignore[arg-type]


def test_progress_costs_the_same_with_two_and_with_twelve_people(client: Any, sign_in: SignIn) -> None:
    scene = a_scene()
    sign_in(scene.onboarding.hr)
    counts = []
    for number in (1, 10):
        for each in range(number):
            other = a_running_checklist(name=f"Person {number} {each}", hr=scene.onboarding.hr, manager=scene.onboarding.manager, starts_in=-30)
            taking_part.begin_programme(other.new_hire, scene.participation.programme, by=None)
        pages = []
        for address in ("/shadowing/progress", "/shadowing/coverage"):
            client.get(address)
            client.get(address)
            pages.append(client.last_statements)
        counts.append(pages)
    assert counts[0] == counts[1] and max(counts[1]) <= 12, counts


def test_a_disputed_objective_is_not_seen_until_it_is_decided(client: FlaskClient) -> None:
    scene = a_scene()
    held = scene.session()
    scene.log(held)
    scene.sign(held, seen=False)
    assert held.is_disputed
    assert get_participation_by_key(scene.participation.id).stage.kind is StageKind.OBSERVE  # type: ignore[union-attr]
    found = scene.fresh(held)
    holding.decide(found, {row.objective_id: True for row in found.observations}, reason="I was there.", by=scene.manager)
    assert get_participation_by_key(scene.participation.id).stage.kind is StageKind.SUPERVISED  # type: ignore[union-attr]
