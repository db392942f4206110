"""An installation inside the test's process: served to browsers, sending real mail, on a clock that can be moved."""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import time_machine
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select
from werkzeug.serving import make_server

from core.db import db, session, transaction
from core.jobs.models import Job
from core.jobs.queue import enqueue, timetabled
from core.jobs.running import run_due
from tests.conftest import make_application
from tests.databases import Database, begin_database, new_postgresql_database
from tests.live import free_port

ZONE = ZoneInfo("America/Sao_Paulo")
BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)  # a Monday


class Letterbox:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, connection: Any, envelope: Any) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=modern))  # type: ignore[arg-type]
        return "250 taken"


@dataclass
class Installation:
    """Where the application answers, its letterbox and its clock."""

    app: Flask
    url: str
    letterbox: Letterbox
    clock: Any

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """The hour in São Paulo, so many days after the beginning."""
        return (BEGINNING + timedelta(days=days)).replace(hour=hour, minute=minute)

    def wait_until(self, instant: datetime) -> None:
        """Let time pass."""
        self.clock.move_to(instant)

    def let_workers_run(self) -> None:
        """Carry out what waits; nothing may fail."""
        with self.app.app_context():
            run_due()
            failed = [(job.task, job.last_error) for job in session.scalars(select(Job).where(Job.last_error != ""))]
            assert not failed, failed

    def let_a_night_pass(self) -> None:
        """Carry out everything of the timetable once; nothing may fail."""
        with self.app.app_context(), transaction():
            for name in timetabled():
                enqueue(name)
        self.let_workers_run()

    def letters_to(self, address: str, containing: str = "") -> list[EmailMessage]:
        """What has been delivered to the address, oldest first, once every waiting mail is sent."""
        self.let_workers_run()
        return [letter for letter in self.letterbox.letters if letter["To"].addresses[0].addr_spec == address and containing in text_of(letter)]

    def link_to(self, address: str, prefix: str) -> str:
        """The latest link that begins with the prefix in a mail to the address."""
        letters = self.letters_to(address, self.url + prefix)
        assert letters, f"no mail to {address} with a link to {prefix}; there are {[letter['Subject'] for letter in self.letters_to(address)]}"
        found = re.findall(re.escape(self.url + prefix) + r"[\w.~/-]*", text_of(letters[-1]))
        return found[-1].removeprefix(self.url)


def text_of(letter: EmailMessage) -> str:
    """The plain text of a mail."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def calendar_of(letter: EmailMessage) -> EmailMessage:
    """The iCalendar part of a mail."""
    return next(part for part in letter.walk() if part.get_content_type() == "text/calendar")  # type: ignore[return-value]


@contextmanager
def installed(database: Database, folder: Path) -> Iterator[Installation]:
    """An installation on a new database of the same kind, from the beginning on."""
    with _own_database(database, folder) as own, time_machine.travel(BEGINNING, tick=True) as clock, _letterbox() as (letterbox, mail_port):
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        app = make_application(own.url, folder, TRILHA_BASE_URL=url, TRILHA_SMTP_URL=f"smtp://127.0.0.1:{mail_port}")
        app.config.update(WTF_CSRF_ENABLED=True, SEND_FILE_MAX_AGE_DEFAULT=3600)
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        server = make_server("127.0.0.1", port, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Installation(app, url, letterbox, clock)
        finally:
            server.shutdown()
            thread.join(5)
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


@contextmanager
def _own_database(database: Database, folder: Path) -> Iterator[Database]:
    if database.kind == "sqlite":
        with begin_database("sqlite", folder) as own:
            yield own
    else:
        yield new_postgresql_database(database.url.partition("host=")[2], f"journey_{uuid4().hex[:10]}")


@contextmanager
def _letterbox() -> Iterator[tuple[Letterbox, int]]:
    letterbox, port = Letterbox(), free_port()
    controller = Controller(letterbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield letterbox, port
    finally:
        controller.stop()
