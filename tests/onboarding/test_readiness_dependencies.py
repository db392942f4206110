"""The way to working alone follows what tasks wait for, and the stages of a shadowing programme with their gates."""

from datetime import date, timedelta

from flask import Flask

from core.clock import today
from core.people.models import Person
from core.people.queries import get_person
from onboarding.checklists.queries import get_checklist
from onboarding.programmes.actions import StageText
from onboarding.programmes.models import StageKind
from onboarding.readiness.path import Placed, StepKind, critical_path, place
from onboarding.readiness.situation import situation_of
from onboarding.readiness.steps import OpenTask, Planned, Situation, Stage, steps
from onboarding.shadowing.objectives import add_usual_objectives
from onboarding.shadowing.queries import objectives
from tests.onboarding.shadows import a_scene
from tests.situations import Onboarding, a_running_checklist

MONDAY = date(2026, 3, 2)
TITLES = ("First day", "A session")


def on(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def placed(situation: Situation, *, later: int = 0, day: int = 0) -> dict[str, Placed]:
    made = steps(situation, starts_on=situation.starts_on + timedelta(days=later), titles=TITLES)
    return place(made, today=on(day), is_business_day=lambda one: one.weekday() < 5)


def path(found: dict[str, Placed]) -> list[str]:
    return [one.step.key for one in critical_path(found)]


def situation(app: Flask, onboarding: Onboarding) -> Situation:
    with app.test_request_context():
        return situation_of(get_checklist(onboarding.checklist.public_id, viewer=get_person(onboarding.hr.public_id)), on=today())


def test_a_task_is_done_no_earlier_than_what_it_waits_for() -> None:
    tasks = (OpenTask("laptop", "Laptop", on(9)), OpenTask("receipt", "Receipt", on(1), waits_for=("laptop",)))
    found = placed(Situation(on(0), tasks))
    assert found["receipt"].done_on == on(9)
    assert found["laptop"].slack == 0


def test_a_day_counted_from_another_task_slips_with_it() -> None:
    tasks = (OpenTask("laptop", "Laptop", on(-10)), OpenTask("receipt", "Receipt", on(-8), due_after="laptop"))
    assert placed(Situation(on(-20), tasks))["receipt"].done_on == on(2)  # the laptop is late and comes today


def test_a_day_somebody_chose_stays_when_the_start_moves() -> None:
    found = placed(Situation(on(0), (OpenTask("talk", "Talk", on(3), is_fixed=True),)), later=1)
    assert found["talk"].done_on == on(3)


def test_templates_that_meet_in_a_circle_still_give_a_day() -> None:
    tasks = (OpenTask("a", "A", on(1), waits_for=("b",)), OpenTask("b", "B", on(2), waits_for=("a", "a", "b")))
    assert placed(Situation(on(0), tasks))["a"].done_on == on(2)


def test_a_task_that_waits_for_shadowing_waits_for_the_session_that_ticks_it() -> None:
    talk = OpenTask("talk", "Talk", on(0), waits_for=("second",))
    found = placed(Situation(on(0), (talk,), sessions_missing=2, shadowing_tasks=("first", "second")))
    assert found["talk"].done_on == on(1)


def test_stages_follow_one_another_and_a_gate_lies_between() -> None:
    stages = (
        Stage("one", (Planned("with-bia", "With Bia", on(7)),), sessions_missing=2, gate="Let pass"),
        Stage("two", sessions_missing=1),
    )
    found = placed(Situation(on(0), stages=stages, sessions_missing=9))
    assert path(found) == ["with-bia", "one-unplanned-0", "one-gate", "two-unplanned-0"]
    assert [found[key].done_on for key in path(found)] == [on(7), on(8), on(8), on(9)]
    assert found["one-gate"].step.kind is StepKind.GATE


def test_a_reached_stage_waits_for_its_gate_alone() -> None:
    found = placed(Situation(on(-9), stages=(Stage("one", gate="Let pass"),)))
    assert [key for key in found if key != "start"] == ["one-gate"]
    assert found["one-gate"].done_on == on(0)


def test_an_optional_task_counts_once_a_required_one_waits_for_it(app: Flask) -> None:
    onboarding = a_running_checklist()
    assert "task-lunch" not in {task.key for task in situation(app, onboarding).tasks}
    onboarding.task("talk").waits_for = ["lunch"]
    found = {task.key: task for task in situation(app, onboarding).tasks}
    assert found["task-talk"].waits_for == ("task-lunch",)
    assert "task-lunch" in found


def test_the_sessions_missing_in_each_stage_are_read_with_those_that_are_planned(app: Flask) -> None:
    add_usual_objectives(by=None)
    two = list(objectives())[:2]
    scene = a_scene(
        StageText(StageKind.OBSERVE, two, sessions_required=3), StageText(StageKind.SUPERVISED, two, sessions_required=2, needs_approval=True)
    )
    held = scene.session(days_ago=2)
    scene.log(held)
    scene.sign(scene.fresh(held))
    scene.session(days_ago=-7)
    observe, supervised = situation(app, scene.onboarding).stages
    assert (observe.sessions_missing, len(observe.planned), observe.gate) == (2, 1, "")
    assert (supervised.sessions_missing, len(supervised.planned)) == (2, 0)
    assert "let the new hire pass" in supervised.gate


def test_the_page_of_somebody_in_a_programme_shows_the_gate(client: object, sign_in: object) -> None:
    scene = a_scene()
    manager: Person = scene.manager
    sign_in(manager)  # type: ignore[operator]
    shown = client.get(f"/onboarding/{scene.onboarding.checklist.public_id}/readiness")  # type: ignore[attr-defined]
    assert shown.status_code == 200
    assert "let the new hire pass" in shown.get_data(as_text=True)
