"""Writing mails: language, headers, attachments, and what is kept."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.db import session
from core.files.store import store_bytes
from core.jobs.models import Job
from core.mail.delivery import compose, keep_in_folder
from core.mail.models import MailState, OutgoingMail
from core.mail.outbox import one_line, queue_mail
from core.mail.queries import get_mail
from core.people.models import Person
from tests.factories import make_company, make_person

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def write(to: Person, *, name: str = "invitation", **more: Any) -> OutgoingMail:
    context = {"name": to.name, "link": "http://localhost/invitation/abc", "days": 14}
    mail = queue_mail(name, to=to, context=context, **more)
    session.flush()
    return get_mail(mail.public_id)


def sent(mail: OutgoingMail) -> EmailMessage:
    found = message_from_bytes(compose(mail).as_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_mail_is_kept_whole_and_a_job_sends_it(app: Flask) -> None:
    make_company()
    person = make_person("Ana Lima", email="ana@example.test")
    mail = write(person)
    assert (mail.to_name, mail.to_address, mail.state, mail.locale) == ("Ana Lima", "ana@example.test", MailState.WAITING, "en")
    assert "http://localhost/invitation/abc" in mail.text
    assert 'href="http://localhost/invitation/abc"' in mail.html
    assert "Banco Aurora" in mail.text
    assert '<html lang="en">' in mail.html
    assert session.scalars(select(Job.arguments)).one() == {"mail_id": str(mail.public_id)}


def test_a_mail_rolled_back_with_its_transaction_is_never_sent(run_jobs: Callable[[], int], app: Flask) -> None:
    person = make_person()
    session.commit()
    write(person)
    session.rollback()
    assert run_jobs() == 0
    assert session.scalars(select(OutgoingMail)).all() == []


def test_a_mail_speaks_its_readers_language(app: Flask) -> None:
    mail = write(make_person(locale="pt_BR"))
    assert mail.locale == "pt_BR"
    assert '<html lang="pt-BR">' in mail.html


def test_the_message_has_its_parts_in_order(app: Flask) -> None:
    make_company()
    file = store_bytes(b"%PDF-1.7 letter", name="carta.pdf", content_type="application/pdf", by=None, person=None)
    message = sent(write(make_person("Ana Lima"), calendar=CALENDAR, attachments=[file]))
    assert message.get_content_type() == "multipart/mixed"
    alternative, attached = message.iter_parts()
    assert [part.get_content_type() for part in alternative.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    calendar = list(alternative.iter_parts())[2]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_param("charset") == "UTF-8"
    assert calendar.get_payload(decode=True) == CALENDAR
    assert attached.get_filename() == "carta.pdf"
    assert attached.get_payload(decode=True) == b"%PDF-1.7 letter"
    assert message["From"].addresses[0].display_name == "Banco Aurora"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime is not None


def test_the_same_mail_always_has_the_same_message_id_and_date(app: Flask) -> None:
    mail = write(make_person())
    first, second = sent(mail), sent(mail)
    assert first["Message-ID"] == second["Message-ID"] == mail.message_id
    assert first["Date"] == second["Date"]


@pytest.mark.parametrize(
    "name",
    [
        "Ana\r\nBcc: eve@example.test",
        "Ana\nX-Evil: 1\n\nbody",
        "Ana\u2028Bcc: eve@example.test",
        "Ana\x0bBcc: eve\x85",
        'Ana" <eve@example.test>, "x',
        "Ana, Eve <eve@example.test>",
        "=?utf-8?q?Ana=0D=0ABcc:_eve=40example.test?=",
        "O'Brien <3 \N{WHITE HEAVY CHECK MARK} Ções",
        "A" * 2000 + " ç " + "b" * 2000,
    ],
)
def test_a_name_cannot_write_headers_or_add_readers(app: Flask, name: str) -> None:
    person = make_person("Ana", email="ana@example.test")
    person.name = name
    session.flush()
    mail = write(person)
    mail.subject = one_line(f"For {name}")
    raw = compose(mail).as_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    assert [address.addr_spec for address in message["To"].addresses] == ["ana@example.test"]
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    headers = raw.partition(b"\r\n\r\n")[0]
    assert b"\nBcc" not in headers
    assert b"\nX-Evil" not in headers


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\r\nb", "a b"),
        ("a\u2028b\u2029c", "a b c"),
        (" a \x00b\t c ", "a b c"),
        ("\u202egnp.exe", "gnp.exe"),
        ("=?utf-8?q?a=0Ab?=", "= ?utf-8?q?a=0Ab?="),
        ("Joana d’Arc", "Joana d’Arc"),
        ("", ""),
    ],
)
def test_one_line_is_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_text_about_people_is_escaped_in_html_and_plain_in_text(app: Flask) -> None:
    person = make_person()
    person.name = "<script>alert(1)</script>"
    session.flush()
    mail = write(person)
    assert "<script>alert" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert "<script>alert(1)</script>" in mail.text


def test_a_missing_value_in_a_template_stops_the_mail(app: Flask) -> None:
    person = make_person()
    with pytest.raises(Exception, match="link"):
        queue_mail("invitation", to=person, context={"name": "Ana", "days": 3})


def test_writing_a_mail_is_in_the_trail_without_its_text(app: Flask) -> None:
    person = make_person()
    write(person)
    session.commit()
    event = session.scalars(select(AuditEvent).where(AuditEvent.name == "core.mail.written")).one()
    assert (event.person_id, event.changes) == (person.id, {"mail": "invitation"})


def test_a_kept_mail_is_written_once_however_often_it_is_delivered(app: Flask, tmp_path: Path) -> None:
    message = compose(write(make_person()))
    keep_in_folder(message, tmp_path / "mail")
    keep_in_folder(message, tmp_path / "mail")
    (kept,) = (tmp_path / "mail").iterdir()
    assert kept.suffix == ".eml"
    assert message_from_bytes(kept.read_bytes(), policy=policy.default)["Message-ID"] == message["Message-ID"]


def test_days_and_times_in_a_mail_are_those_of_its_reader(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from flask_babel import get_timezone

    from core.mail.outbox import _speaking_to

    person = make_person()
    before = get_timezone()
    with _speaking_to(person, "pt_BR"):
        assert str(get_timezone()) == "America/Sao_Paulo"
    assert get_timezone() is before
