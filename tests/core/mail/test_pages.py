"""The pages on which an administrator sees mails."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from core.audit.models import AuditEvent
from core.db import session
from core.files.store import store_bytes
from core.mail.models import MailState, OutgoingMail
from core.mail.outbox import queue_mail
from core.people.models import Person
from core.people.rights import Role
from tests.factories import make_person

LINK = "http://localhost/invitation/abc"
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
SignIn = Callable[[Person], Person]
RunJobs = Callable[[], int]


@pytest.fixture
def mail(app: Flask, run_jobs: Callable[[], int]) -> OutgoingMail:
    """A mail that was sent, with a private link, a calendar message and a file."""
    person = make_person("Ana <b>Lima</b>", email="ana@example.test")
    file = store_bytes(b"%PDF-1.7 letter", name="carta.pdf", content_type="application/pdf", by=None, person=None)
    written = queue_mail("invitation", to=person, context={"name": person.name, "link": LINK, "days": 14}, calendar=CALENDAR, attachments=[file])
    run_jobs()
    return written


@pytest.fixture
def administrator(sign_in: SignIn) -> Person:
    return sign_in(make_person("Ada Nunes", roles=(Role.ADMINISTRATOR,)))


def opened() -> int:
    return session.scalar(select(func.count()).select_from(AuditEvent).where(AuditEvent.name == "core.mail.opened")) or 0


def test_the_list_shows_mails_by_state(client: FlaskClient, administrator: Person, mail: OutgoingMail) -> None:
    assert "ana@example.test" in client.get("/mails").text
    assert "ana@example.test" in client.get("/mails?state=sent").text
    assert "ana@example.test" not in client.get("/mails?state=parked").text
    assert client.get("/mails?state=nonsense&page=x").status_code == 200


def test_a_mail_is_shown_only_after_it_was_opened_and_that_is_kept(client: FlaskClient, administrator: Person, mail: OutgoingMail) -> None:
    address = f"/mails/{mail.public_id}"
    parts = ("preview", "invite.ics", "attachments/1")
    assert LINK not in client.get(address).text
    assert [client.get(f"{address}/{part}").status_code for part in parts] == [404, 404, 404]
    assert opened() == 0

    assert client.post(f"{address}/open").status_code == 302
    assert opened() == 1
    assert f'href="{LINK}"' in client.get(address).text
    preview = client.get(f"{address}/preview")
    assert f'href="{LINK}"' in preview.text
    assert "sandbox" in preview.headers["Content-Security-Policy"]
    assert "script" not in preview.headers["Content-Security-Policy"]
    assert client.get(f"{address}/invite.ics").data == CALENDAR
    assert client.get(f"{address}/attachments/1").data == b"%PDF-1.7 letter"
    assert client.get(f"{address}/attachments/2").status_code == 404


def test_in_production_a_private_link_is_its_readers_alone(app: Flask, client: FlaskClient, administrator: Person, mail: OutgoingMail) -> None:
    address = f"/mails/{mail.public_id}"
    client.post(f"{address}/open")
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, environment="production", smtp_url="smtp://localhost")
    try:
        assert LINK not in client.get(address).text
        assert client.post(f"{address}/open").status_code == 404
        assert client.get(f"{address}/preview").status_code == 404
        assert client.get(f"{address}/attachments/1").status_code == 404
    finally:
        app.extensions["settings"] = before
    assert opened() == 1


def test_in_production_what_goes_with_a_mail_is_its_readers_alone(app: Flask, client: FlaskClient, administrator: Person, mail: OutgoingMail) -> None:
    mail.text = "No link in here."
    session.commit()
    address = f"/mails/{mail.public_id}"
    client.post(f"{address}/open")
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, environment="production", smtp_url="smtp://localhost")
    try:
        page = client.get(address)
        assert "No link in here." in page.text and "/attachments/1" not in page.text
        assert client.get(f"{address}/attachments/1").status_code == 404
    finally:
        app.extensions["settings"] = before


def test_a_parked_mail_says_why_and_is_sent_again(client: FlaskClient, administrator: Person, mail: OutgoingMail, run_jobs: RunJobs) -> None:
    mail.state, mail.last_error = MailState.PARKED, "The mail server refused the mail for good (code 550)."
    session.commit()
    address = f"/mails/{mail.public_id}"
    assert "code 550" in client.get("/mails?state=parked").text
    assert "code 550" in client.get(address).text
    assert client.post(f"{address}/send-again").status_code == 302
    assert mail.state is MailState.WAITING
    assert client.post(f"{address}/send-again").status_code == 409
    run_jobs()
    assert mail.state is MailState.SENT
    assert "core.mail.sent_again" in session.scalars(select(AuditEvent.name)).all()


def test_nobody_else_reaches_a_mail(client: FlaskClient, sign_in: SignIn, mail: OutgoingMail) -> None:
    sign_in(make_person("Rui Melo", roles=(Role.RECRUITER,)))
    address = f"/mails/{mail.public_id}"
    for path in ("/mails", address, f"{address}/preview", f"{address}/invite.ics", f"{address}/attachments/1"):
        assert client.get(path).status_code == 403, path
    for path in (f"{address}/open", f"{address}/send-again"):
        assert client.post(path).status_code == 403, path


def test_a_mail_that_is_not_there_is_not_there(client: FlaskClient, administrator: Person) -> None:
    address = "/mails/00000000-0000-4000-8000-000000000000"
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/open").status_code == 404
    assert client.post(f"{address}/send-again").status_code == 404


def test_the_list_costs_the_same_for_two_mails_and_for_twelve(app: Flask, client: FlaskClient, administrator: Person, mail: OutgoingMail) -> None:
    from sqlalchemy import event

    from core.db import db

    counted: list[str] = []
    engine = db._app_engines[app][None].engine
    event.listen(engine, "before_cursor_execute", lambda *a: counted.append(a[2]))

    def cost() -> int:
        counted.clear()
        client.get("/mails")
        return sum(1 for statement in counted if statement.lstrip().upper().startswith("SELECT"))

    person = make_person("Bia Reis")
    cost()  # the first page also learns what stays the same
    few = cost()
    for _number in range(10):
        queue_mail("invitation", to=person, context={"name": person.name, "link": LINK, "days": 14})
    session.commit()
    assert cost() == few <= 12
