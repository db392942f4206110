"""Tasks that need not be done, or do not apply: with a reason, somebody else's word, and a day on which they open again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from flask.testing import FlaskClient

from core.clock import now, today
from core.people.models import Person
from core.people.rights import Role
from onboarding.checklists.models import ChecklistState, TaskState
from onboarding.checklists.reopening import reopen_what_lapsed
from tests.situations import a_colleague, a_running_checklist

SignIn = Callable[[Person], Person]


def ask(client: FlaskClient, task: Any, **given: Any) -> Any:
    data = {"kind": "waived", "why": "The buddy is away.", "until": str(today() + timedelta(days=60)), **given}
    return client.post(f"/onboarding/tasks/{task.public_id}/waive", data=data)


def decide(client: FlaskClient, task: Any, act: str, **given: Any) -> Any:
    return client.post(f"/onboarding/tasks/{task.public_id}/waive/{act}", data=given)


def test_a_required_task_is_waived_only_with_a_reason_a_day_and_somebody_elses_word(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.hr)
    assert ask(client, found.task("talk"), why=" ").status_code == 422
    assert ask(client, found.task("talk"), until="").status_code == 422
    assert ask(client, found.task("talk"), until=str(today())).status_code == 422
    assert ask(client, found.task("talk"), until=str(today() + timedelta(days=900))).status_code == 422
    assert ask(client, found.task("talk")).status_code == 302
    assert ask(client, found.task("talk")).status_code == 409  # asked already
    assert found.task("talk").state is TaskState.OPEN
    assert decide(client, found.task("talk"), "approve").status_code == 403  # who asked
    sign_in(a_colleague("Iris Melo", Role.HR))
    assert "Waits for approval" in client.get("/onboarding/tasks").text
    assert "Waits for approval" in client.get(f"/onboarding/{found.checklist.public_id}").text
    assert "Helena Prado asks until" in client.get(f"/onboarding/tasks/{found.task('talk').public_id}").text
    assert decide(client, found.task("talk"), "approve").status_code == 302
    assert decide(client, found.task("talk"), "approve").status_code == 409
    waived = found.task("talk")
    assert (waived.state, waived.reason, waived.waived_until) == (TaskState.WAIVED, "The buddy is away.", today() + timedelta(days=60))
    text = client.get(f"/onboarding/tasks/{waived.public_id}").text
    assert "Iris Melo" in text
    assert "Asked by Helena Prado" in text
    assert "Waived until" in client.get(f"/onboarding/{found.checklist.public_id}").text


def test_human_resources_waives_alone_what_is_not_required(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.hr)
    assert ask(client, found.task("lunch"), kind="not_applicable").status_code == 302
    assert found.task("lunch").state is TaskState.NOT_APPLICABLE
    assert "Does not apply until" in client.get(f"/onboarding/{found.checklist.public_id}").text


def test_the_new_hire_may_ask_but_never_approve(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    nina = sign_in(found.new_hire)
    assert ask(client, found.task("hello")).status_code == 302
    assert decide(client, found.task("hello"), "approve").status_code == 403
    sign_in(found.manager)
    assert decide(client, found.task("hello"), "approve").status_code == 403  # the manager does not let off what the new hire asks
    sign_in(found.hr)
    assert decide(client, found.task("hello"), "refuse", reason="").status_code == 422
    assert decide(client, found.task("hello"), "refuse", reason="It takes a minute.").status_code == 302
    assert found.task("hello").state is TaskState.OPEN
    sign_in(nina)
    assert "It takes a minute." in client.get(f"/onboarding/tasks/{found.task('hello').public_id}").text


def test_the_manager_approves_what_human_resources_asks(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.hr)
    ask(client, found.task("contract"))
    sign_in(found.manager)
    assert "Prepare the contract" in client.get("/onboarding/tasks").text
    assert decide(client, found.task("contract"), "approve").status_code == 302
    assert found.task("contract").state is TaskState.WAIVED


def test_one_of_human_resources_being_onboarded_approves_nothing_of_their_own(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    own = a_running_checklist(name="Iris Melo", hr=found.hr)
    from core.people.actions import grant_role
    from core.people.queries import get_person

    grant_role(own.new_hire, Role.HR, by=None)
    sign_in(get_person(own.new_hire.public_id))
    assert ask(client, own.task("lunch")).status_code == 302
    assert own.task("lunch").state is TaskState.OPEN  # not required, and yet not by themselves
    assert decide(client, own.task("lunch"), "approve").status_code == 403


def test_an_auditor_and_a_buddy_of_another_task_ask_for_nothing(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(a_colleague("Aldo Reis", Role.AUDITOR))
    assert ask(client, found.task("hello")).status_code == 403
    sign_in(found.buddy)
    assert ask(client, found.task("hello")).status_code == 404


def test_a_waived_task_opens_again_on_its_day_and_the_onboarding_goes_on(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.hr)
    for key in ("document", "laptop", "contract", "hello", "policy", "talk", "lunch", "shadowing"):
        ask(client, found.task(key))
    sign_in(a_colleague("Iris Melo", Role.HR))
    for key in ("document", "laptop", "contract", "hello", "policy", "talk", "shadowing"):
        decide(client, found.task(key), "approve")
    assert found.checklist.state is ChecklistState.DONE
    assert reopen_what_lapsed() == 0
    with time_machine.travel(now() + timedelta(days=61), tick=False):
        assert reopen_what_lapsed() == 8
        assert reopen_what_lapsed() == 0  # safe to run twice
        task = found.task("talk")
        assert (task.state, task.waived_until, task.reason) == (TaskState.OPEN, None, "")
        assert task.due_on == today()
    assert found.checklist.state is ChecklistState.RUNNING
    assert "The waiver ended." in client.get(f"/onboarding/tasks/{found.task('talk').public_id}").text


def test_what_was_done_meanwhile_waits_for_no_approval(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    nina = sign_in(found.new_hire)
    ask(client, found.task("hello"))
    client.post(f"/onboarding/tasks/{found.task('hello').public_id}/tick")
    sign_in(found.hr)
    assert "Say hello" not in client.get("/onboarding/tasks").text
    assert decide(client, found.task("hello"), "approve").status_code == 403
    sign_in(nina)
    client.post(f"/onboarding/tasks/{found.task('hello').public_id}/reopen")
    sign_in(found.hr)
    assert "Say hello" in client.get("/onboarding/tasks").text
