"""Who sees and does what: the new hire their own, the manager their reports, the buddy their tasks, auditors everything to read."""

from collections.abc import Callable
from io import BytesIO

from flask.testing import FlaskClient
from sqlalchemy import event

import onboarding.public
from core.clock import today
from core.db import db
from core.people.models import Person
from core.people.rights import Role
from tests.situations import a_colleague, a_pdf, a_running_checklist, a_shadowing_session

SignIn = Callable[[Person], Person]


def test_a_new_hire_sees_their_own_onboarding_and_nobody_elses(client: FlaskClient, sign_in: SignIn) -> None:
    nina = a_running_checklist()
    otto = a_running_checklist(name="Otto Reis", hr=nina.hr)
    sign_in(otto.new_hire)
    assert client.get("/onboarding/mine").status_code == 200
    assert client.get(f"/onboarding/{otto.checklist.public_id}").status_code == 200
    assert client.get("/onboarding").status_code == 403
    task = nina.task("hello").public_id
    for address in (
        f"/onboarding/{nina.checklist.public_id}",
        f"/onboarding/tasks/{task}",
        f"/onboarding/tasks/{nina.task('document').public_id}/file",
    ):
        assert client.get(address).status_code == 404
    for act in ("tick", "reopen", "hand-in", "acknowledge", "waive", "fill-in", "sign", "grant", "revoke", "meet", "meet/cancel", "meet/held"):
        assert client.post(f"/onboarding/tasks/{task}/{act}").status_code == 404
    for act in ("waive/approve", "waive/refuse", "accept", "return"):
        assert client.post(f"/onboarding/tasks/{task}/{act}", data={"reason": "x"}).status_code == 403
    assert nina.task("hello").done_at is None


def test_a_manager_sees_reports_and_not_their_documents(client: FlaskClient, sign_in: SignIn) -> None:
    nina = a_running_checklist()
    other = a_running_checklist(name="Otto Reis", hr=nina.hr)
    sign_in(nina.new_hire)
    document = nina.task("document").public_id
    client.post(f"/onboarding/tasks/{document}/hand-in", data={"file": (BytesIO(a_pdf()), "rg.pdf")}, content_type="multipart/form-data")
    sign_in(nina.manager)
    board = client.get("/onboarding").text
    assert "Nina Alves" in board
    assert "Otto Reis" not in board
    assert client.get(f"/onboarding/{other.checklist.public_id}").status_code == 404
    assert client.get(f"/onboarding/tasks/{document}").status_code == 200
    assert client.get(f"/onboarding/tasks/{document}/file").status_code == 404
    assert client.post(f"/onboarding/tasks/{nina.task('hello').public_id}/tick").status_code == 403


def test_a_buddy_does_their_tasks_and_sees_no_more(client: FlaskClient, sign_in: SignIn) -> None:
    nina = a_running_checklist()
    sign_in(nina.buddy)
    text = client.get("/onboarding/tasks").text
    assert "Have lunch together" in text
    assert "Talk about the first month" not in text
    assert client.get(f"/onboarding/{nina.checklist.public_id}").status_code == 404
    assert client.post(f"/onboarding/tasks/{nina.task('lunch').public_id}/tick").status_code == 302
    assert "Ticked by you this week" in client.get("/onboarding/tasks").text


def test_it_sees_its_queue_from_the_moment_of_the_role_on(client: FlaskClient, sign_in: SignIn) -> None:
    nina = a_running_checklist()
    stranger = a_colleague("Rui Paz", Role.TRAINER)
    sign_in(stranger)
    address = f"/onboarding/tasks/{nina.task('laptop').public_id}"
    assert client.get(address).status_code == 404
    sign_in(a_colleague("Ivo Tavares", Role.ADMINISTRATOR))
    assert "Prepare the laptop" in client.get("/onboarding/tasks").text
    assert client.get(f"/onboarding/tasks/{nina.task('contract').public_id}").status_code == 404
    assert client.post(f"{address}/tick").status_code == 302


def test_an_auditor_reads_everything_and_changes_nothing(client: FlaskClient, sign_in: SignIn) -> None:
    nina = a_running_checklist()
    sign_in(a_colleague("Olga Reis", Role.AUDITOR))
    assert "Nina Alves" in client.get("/onboarding").text
    assert client.get(f"/onboarding/{nina.checklist.public_id}").status_code == 200
    assert client.post(f"/onboarding/tasks/{nina.task('hello').public_id}/tick").status_code == 403
    assert client.post(f"/onboarding/tasks/{nina.task('hello').public_id}/waive", data={"reason": "x"}).status_code == 403
    assert client.get("/onboarding/templates").status_code == 403
    session = a_shadowing_session(nina)
    assert client.get(f"/shadowing/{session.public_id}").status_code == 200
    assert client.post(f"/shadowing/{session.public_id}/cancel", data={"reason": "x"}).status_code == 403


def statements_of(client: FlaskClient, address: str) -> int:
    client.get(address)
    seen: list[str] = []

    def count(connection: object, cursor: object, statement: str, *more: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len([statement for statement in seen if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA"))])


def test_pages_cost_the_same_with_two_and_with_twelve_people(client: FlaskClient, sign_in: SignIn) -> None:
    first = a_running_checklist(starts_in=-5)
    a_running_checklist(name="Otto Reis", hr=first.hr, manager=first.manager)
    mentor = a_colleague("Beatriz Moura", Role.MENTOR)
    for hours in range(2):
        a_shadowing_session(first, mentor=mentor, starts_in=_days(2, hours))
    own = f"/onboarding/{first.checklist.public_id}"
    addresses = {
        "/onboarding": first.hr,
        "/onboarding/tasks": first.hr,
        "/onboarding/mine": first.new_hire,
        own: first.hr,
        "/shadowing": first.hr,
        "/onboarding/templates": first.hr,
        "/policies": first.hr,
    }
    few = {}
    for address, person in addresses.items():
        sign_in(person)
        few[address] = statements_of(client, address)
    for number in range(10):
        a_running_checklist(name=f"Person {number}", hr=first.hr, manager=first.manager, starts_in=-number)
        a_shadowing_session(first, mentor=mentor, starts_in=_days(3, number))
    many = {}
    for address, person in addresses.items():
        sign_in(person)
        many[address] = statements_of(client, address)
    assert many == few
    assert max(many.values()) <= 12, many


def _days(days: int, hours: int) -> object:
    from datetime import timedelta

    return timedelta(days=days, hours=hours)


def test_what_waits_is_asked_in_three_statements(client: FlaskClient, app: object) -> None:
    found = a_running_checklist(starts_in=-1)
    a_shadowing_session(found, starts_in=_days(-2, 0))
    seen: list[str] = []

    def count(connection: object, cursor: object, statement: str, *more: object) -> None:
        seen.append(statement)

    from flask import current_app

    from core.db import session
    from core.people.queries import get_person

    session.flush()
    person = get_person(found.new_hire.public_id)
    event.listen(db.engine, "before_cursor_execute", count)
    with current_app.test_request_context():
        waiting = onboarding.public.waiting_for(person, on=today())
        titles = {thing.title for thing in waiting}
        manager = {thing.title for thing in onboarding.public.waiting_for(get_person(found.manager.public_id), on=today())}
    event.remove(db.engine, "before_cursor_execute", count)
    assert {"Say hello", "Read the code", "Write down what you saw while shadowing"} <= titles
    assert "Talk about the first month" in manager
    assert "Say hello" not in manager
    # who leads others also asks what holds them up; reviews, what they agreed on, goals and feedback, for each of the two; the survey
    assert len([one for one in seen if one.startswith("SELECT")]) <= 3 + 5 + 1 + 8 + 1
