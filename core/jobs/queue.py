"""Asking for background work: tasks by name, jobs as rows of the running transaction, and the timetable."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select

from core.clock import now
from core.db import insert_into, session
from core.jobs.models import Job, JobState

PENDING = "jobs_to_dispatch"
Handler = TypeVar("Handler", bound=Callable[..., None])


class GiveUp(Exception):
    """Raised by a task when trying again cannot help: the job is parked at once with this sentence."""


class TryLater(Exception):
    """Raised by a task that could not do its work this time, with a sentence that tells why and names nobody."""


class UnknownTask(LookupError):
    """No task of this name has been declared in the modules of any package's TASKS."""


@dataclass(frozen=True)
class Task:
    """A function that can be asked for by name."""

    name: str
    run: Callable[..., None]
    when_failed: Callable[..., None] | None = None  # called with reason=, parked= and the job's arguments, in a transaction


_tasks: dict[str, Task] = {}
_timetable: dict[str, timedelta] = {}


def task(name: str, *, when_failed: Callable[..., None] | None = None) -> Callable[[Handler], Handler]:
    """Declare a task: a function of keyword arguments that JSON can hold. It runs in an application context and a transaction
    of its own, and must be safe to run twice. `when_failed` is told of each failed try."""

    def declare(handler: Handler) -> Handler:
        known = _tasks.get(name)
        if known is not None and (known.run.__module__, known.run.__qualname__) != (handler.__module__, handler.__qualname__):
            raise ValueError(f"two tasks are named {name}")
        _tasks[name] = Task(name, handler, when_failed)
        return handler

    return declare


def timetable(name: str, *, every: timedelta) -> Callable[[Handler], Handler]:
    """Declare a task without arguments that runs again and again, once each time however many workers there are."""

    def declare(handler: Handler) -> Handler:
        _timetable[name] = every
        return task(name)(handler)

    return declare


def find_task(name: str) -> Task:
    """The task of this name. Raises UnknownTask."""
    try:
        return _tasks[name]
    except KeyError:
        raise UnknownTask(name) from None


def timetabled() -> Mapping[str, timedelta]:
    """Every task of the timetable and how often it runs."""
    return dict(_timetable)


def enqueue(name: str, *, arguments: Mapping[str, Any] | None = None, run_at: datetime | None = None, key: str | None = None) -> UUID:
    """Write a job into the running transaction; it is carried out some time after the commit, and not before `run_at`.

    With a `key` at most one job is ever written, whatever became of it. Returns the job's public id. Raises UnknownTask.
    """
    find_task(name)
    plain: dict[str, Any] = dict(arguments or {})
    json.dumps(plain)  # refuse here, at the caller, what JSON cannot hold
    at, job_id = now(), uuid4()
    columns: dict[str, Any] = {
        "public_id": job_id,
        "task": name,
        "arguments": plain,
        "key": key,
        "run_at": run_at or at,
        "state": JobState.WAITING,
        "attempts": 0,
        "claimed_by": "",
        "last_error": "",
        "created_at": at,
    }
    if key is None:
        session.add(Job(**columns))
    else:
        session.execute(insert_into(Job).values(**columns).on_conflict_do_nothing(index_elements=["key"]))
        job_id = session.scalars(select(Job.public_id).where(Job.key == key)).one()
    if columns["run_at"] <= at:
        session.info.setdefault(PENDING, []).append(job_id)
    return job_id
