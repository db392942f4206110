"""The page that says from when a new hire may work alone: what it reads, who sees it, and what it says of a start that moves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask

from core.calendars.business_days import add_business_days, is_business_day
from core.clock import today
from core.people.models import Person
from core.people.queries import get_person
from onboarding.checklists.actions import tick_task
from onboarding.checklists.queries import get_checklist
from onboarding.readiness.path import StepKind, critical_path, place, ready_on
from onboarding.readiness.situation import situation_of
from onboarding.readiness.steps import Situation, steps
from tests.situations import Onboarding, a_place, a_running_checklist, a_shadowing_session

SignIn = Callable[[Person], Person]


def situation(app: Flask, onboarding: Onboarding) -> Situation:
    with app.test_request_context():
        return situation_of(get_checklist(onboarding.checklist.public_id, viewer=get_person(onboarding.hr.public_id)), on=today())


def test_what_is_open_is_read_and_what_is_done_or_optional_is_not(app: Flask) -> None:
    onboarding = a_running_checklist()
    before = {task.title for task in situation(app, onboarding).tasks}
    assert "Say hello" in before
    assert "Have lunch together" not in before
    tick_task(onboarding.task("hello"), by=get_person(onboarding.new_hire.public_id))
    found = situation(app, onboarding)
    assert {task.title for task in found.tasks} == before - {"Say hello"}
    assert (found.sessions_missing, found.planned) == (1, ())


def test_a_planned_session_far_off_decides_the_day(app: Flask) -> None:
    onboarding = a_running_checklist()
    session = a_shadowing_session(onboarding, starts_in=timedelta(days=40))
    made = steps(situation(app, onboarding), starts_on=onboarding.checklist.starts_on, titles=("First day", "A session"))
    placed = place(made, today=today(), is_business_day=lambda day: is_business_day(day, a_place()))
    assert critical_path(placed)[-1].step.kind is StepKind.SESSION
    assert ready_on(placed) == add_business_days(session.ends_at.date(), 0, a_place())


def test_human_resources_and_their_manager_see_it_and_nobody_else_does(client: Any, sign_in: SignIn) -> None:
    onboarding, other = a_running_checklist(starts_in=7), a_running_checklist(name="Olga Reis")
    address = f"/onboarding/{onboarding.checklist.public_id}/readiness"
    for viewer, status in (
        (onboarding.hr, 200),
        (onboarding.manager, 200),
        (other.manager, 404),
        (onboarding.new_hire, 403),
        (onboarding.buddy, 403),
    ):
        sign_in(get_person(viewer.public_id))
        assert client.get(address).status_code == status
        assert client.get(f"{address}.svg").status_code == status


def test_the_page_says_the_day_the_way_and_what_slips(client: Any, sign_in: SignIn) -> None:
    onboarding = a_running_checklist(starts_in=14)
    sign_in(get_person(onboarding.manager.public_id))
    address = f"/onboarding/{onboarding.checklist.public_id}/readiness"
    shown = client.get(f"{address}?days=14").get_data(as_text=True)
    assert client.last_statements <= 12
    assert "at the earliest" in shown
    assert "A shadowing session nobody has planned yet" in shown
    assert "14 days" in shown
    for nonsense in ("x", "99999999999999999999", "-9999", ""):
        assert client.get(f"{address}?days={nonsense}").status_code == 200
    assert "When ready" in client.get(f"/onboarding/{onboarding.checklist.public_id}").get_data(as_text=True)
