"""Measuring pages: processor time, SQL statements and bytes of an answer, and how often the floor that is."""

import gc
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bench.pages import Measured
from core.db import db

WARM_UPS = 12  # PostgreSQL plans a statement ten times before it keeps the plan
RUNS = 15
NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
_turns = count(1)
_backends: set[int] = set()  # PostgreSQL's processes behind our connections


@dataclass(frozen=True)
class Figures:
    """What one page took, each run in milliseconds. `floor` is the processor time of the emptiest page in the same account's frame."""

    page: Measured
    runs: Sequence[float]
    statements: int
    size: int
    floor: float

    @property
    def milliseconds(self) -> float:
        """What the page took in the middle of its runs."""
        return median(self.runs)

    @property
    def ratio(self) -> float:
        """How often the floor the page costs."""
        return self.milliseconds / self.floor

    @property
    def is_late(self) -> bool:
        """Whether it took longer than is said for this page."""
        return self.page.most is not None and self.milliseconds > self.page.most


def processor_seconds() -> float:
    """Processor time of this process, of those it has waited for (uploads are looked into by another), and of PostgreSQL's that serve it."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime + sum(map(_seconds_of, _backends))


def _seconds_of(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    except FileNotFoundError:
        return 0.0


def count_database(app: Flask) -> None:
    """From now on, count the time of each of PostgreSQL's processes that a new connection of this application meets."""

    def note(connection: Any, record: Any) -> None:
        _backends.add(connection.info.backend_pid)

    with app.app_context():
        _backends.clear()
        if db.engine.dialect.name == "postgresql":
            db.engine.dispose()
            event.listen(db.engine, "connect", note)


def measure(app: Flask, pages: list[Measured], keys: dict[str, str]) -> list[Figures]:
    """Figures for each page, each opened by a browser that is signed in already."""
    count_database(app)
    return [_figures(app, _browser(app, keys.get(page.account, "")), page) for page in pages]


def _browser(app: Flask, key: str) -> FlaskClient:
    client = app.test_client()
    if key:
        with client.session_transaction() as cookie:
            cookie["_user_id"] = key
            cookie["_fresh"] = True
    return client


def _figures(app: Flask, client: FlaskClient, page: Measured) -> Figures:
    """The page and the floor in turns, so that what else the machine does meets both."""
    empty = "/bench/staff" if page.account else "/bench/public"
    times, floors, statements, size = [], [], 0, 0
    gc.collect()
    for turn in range(WARM_UPS + RUNS):
        floor = _seconds(lambda: client.get(empty), 200, page)[0]
        send = page.send(client, next(_turns)) if page.send else lambda: client.get(page.address)
        with _counting(app) as seen:
            took, response = _seconds(send, page.status, page)
        if turn >= WARM_UPS:
            times.append(took)
            floors.append(floor)
            statements, size = max(statements, len(seen)), len(response.data)
    return Figures(page, [took * 1000 for took in times], statements, size, median(floors) * 1000)


def _seconds(send: Callable[[], Any], status: int, page: Measured) -> tuple[float, Any]:
    began = processor_seconds()
    response = send()
    took = processor_seconds() - began
    if response.status_code != status:
        raise RuntimeError(f"{page.name} ({page.address}) answered {response.status_code}, not {status}")
    return took, response


@contextmanager
def _counting(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *ignored: Any) -> None:
        if not statement.startswith(NOT_COUNTED):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def middle_seconds(act: Callable[[], Any], *, runs: int = RUNS) -> float:
    """The middle of the processor times of an act that has been warmed up."""
    times = []
    gc.collect()
    for turn in range(WARM_UPS + runs):
        began = processor_seconds()
        act()
        if turn >= WARM_UPS:
            times.append(processor_seconds() - began)
    return median(times)
