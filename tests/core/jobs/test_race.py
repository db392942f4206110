"""Many workers reach for the same job, and for the same round of the timetable, at the same instant."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.db import db, session, transaction
from core.jobs import queue
from core.jobs.models import Job, JobState
from core.jobs.queue import enqueue, task, timetable
from core.jobs.running import run_job
from core.jobs.sweeping import follow_timetable
from tests.databases import Database, new_postgresql_database
from wsgi import create_app

RACERS = 8


@pytest.fixture
def own_app(application: Flask, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application on a database of its own, where every thread commits for itself."""
    monkeypatch.setattr(queue, "_tasks", dict(queue._tasks))
    monkeypatch.setattr(queue, "_timetable", {})
    address = f"sqlite:///{tmp_path / 'race.db'}"
    if database.kind == "postgresql":
        address = new_postgresql_database(database.url.partition("host=")[2], f"race-{uuid4().hex}").url
    racing = create_app(replace(application.extensions["settings"], database_url=address))
    with racing.app_context():
        db.metadata.create_all(db.engine)
    yield racing
    with racing.app_context():
        db.engine.dispose()


def at_once(app: Flask, act: Callable[[], object]) -> list[object]:
    barrier = Barrier(RACERS)

    def race(_number: int) -> object:
        with app.app_context():
            barrier.wait()
            return act()

    with ThreadPoolExecutor(RACERS) as pool:
        return list(pool.map(race, range(RACERS)))


def test_of_many_workers_one_carries_a_job_out(own_app: Flask) -> None:
    runs: list[int] = []

    @task("tests.once")
    def once() -> None:
        runs.append(1)

    with own_app.app_context(), transaction():
        job_id = enqueue("tests.once")
    assert sorted(map(bool, at_once(own_app, lambda: run_job(job_id)))) == [False] * (RACERS - 1) + [True]
    assert runs == [1]
    with own_app.app_context():
        assert session.scalars(select(Job.state)).one() is JobState.DONE


def test_of_many_sweepers_one_follows_the_timetable(own_app: Flask) -> None:
    @timetable("tests.round", every=timedelta(hours=1))
    def one_round() -> None: ...

    at_once(own_app, follow_timetable)
    with own_app.app_context():
        assert session.scalar(select(func.count()).select_from(Job)) == 1


def test_many_who_use_one_key_write_one_job(own_app: Flask) -> None:
    @task("tests.keyed")
    def keyed() -> None: ...

    def ask() -> object:
        with transaction():
            return enqueue("tests.keyed", key="the same")

    assert len(set(at_once(own_app, ask))) == 1
    with own_app.app_context():
        assert session.scalar(select(func.count()).select_from(Job)) == 1
