"""People change position, manager and buddy, leave, withdraw and come back: tasks follow, nothing is left with somebody who is gone."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from babel.dates import format_date
from flask.testing import FlaskClient
from sqlalchemy import select
from time_machine import travel
from werkzeug.datastructures import FileStorage

import onboarding.public
from core.accounts.actions import check_sign_in, open_account
from core.clock import today
from core.db import session
from core.people.actions import grant_role
from core.people.models import Person
from core.people.queries import find_employment, get_person, standing_employment
from core.people.rights import Role
from home.people.changing import leave, withdraw
from home.people.tasks import lock_out_who_has_gone
from onboarding.changes.actions import apply_difference, change_buddy, change_manager
from onboarding.checklists.actions import accept_document, acknowledge, change_task, hand_in, tick_task
from onboarding.checklists.beginning import begin_checklist
from onboarding.checklists.models import Checklist, ChecklistKind, ChecklistState, Task, TaskState
from onboarding.policies.actions import hash_of, publish_version
from onboarding.policies.queries import get_policy
from onboarding.shadowing.models import SessionState
from onboarding.templates.actions import Match, TaskText, add_task, begin_draft, publish_template, write_template
from onboarding.templates.actions import change_task as change_task_text
from onboarding.templates.models import Part, Phase
from onboarding.templates.queries import get_template
from tests.factories import make_department, make_employment, make_job_role
from tests.situations import Onboarding, a_colleague, a_pdf, a_place, a_running_checklist, a_shadowing_session

SignIn = Callable[[Person], Person]


def page_of(found: Onboarding, name: str) -> str:
    return f"/people/{found.new_hire.public_id}/{name}"


def twice(client: FlaskClient, address: str, data: dict[str, Any]) -> Any:
    """Ask what would change, and then do it as the page that answers does."""
    from lxml import html

    shown = client.post(address, data=data)
    assert shown.status_code == 200, shown.text
    seen = html.document_fromstring(shown.text).get_element_by_id("seen").get("value")
    return client.post(address, data={**data, "seen": seen})


def position(found: Onboarding, **changes: Any) -> dict[str, Any]:
    employment = standing_employment(found.new_hire, on=today())
    assert employment is not None
    return {
        "job_role": str(employment.job_role.public_id),
        "department": str(employment.department.public_id),
        "location": str(employment.location.public_id),
        "employment_type": "full_time",
        "manager": str(found.manager.public_id),
        "starts_on": today().isoformat(),
        "applies": "y",
        **changes,
    }


def a_template_for(hr: Person, **match: Any) -> Any:
    hr = get_person(hr.public_id)
    template = write_template(name=f"For {sorted(match)[0]}", match=Match(**{f"{name}s": [value] for name, value in match.items()}), by=hr)
    add_task(template, text=TaskText("Meet the vault", Phase.FIRST_WEEK, offset_days=2, key="vault"), by=hr)
    publish_template(template, by=hr)
    return template


@pytest.mark.parametrize("kind", ["job_role", "department"])
def test_another_role_or_department_shows_the_difference_and_applies_it(client: FlaskClient, sign_in: SignIn, kind: str) -> None:
    found = a_running_checklist(starts_in=-3)
    new = make_job_role("Vault keeper") if kind == "job_role" else make_department("Vaults")
    a_template_for(found.hr, **{kind: new})
    sign_in(found.hr)
    data = position(found, **{kind: str(new.public_id)})
    assert client.get(page_of(found, "position")).status_code == 200
    shown = client.post(page_of(found, "position"), data=data)
    assert "Meet the vault" in shown.text and "8 tasks are kept" in shown.text
    assert session.scalars(select(Task).where(Task.key == "vault")).first() is None
    assert twice(client, page_of(found, "position"), data).status_code == 302
    vault = found.task("vault")
    assert vault.owner_id == found.new_hire.id
    sign_in(found.hr)
    employment = standing_employment(found.new_hire, on=today())
    assert employment is not None
    back = position(found, **{kind: str(make_job_role("Clerk").public_id if kind == "job_role" else make_department("Desk").public_id)})
    back["starts_on"] = today().isoformat()
    shown = client.post(page_of(found, "position"), data=back)
    assert "Gone" in shown.text
    twice(client, page_of(found, "position"), back)
    assert found.task("vault").state is TaskState.WAIVED
    assert employment.superseded_at is not None


def test_without_the_tick_the_tasks_stay_as_they_are(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist(starts_in=-3)
    role = make_job_role("Vault keeper")
    a_template_for(found.hr, job_role=role)
    sign_in(found.hr)
    data = position(found, job_role=str(role.public_id))
    del data["applies"]
    assert twice(client, page_of(found, "position"), data).status_code == 302
    assert session.scalars(select(Task).where(Task.key == "vault")).first() is None
    now_held = find_employment(found.new_hire, on=today())
    assert now_held is not None and found.checklist.employment_id == now_held.id


def test_finished_work_stays_when_the_templates_ask_for_it_no_more(client: FlaskClient, sign_in: SignIn) -> None:
    role = make_job_role("Vault keeper")
    found = a_running_checklist(starts_in=-3)
    a_template_for(found.hr, job_role=role)
    sign_in(found.hr)
    twice(client, page_of(found, "position"), position(found, job_role=str(role.public_id)))
    tick_task(found.task("vault"), by=get_person(found.new_hire.public_id))
    other = position(found, job_role=str(make_job_role("Clerk").public_id))
    assert "1 finished task is not asked for any more" in client.post(page_of(found, "position"), data=other).text
    twice(client, page_of(found, "position"), other)
    assert found.task("vault").state is TaskState.DONE


def test_another_manager_gets_the_open_tasks_and_both_are_told_once(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    found = a_running_checklist(starts_in=-3)
    new = a_colleague("Olívia Paz", Role.MANAGER)
    make_employment(new, location=a_place())
    sign_in(found.hr)
    assert twice(client, page_of(found, "position"), position(found, manager=str(new.public_id))).status_code == 302
    assert found.task("talk").owner_id == new.id
    assert found.task("lunch").owner_id == found.buddy.id
    assert found.checklist.manager_id == new.id
    for person in (found.manager, new):
        assert [mail.name for mail in mailbox.to(person)].count("tasks_handed_over") == 1
    sign_in(found.manager)
    assert client.get(f"/onboarding/{found.checklist.public_id}").status_code == 404
    sign_in(new)
    assert client.get(f"/onboarding/{found.checklist.public_id}").status_code == 200


def test_what_makes_no_sense_is_refused_at_its_field(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist(starts_in=-3)
    sign_in(found.hr)
    for changes, sentence in (
        ({}, "Nothing is different yet"),
        ({"manager": "", "starts_on": (today() - timedelta(days=30)).isoformat()}, "not before what holds now began"),
        ({"manager": str(found.new_hire.public_id)}, "Nina Alves cannot be chosen here"),
    ):
        answer = client.post(page_of(found, "position"), data=position(found, **changes))
        assert answer.status_code == 422
        assert sentence in answer.text
    sign_in(found.manager)
    assert client.get(page_of(found, "position")).status_code == 403


def test_another_buddy_gets_the_buddys_tasks_alone(app: object, mailbox: Any) -> None:
    found = a_running_checklist()
    new = a_colleague("Olívia Paz", Role.BUDDY)
    change_buddy(found.checklist, new, by=found.hr)
    assert found.task("lunch").owner_id == new.id
    change_buddy(found.checklist, None, by=found.hr)
    assert found.task("lunch").owner_id == found.manager.id
    change_manager(found.checklist, None, by=found.hr)
    assert {found.task(key).owner_id for key in ("lunch", "talk")} == {found.hr.id}


def publish_newer(found: Onboarding) -> None:
    template = get_template(found_template(found))
    draft = begin_draft(template, by=found.hr)
    hello = next(task for task in draft.tasks if task.key == "hello")
    text = TaskText("Say hello to everybody", Phase.DAY_ONE, offset_days=1, key="hello")
    change_task_text(hello, text=text, version=hello.version, by=found.hr)
    talk = next(task for task in draft.tasks if task.key == "talk")
    change_task_text(talk, text=TaskText("Talk at length", Phase.DAY_ONE, part=Part.MANAGER, key="talk"), version=talk.version, by=found.hr)
    add_task(template, text=TaskText("Sign the wall", Phase.DAY_ONE, key="wall"), by=found.hr)
    publish_template(template, by=found.hr)


def found_template(found: Onboarding) -> Any:
    from tests.situations import a_template

    return a_template(hr=found.hr).public_id


def test_a_running_checklist_moves_to_newer_templates_after_a_preview(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    talk = found.task("talk")
    change_task(talk, title="Our talk", due_on=talk.due_on, owner=found.manager, version=talk.version, by=get_person(found.hr.public_id))
    sign_in(found.hr)
    address = f"/onboarding/{found.checklist.public_id}"
    assert "newer version" not in client.get(address).text
    publish_newer(Onboarding(found.checklist, found.new_hire, found.manager, found.buddy, get_person(found.hr.public_id)))
    assert "newer version" in client.get(address).text
    shown = client.get(f"{address}/newer").text
    assert "Sign the wall" in shown and "Say hello" in shown
    assert found.task("hello").title == "Say hello"
    assert client.post(f"{address}/newer").status_code == 302
    assert found.task("hello").title == "Say hello to everybody"
    assert found.task("hello").due_on > found.task("talk").due_on
    assert found.task("wall").owner_id == found.new_hire.id
    assert "newer version" not in client.get(address).text
    sign_in(found.manager)
    assert client.get(f"{address}/newer").status_code == 403


def test_who_leaves_gives_their_tasks_to_their_manager_and_human_resources_is_told(app: object, mailbox: Any) -> None:
    above = a_colleague("Dora Luz", Role.MANAGER)
    make_employment(above, location=a_place())
    manager = a_colleague("Marcos Vidal", Role.MANAGER)
    employment = make_employment(manager, location=a_place(), manager=above)
    found = a_running_checklist(manager=manager, starts_in=-3)
    other = a_colleague("Iris Melo", Role.HR)
    leave(employment, last_day=today() - timedelta(days=1), successor=above, reason="Moves abroad.", by=get_person(found.hr.public_id))
    session.expire_all()
    assert found.task("talk").owner_id == above.id
    assert found.checklist.manager_id == above.id
    held = find_employment(get_person(found.new_hire.public_id), on=today() + timedelta(days=1))
    assert held is not None and held.manager_id == above.id
    told = [mail for mail in mailbox.to(other) if mail.name == "colleague_leaves"]
    assert len(told) == 1 and "Dora Luz is now the manager of these new hires: Nina Alves." in told[0].text
    assert "need another manager" not in told[0].text
    assert [mail.name for mail in mailbox.to(above)].count("tasks_handed_over") == 1


def test_without_anybody_above_the_tasks_go_to_the_queue_of_human_resources(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    manager = a_colleague("Marcos Vidal", Role.MANAGER)
    employment = make_employment(manager, location=a_place())
    found = a_running_checklist(manager=manager, starts_in=-3)
    other = a_colleague("Iris Melo", Role.HR)
    leave(employment, last_day=today() - timedelta(days=1), successor=None, reason="Moves abroad.", by=get_person(found.hr.public_id))
    session.expire_all()
    assert ["need another manager, buddy or contact: Nina Alves." in mail.text for mail in mailbox.to(other)] == [True]
    assert (found.task("talk").owner_id, found.task("talk").part) == (None, Part.HR)
    sign_in(found.hr)
    assert "Talk about the first month" in client.get("/onboarding/tasks").text


def test_who_stays_until_a_later_day_keeps_what_is_due_until_then(app: object) -> None:
    manager = a_colleague("Marcos Vidal", Role.MANAGER)
    employment = make_employment(manager, location=a_place())
    open_account(manager, password="a long enough one")
    found = a_running_checklist(manager=manager, starts_in=0)
    last_day = found.task("talk").due_on
    with travel(f"{last_day} 15:00:00 +0000", tick=False):
        leave(employment, last_day=last_day, successor=None, reason="Moves abroad.", by=get_person(found.hr.public_id))
        session.expire_all()
        assert found.task("talk").owner_id == manager.id
        lock_out_who_has_gone()
        assert check_sign_in(email=manager.email, password="a long enough one") is not None
    with travel(f"{last_day + timedelta(days=2)} 15:00:00 +0000", tick=False):
        lock_out_who_has_gone()
        lock_out_who_has_gone()  # twice changes nothing
        session.expire_all()
        assert found.task("talk").owner_id is None
        assert check_sign_in(email=manager.email, password="a long enough one") is None
        assert get_person(manager.public_id).roles == frozenset()


def test_who_withdraws_gets_a_list_of_what_is_left_and_no_account(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist(starts_in=14)
    open_account(get_person(found.new_hire.public_id), password="a long enough one")
    sign_in(found.hr)
    assert client.get(page_of(found, "end")).status_code == 200
    assert client.post(page_of(found, "end"), data={"reason": " "}).status_code == 422
    assert twice(client, page_of(found, "end"), {"reason": "Took another offer."}).status_code == 302
    assert (found.checklist.state, found.checklist.reason) == (ChecklistState.CANCELLED, "Took another offer.")
    assert standing_employment(found.new_hire, on=today()) is None
    assert check_sign_in(email=found.new_hire.email, password="a long enough one") is None
    leaving = session.scalars(select(Checklist).where(Checklist.kind == ChecklistKind.LEAVING)).one()
    tasks = session.scalars(select(Task).where(Task.checklist_id == leaving.id).order_by(Task.id)).all()
    titles = {task.title: task.owner_id for task in tasks}
    assert titles["Get laptop, phone and other equipment back"] == found.manager.id
    assert titles["Block accounts and access"] is None
    assert "Collect badge and keys" not in titles
    text = client.get("/onboarding?kind=leaving").text
    assert "Nina Alves" in text
    sign_in(found.manager)
    assert "Get laptop, phone and other equipment back" in client.get("/onboarding/tasks").text
    laptop = next(task for task in tasks if task.owner_id == found.manager.id)
    assert client.post(f"/onboarding/tasks/{laptop.public_id}/tick").status_code == 302
    assert client.post(page_of(found, "end"), data={"reason": "Again."}).status_code == 403


def test_the_list_of_what_is_left_is_written_by_human_resources(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist(starts_in=14)
    sign_in(found.hr)
    assert client.get("/onboarding/leaving-list").status_code == 200
    assert client.post("/onboarding/leaving-list/usual").status_code == 302
    assert "Collect badge and keys" in client.get("/onboarding/leaving-list").text
    data = {"title": "Return the library books", "part": "new_hire", "offset_days": "1", "occasion": "both", "is_active": "y"}
    assert client.post("/onboarding/leaving-list/new", data={**data, "title": ""}).status_code == 422
    assert client.post("/onboarding/leaving-list/new", data={**data, "offset_days": "900"}).status_code == 422
    assert client.post("/onboarding/leaving-list/new", data=data).status_code == 302
    employment = standing_employment(found.new_hire, on=today())
    assert employment is not None
    withdraw(employment, reason="Took another offer.", by=get_person(found.hr.public_id))
    books = session.scalars(select(Task).where(Task.title == "Return the library books")).one()
    assert (books.owner_id, books.part) == (None, Part.HR)  # who withdrew signs in no more
    sign_in(found.manager)
    assert client.get("/onboarding/leaving-list").status_code == 403


def test_who_comes_back_begins_anew_and_is_not_asked_again_for_what_holds(app: object) -> None:
    found = a_running_checklist(starts_in=-3)
    policy = found.task("policy").policy
    assert policy is not None
    acknowledge(found.task("policy"), typed_name="Nina Alves", sha256=hash_of("Be honest."), by=get_person(found.new_hire.public_id))
    employment = standing_employment(found.new_hire, on=today())
    assert employment is not None
    leave(employment, last_day=today() - timedelta(days=1), successor=None, reason="Studies.", by=get_person(found.hr.public_id))
    session.expire_all()
    second = make_employment(get_person(found.new_hire.public_id), manager=found.manager, location=a_place(), starts_on=today() + timedelta(days=30))
    onboarding.public.begin(get_person(found.new_hire.public_id), employment=second, manager=found.manager, buddy=None, by=None)
    again = session.scalars(select(Checklist).where(Checklist.employment_id == second.id)).one()
    states = {task.key: task.state for task in session.scalars(select(Task).where(Task.checklist_id == again.id).order_by(Task.id))}
    assert states["policy"] is TaskState.DONE
    assert states["hello"] is TaskState.OPEN
    publish_version(get_policy(policy.public_id), text="Be honest and kind.", summary="", number=1, by=get_person(found.hr.public_id))
    third = make_employment(a_colleague("Otto Reis"), location=a_place(), starts_on=date(2027, 6, 1))
    begin_checklist(third.person, employment=third, manager=None, buddy=None, by=None)
    fresh = session.scalars(select(Task).join(Checklist).where(Checklist.employment_id == third.id, Task.key == "policy")).one()
    assert fresh.state is TaskState.OPEN


def comes_back_after_a_document(valid_for: int | None) -> tuple[Onboarding, Task, Task]:
    """Somebody handed in a document, left, and comes back in a month. Answers the task of before and the one of now."""
    found = a_running_checklist(starts_in=-3)
    before = found.task("document")
    before.asks_expiry = valid_for is not None
    valid_until = None if valid_for is None else today() + timedelta(days=valid_for)
    hand_in(before, FileStorage(BytesIO(a_pdf()), filename="rg.pdf"), by=get_person(found.new_hire.public_id), valid_until=valid_until)
    accept_document(before, version=before.version, by=get_person(found.hr.public_id))
    employment = standing_employment(found.new_hire, on=today())
    assert employment is not None
    leave(employment, last_day=today() - timedelta(days=2), successor=None, reason="Studies.", by=get_person(found.hr.public_id))
    session.expire_all()
    grant_role(get_person(found.new_hire.public_id), Role.NEW_HIRE, by=None)
    second = make_employment(get_person(found.new_hire.public_id), manager=found.manager, location=a_place(), starts_on=today() + timedelta(days=30))
    onboarding.public.begin(get_person(found.new_hire.public_id), employment=second, manager=found.manager, buddy=None, by=None)
    now_asked = session.scalars(select(Task).join(Checklist).where(Checklist.employment_id == second.id, Task.key == "document")).one()
    return found, found.task("document"), now_asked


def test_a_document_that_is_still_valid_is_not_asked_for_again_and_says_until_when(client: FlaskClient, sign_in: SignIn) -> None:
    found, before, again = comes_back_after_a_document(valid_for=400)
    assert (again.state, again.file_id, again.valid_until) == (TaskState.DONE, before.file_id, before.valid_until)
    assert before.valid_until is not None
    sign_in(found.new_hire)
    sentence = f"Handed in before, and valid until {format_date(before.valid_until, 'long', locale='en')}."
    assert sentence in client.get("/onboarding/mine").text
    assert sentence in client.get(f"/onboarding/tasks/{again.public_id}").text


def test_a_document_that_lapses_by_the_new_first_day_is_asked_for_again(app: object) -> None:
    assert comes_back_after_a_document(valid_for=20)[2].state is TaskState.OPEN


def test_a_document_without_an_end_is_not_asked_for_again_where_none_is_asked(app: object) -> None:
    assert comes_back_after_a_document(valid_for=None)[2].state is TaskState.DONE


def test_a_finished_onboarding_takes_no_newer_templates(app: object) -> None:
    found = a_running_checklist()
    found.checklist.state = ChecklistState.DONE
    employment = standing_employment(found.new_hire, on=today())
    assert employment is not None
    with pytest.raises(Exception, match="finished"):
        apply_difference(found.checklist, employment, by=found.hr)


def test_shadowing_that_cannot_take_place_is_called_off(app: object, mailbox: Any) -> None:
    found = a_running_checklist(starts_in=14)
    mentor = a_colleague("Beatriz Moura", Role.MENTOR)
    planned = a_shadowing_session(found, mentor=mentor, starts_in=timedelta(days=16))
    employment = standing_employment(found.new_hire, on=today())
    assert employment is not None
    withdraw(employment, reason="Took another offer.", by=get_person(found.hr.public_id))
    session.expire_all()
    assert planned.state is SessionState.CANCELLED
    told = [mail for mail in mailbox.to(mentor) if mail.name == "calendar_cancellation"]
    assert len(told) == 1
    assert "another offer" not in told[0].text


def test_a_mentor_who_leaves_keeps_the_sessions_until_the_last_day_alone(app: object, mailbox: Any) -> None:
    found = a_running_checklist(starts_in=-3)
    mentor = a_colleague("Beatriz Moura", Role.MENTOR)
    held = make_employment(mentor, location=a_place())
    before = a_shadowing_session(found, mentor=mentor, starts_in=timedelta(days=2))
    after = a_shadowing_session(found, mentor=mentor, starts_in=timedelta(days=12))
    leave(held, last_day=today() + timedelta(days=5), successor=None, reason="Moves abroad.", by=get_person(found.hr.public_id))
    session.expire_all()
    assert (before.state is SessionState.CANCELLED, after.state) == (False, SessionState.CANCELLED)
    assert "shadowing_other_times" not in [mail.name for mail in mailbox.to(found.new_hire)]  # with who has left there are none


def test_who_manages_a_new_hire_until_a_later_day_goes_on_seeing_their_shadowing(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist(starts_in=-3)
    planned = a_shadowing_session(found, starts_in=timedelta(days=4))
    planned.scheduled_by = found.hr
    own = make_employment(get_person(found.manager.public_id), location=a_place())
    successor = a_colleague("Dora Luz", Role.MANAGER)
    leave(own, last_day=today() + timedelta(days=20), successor=successor, reason="Moves abroad.", by=get_person(found.hr.public_id))
    sign_in(found.manager)
    assert client.get(f"/shadowing/{planned.public_id}").status_code == 200
    sign_in(successor)
    assert client.get(f"/shadowing/{planned.public_id}").status_code == 404


def test_a_move_within_the_company_that_does_not_take_place_leaves_what_held_before(app: object) -> None:
    person = a_colleague("Otto Reis")
    hr = a_colleague("Helena Prado", Role.HR)
    make_employment(person, location=a_place())
    open_account(person, password="a long enough one")
    later = make_employment(person, location=a_place(), starts_on=today() + timedelta(days=20))
    withdraw(later, reason="Stays where he is.", by=hr)
    session.expire_all()
    held = standing_employment(person, on=today())
    assert held is not None and held.valid_to is None
    assert check_sign_in(email=person.email, password="a long enough one") is not None


def test_nobody_is_given_the_tasks_of_their_own_onboarding(app: object) -> None:
    manager = a_colleague("Marcos Vidal", Role.MANAGER)
    employment = make_employment(manager, location=a_place())
    found = a_running_checklist(manager=manager, starts_in=-3)
    leave(
        employment,
        last_day=today() - timedelta(days=1),
        successor=get_person(found.new_hire.public_id),
        reason="Moves abroad.",
        by=get_person(found.hr.public_id),
    )
    session.expire_all()
    assert (found.task("talk").owner_id, found.checklist.manager_id) == (None, None)


def test_with_an_onboarding_its_shadowing_is_cancelled(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist(starts_in=-3)
    planned = a_shadowing_session(found, starts_in=timedelta(days=4))
    sign_in(found.hr)
    address = f"/onboarding/{found.checklist.public_id}/cancel"
    assert client.post(address, data={"reason": " "}).status_code == 422
    assert planned.state is not SessionState.CANCELLED
    assert client.post(address, data={"reason": "The branch closes."}).status_code == 302
    session.expire_all()
    assert found.checklist.state is ChecklistState.CANCELLED
    assert planned.state is SessionState.CANCELLED
