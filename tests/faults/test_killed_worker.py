"""Real worker processes, stopped and killed at the worst moment, with a real mail server."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import delete, func, select

from core.audit.models import AuditEvent
from core.db import db, session, transaction
from core.jobs.models import Job
from core.mail.models import MailState, OutgoingMail
from core.mail.outbox import queue_mail
from core.people.models import Person
from core.people.rights import Role
from core.settings import load_settings
from hiring.applications.models import ApplicationMove, DeclineReason
from hiring.bulk.actions import Settings, choose, set_up, start
from hiring.bulk.models import Bulk, BulkItem, BulkKind, BulkState, ItemState
from tests.databases import Database, new_postgresql_database
from tests.hiring.crowds import copied
from tests.situations import a_colleague, an_application, an_open_posting
from wsgi import ROOT, create_app

pytestmark = pytest.mark.fault
LEASE_SECONDS = 4
PATIENCE = 60.0


@dataclass
class SlowServer:
    """A mail server that takes a second to accept each mail."""

    port: int
    accepted: list[str] = field(default_factory=list)
    receiving: threading.Event = field(default_factory=threading.Event)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.receiving.set()
        await asyncio.sleep(1)
        self.accepted.append(message_from_bytes(envelope.content)["Message-ID"])
        return "250 taken"


@pytest.fixture
def server() -> Iterator[SlowServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        slow = SlowServer(probe.getsockname()[1])
    controller = Controller(slow, hostname="127.0.0.1", port=slow.port)
    controller.start()
    yield slow
    controller.stop()


@dataclass
class Installation:
    """An installation of its own: folder, database, settings, and the worker processes that were started in it."""

    environ: dict[str, str]
    app: Flask
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environ, start_new_session=True)
        self.started.append(process)
        return process

    def queue_mails(self, count: int) -> set[str]:
        with self.app.app_context(), transaction():
            person = session.scalars(select(Person).order_by(Person.id)).one()
            context = {"name": person.name, "link": "http://127.0.0.1:8000/invitation/x", "days": 14}
            return {queue_mail("invitation", to=person, context=context).message_id for _number in range(count)}

    def sent(self) -> int:
        with self.app.app_context():
            found = session.scalar(select(func.count()).select_from(OutgoingMail).where(OutgoingMail.state == MailState.SENT))
            session.rollback()
            return found or 0


@pytest.fixture
def installation(database: Database, tmp_path: Path, server: SlowServer) -> Iterator[Installation]:
    address = f"sqlite:///{tmp_path / 'trilha.db'}"
    if database.kind == "postgresql":
        address = new_postgresql_database(database.url.partition("host=")[2], f"fault-{uuid4().hex}").url
    ours = {
        "TRILHA_INSTANCE": str(tmp_path),
        "TRILHA_ENV": "demo",
        "TRILHA_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
        "TRILHA_JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "TRILHA_DATABASE_URL": address,
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TRILHA_")}
    app = create_app(load_settings(ours, root=ROOT))
    with app.app_context():
        db.create_all()
        with transaction():
            session.add(Person(name="Ana Prado", email="ana@exemplo.test"))
    made = Installation({**kept, **ours}, app)
    yield made
    for process in made.started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    with app.app_context():
        db.engine.dispose()
    app.extensions["dispatcher"].close()


def until(condition: Callable[[], bool], what: str, *, pause: float = 0.2) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(pause)
    pytest.fail(f"after {PATIENCE:.0f} s still not so: {what}")


def _kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _children(process: subprocess.Popen[bytes]) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(number) for number in listed.split()]


def _is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_worker_killed_while_sending_loses_nothing_and_duplicates_little(installation: Installation, server: SlowServer) -> None:
    expected = installation.queue_mails(6)
    first = installation.start_worker()
    assert server.receiving.wait(PATIENCE)
    _kill(first)

    installation.start_worker()
    until(lambda: installation.sent() == 6, "all mails are sent")

    arrived = Counter(server.accepted)
    assert set(arrived) == expected, "every mail arrives, a second time under the same Message-ID"
    assert max(arrived.values()) <= 2
    assert len(server.accepted) - len(expected) <= 2, "each of the two killed processes held one mail"


def test_losing_the_whole_queue_loses_nothing(installation: Installation, server: SlowServer, tmp_path: Path) -> None:
    expected = installation.queue_mails(3)
    files = list(tmp_path.glob("queue.db*"))
    assert files, "the jobs had been handed to Huey"
    for file in files:
        file.unlink()

    installation.start_worker()
    until(lambda: installation.sent() == 3, "all mails are sent")
    assert Counter(server.accepted) == Counter(expected)


def test_a_worker_told_to_stop_finishes_what_it_is_at(installation: Installation, server: SlowServer) -> None:
    expected = installation.queue_mails(1)
    worker = installation.start_worker()
    assert server.receiving.wait(PATIENCE)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE) == 0
    assert installation.sent() == 1
    assert set(server.accepted) == expected


def test_processes_of_a_killed_worker_end_by_themselves(installation: Installation) -> None:
    worker = installation.start_worker()
    until(lambda: len(_children(worker)) == 3, "the worker has its sweeper and two processes")
    children = _children(worker)
    time.sleep(1)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    until(lambda: not any(_is_running(child) for child in children), "no process is left behind")


def test_a_process_that_dies_alone_is_replaced_and_its_mail_arrives(installation: Installation, server: SlowServer) -> None:
    expected = installation.queue_mails(4)
    worker = installation.start_worker()
    assert server.receiving.wait(PATIENCE)
    for child in _children(worker):
        os.kill(child, signal.SIGKILL)
    until(lambda: installation.sent() == 4, "all mails are sent")
    assert set(server.accepted) == expected
    assert worker.poll() is None


@pytest.mark.sqlite_only
def test_a_bulk_rejection_whose_worker_is_killed_declines_everybody_once(installation: Installation) -> None:
    with installation.app.app_context(), transaction():
        recruiter = a_colleague("Renata Dias", Role.RECRUITER)
        template = an_application(an_open_posting(by=recruiter))
        chosen = [(row.id, row.version) for row in (copied(template, number) for number in range(100))]
        bulk = choose(BulkKind.DECLINE, chosen, by=recruiter)
        set_up(bulk, Settings(reason=DeclineReason.MORE_QUALIFIED, hours=24), by=recruiter)
        start(bulk, seen_version=bulk.version, by=recruiter)
        session.execute(delete(Job).where(Job.task != "hiring.carry_on_bulk"))

    def count(query: Any) -> int:
        with installation.app.app_context():
            found = session.scalar(query) or 0
            session.rollback()
            return int(found)

    done = select(func.count()).select_from(BulkItem).where(BulkItem.state == ItemState.DONE)
    worker = installation.start_worker()
    until(lambda: count(done) > 0, "some are declined", pause=0.02)
    _kill(worker)
    assert 0 < count(done) < 100
    installation.start_worker()
    until(lambda: count(select(func.count()).select_from(Bulk).where(Bulk.state == BulkState.DONE)) == 1, "all of them are done")
    letters = select(func.count(OutgoingMail.about.distinct()), func.count()).where(OutgoingMail.name == "application_declined")
    with installation.app.app_context():
        assert tuple(session.execute(letters).one()) == (100, 100)
    assert count(done) == count(select(func.count()).select_from(ApplicationMove).where(ApplicationMove.to_state == "declined")) == 100
    assert count(select(func.count()).select_from(AuditEvent).where(AuditEvent.name == "hiring.application.declined")) == 100
