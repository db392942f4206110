"""Things that are done rather than shown, and how long each takes."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask

from bench.measuring import RUNS, middle_seconds
from core.db import session


@dataclass(frozen=True)
class Deed:
    """Something done in one call: `act` does it, in at most so many milliseconds of processor time. What is done `once` takes too long to repeat."""

    name: str
    most: float
    act: Callable[[], Any]
    once: bool = False


@dataclass(frozen=True)
class Done:
    """How long a deed took, on one database with so many of what there are many of."""

    database: str
    many: int
    what: str
    deed: Deed
    milliseconds: float

    @property
    def is_late(self) -> bool:
        """Whether it took longer than wanted."""
        return self.milliseconds > self.deed.most

    @property
    def sentence(self) -> str:
        """What it took, and what was wanted."""
        took = f"{self.milliseconds:.0f} ms (at most {self.deed.most:,.0f} wanted)"
        return f"{self.deed.name} with {self.many:,} {self.what} on {self.database}: {took}."


def measure_deeds(app: Flask, deeds: Callable[[], list[Deed]], *, database: str, many: int, what: str) -> list[Done]:
    """Do each of them, and forget what it changed. `deeds` is asked in a request context."""
    found = []
    with app.test_request_context():
        for deed in deeds():
            session.rollback()
            took = _once(deed.act) if deed.once else middle_seconds(_forgotten(deed.act), runs=RUNS)
            found.append(Done(database, many, what, deed, took * 1000))
        session.rollback()
    return found


def said(measured: Sequence[Done]) -> list[str]:
    """A sentence for each."""
    return [done.sentence for done in measured]


def slow(measured: Sequence[Done]) -> list[str]:
    """A sentence for each that missed its target."""
    return [done.sentence for done in measured if done.is_late]


def _once(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _forgotten(act: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        act()
        session.rollback()

    return run
