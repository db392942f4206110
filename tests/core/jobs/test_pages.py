"""The page of background work."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.db import session
from core.jobs import queue
from core.jobs.models import Job, JobState
from core.jobs.queue import GiveUp, enqueue, task
from core.people.models import Person
from core.people.rights import Role
from tests.factories import make_person

SignIn = Callable[[Person], Person]


@pytest.fixture
def parked(app: Flask, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> Job:
    """A job that was given up."""
    monkeypatch.setattr(queue, "_tasks", dict(queue._tasks))

    @task("tests.hopeless")
    def hopeless() -> None:
        raise GiveUp("The moon is in the way.")

    enqueue("tests.hopeless")
    run_jobs()
    return session.scalars(select(Job)).one()


def test_an_administrator_sees_why_work_was_given_up_and_tries_again(client: FlaskClient, sign_in: SignIn, parked: Job) -> None:
    sign_in(make_person("Ada Nunes", roles=(Role.ADMINISTRATOR,)))
    shown = client.get("/jobs").text
    assert "The moon is in the way." in shown
    assert "tests.hopeless" in shown
    answer = client.post(f"/jobs/{parked.public_id}/try-again")
    assert answer.status_code == 302
    assert parked.state is JobState.WAITING
    events: list[Any] = list(session.scalars(select(AuditEvent.name)))
    assert "core.job.tried_again" in events
    assert client.post(f"/jobs/{parked.public_id}/try-again").status_code == 409
    assert "The moon is in the way." not in client.get("/jobs").text


def test_others_may_neither_look_nor_try_again(client: FlaskClient, sign_in: SignIn, parked: Job) -> None:
    sign_in(make_person("Rui Melo", roles=(Role.RECRUITER,)))
    assert client.get("/jobs").status_code == 403
    assert client.post(f"/jobs/{parked.public_id}/try-again").status_code == 403
    assert parked.state is JobState.PARKED
