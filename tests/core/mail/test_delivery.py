"""Handing mails over to a real mail server that behaves and misbehaves."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, LoginPassword
from flask import Flask
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.clock import now, standing_at
from core.db import session
from core.errors import NotAllowed, WrongState
from core.jobs.models import Job, JobState
from core.jobs.running import BACK_OFF
from core.mail.actions import send_again
from core.mail.models import MailState, OutgoingMail
from core.mail.outbox import queue_mail
from core.people.models import Person
from core.people.rights import Role
from tests.factories import make_person

RunJobs = Callable[[], int]


@dataclass
class Postbox:
    """What a mail server was given, and how it answers."""

    port: int
    recipient_answer: str = "250 OK"
    data_answer: str = "250 taken"
    received: list[EmailMessage] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    tries: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.tries += 1
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            self.readers.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.data_answer.startswith("250"):
            found = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(found, EmailMessage)
            self.received.append(found)
        return self.data_answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def delivering_to(app: Flask, url: str) -> Iterator[None]:
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, smtp_url=url)
    try:
        yield
    finally:
        app.extensions["settings"] = before


@pytest.fixture
def postbox(app: Flask) -> Iterator[Postbox]:
    found = Postbox(free_port())
    controller = Controller(found, hostname="127.0.0.1", port=found.port)
    controller.start()
    with delivering_to(app, f"smtp://127.0.0.1:{found.port}"):
        yield found
    controller.stop()


def write(person: Person | None = None) -> OutgoingMail:
    person = person or make_person("Ana Lima", email="ana@example.test")
    mail = queue_mail("invitation", to=person, context={"name": person.name, "link": "http://localhost/invitation/abc", "days": 14})
    session.flush()
    return mail


def job_of(mail: OutgoingMail) -> Job:
    return session.scalars(select(Job).where(Job.task == "core.send_mail").order_by(Job.id.desc()).limit(1)).one()


def test_a_mail_arrives(postbox: Postbox, run_jobs: RunJobs) -> None:
    mail = write(make_person("Ana Conceição", email="ana@example.test"))
    assert run_jobs() == 1
    (message,) = postbox.received
    assert message["To"].addresses[0].display_name == "Ana Conceição"
    assert message["Message-ID"] == mail.message_id
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip() == mail.text.rstrip()
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 1, "")
    assert mail.sent_at is not None


def test_without_a_mail_server_the_mail_is_kept_in_the_folder(app: Flask, run_jobs: RunJobs) -> None:
    mail = write()
    run_jobs()
    assert mail.state is MailState.SENT
    kept = Path(app.extensions["settings"].instance) / "mail" / f"{mail.message_id.strip('<>')}.eml"
    assert kept.is_file()


def test_a_sent_mail_is_not_sent_by_a_job_that_runs_again(postbox: Postbox, run_jobs: RunJobs) -> None:
    mail = write()
    run_jobs()
    job = job_of(mail)
    job.state = JobState.WAITING
    run_jobs()
    assert len(postbox.received) == 1


@pytest.mark.parametrize(("where", "answer"), [("recipient_answer", "550 no such user ana@example.test"), ("data_answer", "554 refused: Ana")])
def test_a_refusal_for_good_parks_the_mail_at_once(postbox: Postbox, run_jobs: RunJobs, where: str, answer: str) -> None:
    setattr(postbox, where, answer)
    mail = write()
    run_jobs()
    assert (mail.state, mail.attempts) == (MailState.PARKED, 1)
    assert answer[:3] in mail.last_error
    assert "ana" not in mail.last_error.casefold().replace("manager", "")
    assert job_of(mail).state is JobState.DONE
    assert session.scalars(select(AuditEvent.name).where(AuditEvent.name == "core.mail.parked")).all() == ["core.mail.parked"]


def test_a_passing_refusal_is_tried_again_until_the_fifth_time(postbox: Postbox, run_jobs: RunJobs) -> None:
    postbox.recipient_answer = "451 greylisted"
    mail = write()
    at = now()
    for tries, pause in enumerate((*BACK_OFF, timedelta()), start=1):
        with standing_at(at):
            assert run_jobs() == 1
        assert (mail.attempts, mail.state) == (tries, MailState.WAITING if tries < 5 else MailState.PARKED)
        assert "451" in mail.last_error
        at += pause
    assert postbox.tries == 5
    assert job_of(mail).state is JobState.PARKED
    postbox.recipient_answer = "250 OK"
    send_again(mail.public_id, by=make_person("Ada Nunes", roles=(Role.ADMINISTRATOR,)))
    assert mail.state is MailState.WAITING
    run_jobs()
    assert (mail.state, mail.last_error) == (MailState.SENT, "")
    assert [message["Message-ID"] for message in postbox.received] == [mail.message_id]


def test_a_mail_server_that_is_away_is_tried_again(app: Flask, run_jobs: RunJobs) -> None:
    mail = write()
    with delivering_to(app, f"smtp://127.0.0.1:{free_port()}"):
        run_jobs()
    assert (mail.state, mail.attempts) == (MailState.WAITING, 1)
    assert "ConnectionRefusedError" in mail.last_error


def test_an_address_that_is_none_parks_the_mail_until_it_is_corrected(postbox: Postbox, run_jobs: RunJobs) -> None:
    person = make_person("Ana Lima")
    person.email = "not an address"
    session.flush()
    mail = write(person)
    run_jobs()
    assert mail.state is MailState.PARKED
    assert postbox.received == []
    person.email = "ana@example.test"
    send_again(mail.public_id, by=make_person("Ada Nunes", roles=(Role.ADMINISTRATOR,)))
    run_jobs()
    assert postbox.readers == ["ana@example.test"]


def test_an_address_with_two_at_signs_or_a_break_reaches_nobody_else(postbox: Postbox, run_jobs: RunJobs) -> None:
    for address in ("eve@example.test\r\nRCPT TO:<x@example.test>", "a@b@example.test", "a@example.test,eve@example.test"):
        person = make_person("Ana Lima")
        person.email = address
        session.flush()
        write(person)
    run_jobs()
    assert not {"eve@example.test", "x@example.test", "a@example.test"} & set(postbox.readers)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_user_and_password_are_used_and_a_wrong_one_is_named(app: Flask, run_jobs: RunJobs) -> None:
    found = Postbox(free_port())

    def authenticate(server: Server, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"trilha", b"p@ss/word"), handled=False)

    controller = Controller(found, hostname="127.0.0.1", port=found.port, authenticator=authenticate, auth_required=True, auth_require_tls=False)
    controller.start()
    try:
        mail = write()
        with delivering_to(app, f"smtp://trilha:wrong@127.0.0.1:{found.port}"):
            run_jobs()
        assert mail.state is MailState.WAITING
        assert "TRILHA_SMTP_URL" in mail.last_error
        with delivering_to(app, f"smtp://trilha:p%40ss%2Fword@127.0.0.1:{found.port}"), standing_at(now() + timedelta(minutes=1)):
            run_jobs()
        assert mail.state is MailState.SENT
    finally:
        controller.stop()


def test_a_server_without_tls_is_not_spoken_to_when_tls_was_asked_for(app: Flask, postbox: Postbox, run_jobs: RunJobs) -> None:
    mail = write()
    with delivering_to(app, f"smtp+starttls://127.0.0.1:{postbox.port}"):
        run_jobs()
    assert mail.state is MailState.WAITING
    assert postbox.received == []


def test_only_an_administrator_sends_again_and_only_what_is_not_waiting(postbox: Postbox, run_jobs: RunJobs) -> None:
    mail = write()
    administrator = make_person("Ada Nunes", roles=(Role.ADMINISTRATOR,))
    with pytest.raises(WrongState):
        send_again(mail.public_id, by=administrator)
    run_jobs()
    with pytest.raises(NotAllowed):
        send_again(mail.public_id, by=make_person("Rui Melo", roles=(Role.RECRUITER,)))
    send_again(mail.public_id, by=make_person("Ada Nunes", roles=(Role.ADMINISTRATOR,)))
    run_jobs()
    assert [message["Message-ID"] for message in postbox.received] == [mail.message_id] * 2
