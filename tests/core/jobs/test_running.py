"""Jobs: written with their transaction, carried out after it, tried again, and parked."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from core.clock import now, standing_at
from core.db import session
from core.jobs import queue
from core.jobs.actions import clear_finished, try_again
from core.jobs.models import Job, JobState, TimetableEntry
from core.jobs.queue import GiveUp, TryLater, UnknownTask, enqueue, find_task, task, timetable
from core.jobs.running import ATTEMPTS, BACK_OFF, run_due, run_job
from core.jobs.sweeping import follow_timetable, park_exhausted
from core.people.models import Department
from core.people.rights import Role
from core.web.i18n import _
from tests.factories import make_company, make_person

RunJobs = Callable[[], int]


@pytest.fixture(autouse=True)
def own_tasks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks declared in a test end with it."""
    monkeypatch.setattr(queue, "_tasks", dict(queue._tasks))
    monkeypatch.setattr(queue, "_timetable", {})


@pytest.fixture
def done() -> Iterator[list[Any]]:
    """What the task `tests.note` was told, in order."""
    told: list[Any] = []

    @task("tests.note")
    def note(*, word: str) -> None:
        told.append(word)

    yield told


def only_job() -> Job:
    return session.scalars(select(Job)).one()


def test_a_job_is_carried_out_once(run_jobs: RunJobs, done: list[Any]) -> None:
    enqueue("tests.note", arguments={"word": "one"})
    assert run_jobs() == 1
    assert run_jobs() == 0
    assert done == ["one"]
    job = only_job()
    assert (job.state, job.attempts, job.lease_until, job.last_error) == (JobState.DONE, 1, None, "")
    assert job.finished_at is not None


def test_a_job_rolled_back_with_its_transaction_never_runs(run_jobs: RunJobs, done: list[Any]) -> None:
    enqueue("tests.note", arguments={"word": "one"})
    session.flush()
    session.rollback()
    assert run_jobs() == 0
    assert done == []


def test_a_job_waits_for_its_time(run_jobs: RunJobs, done: list[Any]) -> None:
    enqueue("tests.note", arguments={"word": "later"}, run_at=now() + timedelta(hours=1))
    assert run_jobs() == 0
    with standing_at(now() + timedelta(hours=2)):
        assert run_jobs() == 1
    assert done == ["later"]


def test_a_key_is_used_once(run_jobs: RunJobs, done: list[Any]) -> None:
    first = enqueue("tests.note", arguments={"word": "one"}, key="the same")
    assert enqueue("tests.note", arguments={"word": "two"}, key="the same") == first
    run_jobs()
    assert enqueue("tests.note", arguments={"word": "three"}, key="the same") == first
    run_jobs()
    assert done == ["one"]


def test_an_unknown_task_and_arguments_json_cannot_hold_are_refused_at_once(app: Flask, done: list[Any]) -> None:
    with pytest.raises(UnknownTask):
        enqueue("tests.nothing")
    with pytest.raises(TypeError):
        enqueue("tests.note", arguments={"word": now()})
    assert session.scalars(select(Job)).all() == []


def test_two_tasks_cannot_have_one_name(done: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"tests\.note"):

        @task("tests.note")
        def other(*, word: str) -> None: ...

    assert find_task("tests.note").name == "tests.note"


def test_what_a_failing_job_wrote_is_rolled_back(run_jobs: RunJobs) -> None:
    @task("tests.half")
    def half() -> None:
        session.add(Department(name="Half done"))
        session.flush()
        raise RuntimeError("the secret of Ana")

    enqueue("tests.half")
    run_jobs()
    assert session.scalars(select(Department)).all() == []
    job = only_job()
    assert (job.state, job.attempts) == (JobState.WAITING, 1)
    assert "RuntimeError" in job.last_error
    assert "test_running.py" in job.last_error
    assert "Ana" not in job.last_error


def test_a_failing_job_backs_off_and_is_parked_after_five_tries(run_jobs: RunJobs) -> None:
    heard: list[tuple[str, bool, int]] = []

    def hear(*, reason: str, parked: bool, number: int) -> None:
        heard.append((reason, parked, number))

    @task("tests.fail", when_failed=hear)
    def fail(*, number: int) -> None:
        raise TryLater("The other side is asleep.")

    enqueue("tests.fail", arguments={"number": 7})
    at = now()
    for tries, pause in enumerate(BACK_OFF, start=1):
        with standing_at(at):
            assert run_jobs() == 1
            job = only_job()
            assert (job.state, job.attempts, job.run_at) == (JobState.WAITING, tries, at + pause)
            assert job.last_error == "The other side is asleep."
        with standing_at(at + pause - timedelta(seconds=1)):
            assert run_jobs() == 0
        at = at + pause
    with standing_at(at):
        assert run_jobs() == 1
    assert (only_job().state, only_job().attempts) == (JobState.PARKED, ATTEMPTS)
    assert [parked for _reason, parked, _number in heard] == [False] * 4 + [True]
    assert heard[0] == ("The other side is asleep.", False, 7)
    with standing_at(at + timedelta(days=9)):
        assert run_jobs() == 0


def test_a_job_that_gives_up_is_parked_at_once(run_jobs: RunJobs) -> None:
    @task("tests.give_up")
    def give_up() -> None:
        raise GiveUp("There is no such thing.")

    enqueue("tests.give_up")
    run_jobs()
    assert (only_job().state, only_job().last_error) == (JobState.PARKED, "There is no such thing.")


def test_a_job_whose_task_is_gone_says_so_in_the_language_of_the_company(run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, done: list[Any]) -> None:
    make_company().locale = "en"
    enqueue("tests.note", arguments={"word": "one"})
    queue._tasks.pop("tests.note")
    run_jobs()
    assert only_job().last_error == _("This worker does not know the task. Start workers of the same version as the web process.")


def test_trying_again_gives_all_tries_back(run_jobs: RunJobs) -> None:
    fails = [True]

    @task("tests.mended")
    def mended() -> None:
        if fails:
            raise GiveUp("Not yet.")

    job_id = enqueue("tests.mended")
    run_jobs()
    fails.clear()
    try_again(job_id, by=make_person("Ada Nunes", roles=(Role.ADMINISTRATOR,)))
    assert run_jobs() == 1
    assert only_job().state is JobState.DONE


def _claimed(name: str, *, attempts: int, lease_until: datetime) -> Job:
    job_id = enqueue(name, arguments={"word": "lost"})
    session.flush()
    job = session.scalars(select(Job).where(Job.public_id == job_id)).one()
    job.state, job.attempts, job.lease_until, job.claimed_by = JobState.RUNNING, attempts, lease_until, "another worker"
    session.commit()
    return job


def test_a_job_under_lease_is_left_alone_and_taken_over_afterwards(app: Flask, done: list[Any]) -> None:
    job = _claimed("tests.note", attempts=1, lease_until=now() + timedelta(minutes=5))
    assert run_job(job.public_id) is False
    assert run_due() == 0
    with standing_at(now() + timedelta(minutes=6)):
        assert run_job(job.public_id) is True
    assert done == ["lost"]
    session.expire_all()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_worker_that_lost_its_lease_changes_nothing(app: Flask) -> None:
    @task("tests.slow")
    def slow(*, word: str) -> None:
        session.add(Department(name="Written by the slow one"))
        session.flush()
        job = session.scalars(select(Job).execution_options(populate_existing=True)).one()
        job.claimed_by = "a quicker worker"
        session.flush()

    enqueue("tests.slow", arguments={"word": "x"})
    session.commit()
    run_due(limit=1)
    assert session.scalars(select(Department)).all() == []


def test_a_job_that_killed_five_workers_is_parked(app: Flask, done: list[Any]) -> None:
    job = _claimed("tests.note", attempts=ATTEMPTS, lease_until=now() - timedelta(seconds=1))
    assert run_due() == 0
    park_exhausted()
    session.expire_all()
    assert job.state is JobState.PARKED
    assert job.last_error
    assert done == []


def test_a_worker_that_is_stopped_gives_its_job_back(app: Flask) -> None:
    @task("tests.stopped")
    def stopped() -> None:
        raise KeyboardInterrupt

    job_id = enqueue("tests.stopped")
    session.commit()
    with pytest.raises(KeyboardInterrupt):
        run_job(job_id)
    session.expire_all()
    assert (only_job().state, only_job().attempts, only_job().lease_until) == (JobState.WAITING, 0, None)


def test_a_timetabled_task_runs_once_each_time(run_jobs: RunJobs) -> None:
    runs: list[datetime] = []

    @timetable("tests.hourly", every=timedelta(hours=1))
    def hourly() -> None:
        runs.append(now())

    begin = now()
    for minutes, expected in ((0, 1), (30, 1), (61, 2), (62, 2), (600, 3)):
        with standing_at(begin + timedelta(minutes=minutes)):
            follow_timetable()
            follow_timetable()
            run_jobs()
        assert len(runs) == expected, minutes
    assert session.scalars(select(TimetableEntry.name)).all() == ["tests.hourly"]


def test_a_slow_timetabled_task_does_not_pile_up(app: Flask) -> None:
    @timetable("tests.slow_round", every=timedelta(minutes=1))
    def slow_round() -> None: ...

    begin = now()
    for minutes in range(5):
        with standing_at(begin + timedelta(minutes=minutes)):
            follow_timetable()
    assert len(session.scalars(select(Job)).all()) == 1


def test_old_finished_jobs_are_cleared_but_not_their_keys(run_jobs: RunJobs, done: list[Any]) -> None:
    enqueue("tests.note", arguments={"word": "one"})
    enqueue("tests.note", arguments={"word": "two"}, key="kept")
    run_jobs()
    with standing_at(now() + timedelta(days=31)):
        clear_finished()
    assert [job.key for job in session.scalars(select(Job))] == ["kept"]
