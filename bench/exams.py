"""An exam that everybody sits at once: each saves every few seconds, over HTTP, and in the middle a web process is killed.

`python -m bench.exams --people 500 --seconds 60`
"""

import argparse
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask, current_app, g
from flask import session as cookie
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from core.accounts.models import Account
from core.clock import today
from core.db import db, session, transaction
from core.people.models import Person
from core.people.rights import Role
from core.settings import Settings, load_settings
from tests.databases import begin_database, postgresql_server
from tests.factories import make_person
from tests.live import free_port, wait_until_ready
from tests.training.situations import a_draft_course, a_trainer, an_officer
from training.catalogue.actions import ExamTerms, approve_version, submit_version
from training.catalogue.queries import find_version_in_force
from training.exams.actions import Entry, start_attempt
from training.exams.models import Attempt, Response
from training.exams.queries import question_paper, references
from training.learning.actions import read_module
from wsgi import ROOT, create_app

EVERY = 5.0  # seconds between two saves of one person
QUESTIONS = 20
TARGET_MS = 100
SEAT = "a-bench-device"
DRAWN = 25  # people who are asked the same questions
PAUSE = 1.0  # before a save that failed is sent again, as the page's script does


@dataclass
class Sitter:
    """Somebody who sits the exam: where answers go, with what cookie and token, and what the server said it has."""

    attempt: int
    path: str
    cookie: str
    token: str
    items: list[tuple[int, str, list[str]]]  # inner and public id, and the public ids of the options
    inner: dict[str, int]  # of the options
    sequence: int = 0
    chosen: dict[int, str] = field(default_factory=dict)  # what is on the page: item to option or number
    acknowledged: dict[int, str] = field(default_factory=dict)  # what was on it at the last save that was answered

    def form(self) -> str:
        """The whole form, as the page's script sends it."""
        answered = {f"item-{public}": self.chosen[key] for key, public, _options in self.items if key in self.chosen}
        return urlencode({"csrf_token": self.token, "sequence": str(self.sequence), **answered})

    def headers(self) -> dict[str, str]:
        """What the browser sends with it."""
        return {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie, "X-Requested-With": "exam", "Accept": "application/json"}

    def stored(self, item: int, value: str) -> dict[str, Any]:
        """How the server keeps this answer."""
        return {"options": [self.inner[value]]} if value in self.inner else {"number": value}


@dataclass(frozen=True)
class Sat:
    """What came of it on one database."""

    database: str
    people: int
    seconds: float
    milliseconds: Sequence[float]  # of each save, from when it was due until it was answered
    again: int  # saves that had to be sent again
    lost: int  # answers that were acknowledged and are not there
    killed: bool

    def percentile(self, share: int) -> float:
        """So many percent of the saves took at most so many milliseconds."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) * share // 100, len(ordered) - 1)]

    def said(self) -> str:
        """What was measured, in a sentence."""
        kill = ", one of the two web processes killed in the middle" if self.killed else ""
        return (
            f"{self.people} people sit an exam of {QUESTIONS} questions on {self.database} for {self.seconds:.0f} s, "
            f"each saving every {EVERY:.0f} s{kill}: "
            f"{len(self.milliseconds):,} saves, half within {self.percentile(50):.0f} ms, 95 of 100 within {self.percentile(95):.0f} ms, "
            f"99 within {self.percentile(99):.0f} ms; {self.again} sent again, {self.lost} answers lost."
        )

    def missed(self) -> str:
        """A sentence when an answer was lost or a save took too long; empty otherwise."""
        if not self.lost and self.percentile(95) <= TARGET_MS:
            return ""
        return (
            f"An exam on {self.database}: 95 of 100 saves within {self.percentile(95):.0f} ms, at most {TARGET_MS} wanted; {self.lost} answers lost."
        )


def prepare(people: int) -> list[Sitter]:
    """A course in force, and so many people with an open attempt on one device. Needs a request context."""
    trainer, officer = a_trainer(), an_officer()
    version = a_draft_course(by=trainer, terms=ExamTerms(item_count=QUESTIONS, minutes=60), questions=QUESTIONS * 2)
    submit_version(version, by=trainer)
    approve_version(version, in_force_from=today(officer.time_zone), by=officer)
    found = find_version_in_force(version.course, on=today(officer.time_zone))
    if found is None:
        raise RuntimeError("no version came into force")
    sitters: list[Sitter] = []
    attempt: Attempt | None = None
    for number in range(people):
        person = make_person(f"Sitter {number:04d}", roles=(Role.BUDDY,))
        account = Account(person_id=person.id, email=person.email, password_hash="none")
        session.add(account)
        if attempt is not None and number % DRAWN:
            attempt = _same_paper(attempt, person)
        else:
            for module in found.modules:
                read_module(found, module, by=person)
            attempt = start_attempt(found, by=person, entry=Entry(seat=SEAT))
        sitters.append(_sitter(attempt, account))
    return sitters


def _same_paper(attempt: Attempt, person: Person) -> Attempt:
    """An attempt of somebody else with the same questions in the same order: beginning is not what is measured."""
    columns = {column.key: getattr(attempt, column.key) for column in Attempt.__mapper__.column_attrs}
    copied = Attempt(**{**columns, "id": None, "public_id": uuid4(), "person_id": person.id})
    session.add(copied)
    return copied


def _sitter(attempt: Attempt, account: Account) -> Sitter:
    session.flush()
    cookie.clear()
    g.pop("csrf_token", None)
    token = generate_csrf()
    kept = {"_user_id": account.get_id(), "_fresh": True, "seat": SEAT, "csrf_token": cookie["csrf_token"]}
    serializer = SecureCookieSessionInterface().get_signing_serializer(current_app)
    if serializer is None:
        raise RuntimeError("there is no secret key to sign cookies with")
    known = references(attempt)
    items = [(known[str(one.id)].item_id, str(one.id), [str(option.id) for option in one.options]) for one in question_paper(attempt)]
    inner = {public: key for one in known.values() for public, key in one.options.items()}
    return Sitter(attempt.id, f"/exams/{attempt.public_id}/answers", f"trilha={serializer.dumps(kept)}", token, items, inner)


@contextmanager
def serving(settings: Settings, *, workers: int = 2) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The web server as `make run` starts it, on the same database: where it answers, and its master process."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environ = {key: value for key, value in os.environ.items() if not key.startswith("TRILHA_")}
    environ |= {"TRILHA_INSTANCE": str(settings.instance), "TRILHA_DATABASE_URL": settings.database_url}
    environ |= {"TRILHA_ENV": "demo", "TRILHA_BASE_URL": url}
    serve = [Path(sys.executable).parent / "gunicorn", "wsgi:serve()", "--preload", "--worker-class", "gthread", "--threads", "4"]
    serve += ["--workers", str(workers), "--no-control-socket", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    with (settings.instance / "exams.log").open("wb") as log:
        process = subprocess.Popen(serve, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait(url, process, settings.instance / "exams.log")
            yield url, process
        finally:
            process.terminate()
            process.wait(60)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the server, three times as long as for others: measuring begins when it answers, however busy the machine is."""
    for turn in range(3):
        try:
            wait_until_ready(url, process, log)
        except AssertionError:
            if turn == 2 or process.poll() is not None:
                raise
        else:
            return


def kill_one_worker(master: subprocess.Popen[bytes]) -> None:
    """End one of the web processes as the kernel does when memory runs out; the master starts another."""
    children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)


@dataclass
class Hall:
    """Everybody who sits at once. Each saves every few seconds, at a moment of their own; connections are kept open as browsers do."""

    address: str  # host and port
    sitters: Sequence[Sitter]
    seconds: float
    every: float = EVERY
    milliseconds: list[float] = field(default_factory=list)
    again: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sit(self, *, threads: int = 32) -> None:
        """Save until the time is over. Whoever is at work is answered first, so nobody's save is cut off."""
        began = time.monotonic() + 1
        with ThreadPoolExecutor(threads) as pool:
            for each in [pool.submit(self._some, self.sitters[place::threads], began) for place in range(threads)]:
                each.result()

    def _some(self, sitters: Sequence[Sitter], began: float) -> None:
        dice = random.Random(len(sitters))
        due = sorted((began + dice.random() * self.every, place) for place in range(len(sitters)))
        connection = http.client.HTTPConnection(self.address, timeout=30)
        while due and due[0][0] < began + self.seconds:
            at, place = due.pop(0)
            time.sleep(max(at - time.monotonic(), 0))
            connection = self._save(connection, sitters[place], at, dice)
            due.append((at + self.every, place))
        connection.close()

    def _save(self, connection: http.client.HTTPConnection, sitter: Sitter, due: float, dice: random.Random) -> http.client.HTTPConnection:
        key, _public, options = dice.choice(sitter.items)
        sitter.chosen[key] = dice.choice(options) if options else str(dice.randrange(1000))
        while True:
            sitter.sequence += 1
            try:
                connection.request("POST", sitter.path, sitter.form(), sitter.headers())
                answer = connection.getresponse()
                told = answer.read().decode(errors="replace")
                if answer.status == 200:
                    break
                if answer.status < 500:
                    raise RuntimeError(f"a save was answered with {answer.status}: {told[:300]}")
                problem = f"answered {answer.status}"
            except (http.client.HTTPException, OSError) as error:
                problem = str(error)
            connection.close()
            connection = http.client.HTTPConnection(self.address, timeout=30)
            with self.lock:
                self.again += 1
            if time.monotonic() > due + 60:
                raise RuntimeError(f"a save could not be sent: {problem}")
            time.sleep(PAUSE)
        sitter.acknowledged = dict(sitter.chosen)
        with self.lock:
            self.milliseconds.append((time.monotonic() - due) * 1000)
        return connection


def count_lost(sitters: Sequence[Sitter]) -> int:
    """How many answers that were acknowledged are not there as they were. Needs an application context."""
    query = select(Response.attempt_id, Response.item_id, Response.answer).order_by(Response.id)
    kept: Mapping[tuple[int, int], Any] = {(attempt, item): answer for attempt, item, answer in session.execute(query)}
    lost = sum(kept.get((one.attempt, item)) != one.stored(item, value) for one in sitters for item, value in one.acknowledged.items())
    db.session.remove()
    return lost


def measure_exams(kind: str, *, people: int, seconds: float, kill: bool) -> Sat:
    """Let everybody sit on a database of its own, and count what is there afterwards."""
    with TemporaryDirectory(prefix="trilha-exams-") as folder, begin_database(kind, Path(folder)) as database:
        given = {"TRILHA_INSTANCE": folder, "TRILHA_ENV": "demo", "TRILHA_DATABASE_URL": database.url, "TRILHA_BASE_URL": "http://localhost"}
        with Path(os.devnull).open("w") as silence, redirect_stderr(silence):
            app: Flask = create_app(load_settings(given, root=ROOT))
            with app.test_request_context(), transaction():
                sitters = prepare(people)
        with serving(app.extensions["settings"]) as (url, master):
            hall = Hall(url.removeprefix("http://"), sitters, seconds)
            killing = threading.Timer(seconds / 2, kill_one_worker, [master])
            if kill:
                killing.start()
            hall.sit()
        with app.app_context():
            lost = count_lost(sitters)
            db.engine.dispose()
    return Sat(kind, people, seconds, hall.milliseconds, hall.again, lost, kill)


def main() -> int:
    """Measure on both databases and say it. Returns 1 when a save took too long or an answer was lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.exams", description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--calm", action="store_true", help="kill nothing")
    wanted = parser.parse_args()
    kinds = ["sqlite", "postgresql"] if wanted.database == "both" else [wanted.database]
    measured = [
        measure_exams(kind, people=wanted.people, seconds=wanted.seconds, kill=not wanted.calm)
        for kind in kinds
        if kind == "sqlite" or postgresql_server() is not None
    ]
    for one in measured:
        print(one.said(), flush=True)
    return int(any(one.missed() for one in measured))


if __name__ == "__main__":
    sys.exit(main())
