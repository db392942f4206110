"""The audit trail: chained, refused changes by the database itself, and readable."""

import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DBAPIError

from core.audit.models import AuditEvent, PersonKey
from core.audit.queries import trail
from core.audit.record import record
from core.audit.verify import verify_trail
from core.db import session
from core.people.actions import grant_role
from core.people.models import Person
from core.people.rights import Role
from tests.factories import make_company, make_person


def some_events(count: int = 3) -> Person:
    person = make_person("Ana Lima")
    for number in range(count):
        record("core.person.added", person, by=None, person=person, changes={"number": number}, personal={"name": "Ana Lima"})
    session.commit()
    return person


def test_events_are_chained_and_the_trail_stands(app: Flask) -> None:
    some_events()
    verdict = verify_trail()
    assert verdict.stands
    assert verdict.events >= 4


@pytest.mark.parametrize("statement", ["UPDATE core_audit_event SET name = 'x'", "DELETE FROM core_audit_event"])
def test_the_database_itself_refuses_changes(app: Flask, statement: str) -> None:
    some_events()
    with pytest.raises(DBAPIError, match="only added to"):
        session.execute(text(statement))


def test_what_a_savepoint_takes_back_is_not_told_and_all_else_is(app: Flask) -> None:
    person = make_person("Ana Lima")
    numbers = []
    for number in range(5):
        record("core.person.added", person, by=None, person=person, changes={"number": 10 + number})
        saved = session.begin_nested()
        record("core.person.added", person, by=None, person=person, changes={"number": 20 + number})
        if number % 2:
            saved.rollback()
        else:
            saved.commit()
    session.commit()
    for row in session.scalars(select(AuditEvent).order_by(AuditEvent.id)):
        numbers.append(row.changes.get("number"))
    assert [number for number in numbers if number] == [10, 20, 11, 12, 22, 13, 14, 24]
    assert verify_trail().stands


def _behind_the_guards(statement: str) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER core_audit_event_no_update"))
        session.execute(text("DROP TRIGGER core_audit_event_no_delete"))
    else:
        session.execute(text("ALTER TABLE core_audit_event DISABLE TRIGGER core_audit_event_guard"))
    session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("UPDATE core_audit_event SET reason = 'x' WHERE id = 2", 2),
        ("UPDATE core_audit_event SET changes = '{}' WHERE id = 3", 3),
        ("UPDATE core_audit_event SET hash = 'ff' WHERE id = 2", 2),
        ("DELETE FROM core_audit_event WHERE id = 2", 2),
        ("DELETE FROM core_audit_event WHERE id = (SELECT max(id) FROM core_audit_event)", 4),
    ],
)
def test_whoever_gets_past_the_guards_is_found_out(app: Flask, statement: str, position: int) -> None:
    some_events()
    _behind_the_guards(statement)
    verdict = verify_trail()
    assert not verdict.stands
    assert verdict.bad_event == position


def test_the_command_confirms_or_names_the_first_bad_event(app: Flask) -> None:
    some_events()
    good = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert good.exit_code == 0, good.output
    assert "stands" in good.output
    _behind_the_guards("UPDATE core_audit_event SET reason = 'x' WHERE id = 2")
    bad = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert bad.exit_code == 1
    assert "event 2 was altered" in bad.output


def test_the_export_can_be_checked_with_public_tools(app: Flask) -> None:
    import hashlib

    some_events()
    lines = [json.loads(line) for line in app.test_cli_runner().invoke(args=["audit", "export"]).output.splitlines()]
    for line in lines:
        kept, previous = line.pop("hash"), line.pop("previous_hash")
        plain = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256((previous + "\n" + plain).encode()).hexdigest() == kept


def test_what_is_personal_stands_encrypted_and_goes_with_its_key(app: Flask) -> None:
    person = some_events()
    raw = " ".join(json.dumps(row.changes) for row in session.scalars(select(AuditEvent)))
    assert "Ana" not in raw
    assert ("name", "Ana Lima") in trail(person=person).rows[0].changes
    session.execute(delete(PersonKey).where(PersonKey.person_id == person.id))
    session.expire_all()
    assert ("name", "Ana Lima") not in trail(person=person).rows[0].changes
    assert verify_trail().stands, "erasing a key must not break the chain"


def test_a_change_that_fails_leaves_no_event(app: Flask) -> None:
    some_events(1)
    before = verify_trail().events
    grant_role(make_person("Bia Reis"), Role.HR, by=None)
    session.rollback()
    session.commit()
    assert verify_trail().events == before


def test_an_auditor_reads_and_checks_the_trail(client: FlaskClient, sign_in: Callable[[Person], Person]) -> None:
    make_company()
    some_events()
    sign_in(make_person("Heitor Valadão", roles=(Role.AUDITOR,)))
    assert "The person was added" in client.get("/audit").text
    assert "The trail stands" in client.get("/audit/check").text
    assert "No events" in client.get("/audit?name=hiring.nothing").text
    assert "The person was added" in client.get("/audit?day=9999-12-31").text  # no day one can ask for


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.HR, Role.COMPLIANCE, Role.MANAGER, Role.NEW_HIRE])
def test_nobody_else_reads_it(client: FlaskClient, sign_in: Callable[[Person], Person], role: Role) -> None:
    sign_in(make_person("Ana Lima", roles=(role,)))
    assert client.get("/audit").status_code == 403
