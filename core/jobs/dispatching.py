"""Handing jobs to Huey once their transaction has been committed. Huey's queue may be lost at any time: the rows are the truth."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, current_app, has_app_context
from huey import RedisHuey, SqliteHuey
from huey.api import Huey
from sqlalchemy import event
from sqlalchemy.orm import Session

from core.jobs.queue import PENDING
from core.settings import Settings

log = structlog.get_logger()
FULL = 500  # with this many waiting in Huey, the workers have enough to do


class Dispatcher:
    """The application's way to Huey: a SQLite file of the installation, or Redis."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def huey(self) -> Huey:
        """Huey, opened when it is first needed, so that a web process opens it after it has been forked."""
        if self._settings.redis_url:
            return RedisHuey("trilha", results=False, url=self._settings.redis_url)
        return SqliteHuey("trilha", results=False, filename=str(self._settings.instance / "queue.db"))

    @cached_property
    def carry_out(self) -> Any:
        """Huey's task, whose only argument is a job's public id."""
        return self.huey.task(name="carry_out", retries=0)(_carry_out)

    def send(self, job_ids: Iterable[UUID]) -> None:
        """Tell the workers of these jobs."""
        for job_id in job_ids:
            self.carry_out(str(job_id))

    def send_missing(self, job_ids: Sequence[UUID]) -> int:
        """Tell the workers of those among these jobs that are not in Huey's queue. Returns how many were."""
        if not job_ids or self.huey.pending_count() >= FULL:
            return 0
        known = {waiting.args[0] for waiting in self.huey.pending() if waiting.args}
        missing = [job_id for job_id in job_ids if str(job_id) not in known]
        self.send(missing)
        return len(missing)

    def close(self) -> None:
        """Let go of the connection of this thread, if there is one."""
        if "huey" in self.__dict__:
            self.huey.storage.close()


def _carry_out(job_id: str) -> None:
    from core.jobs.running import run_job  # the runner needs the application, which needs this module

    run_job(UUID(job_id))


def start_jobs(app: Flask, settings: Settings, modules: Iterable[str]) -> None:
    """Import the modules that declare tasks, and dispatch jobs after each commit.

    In the environment `test` nothing is handed to Huey on commit: tests carry jobs out themselves.
    """
    for module in modules:
        import_module(module)
    app.extensions["dispatcher"] = Dispatcher(settings)
    app.extensions["dispatches_on_commit"] = settings.environment != "test"


def dispatcher() -> Dispatcher:
    """The dispatcher of the running application."""
    found: Dispatcher = current_app.extensions["dispatcher"]
    return found


def _dispatch(current: Session) -> None:
    if current.in_nested_transaction():  # only a savepoint: the workers could not see the rows yet
        return
    waiting: list[UUID] = current.info.pop(PENDING, [])
    if not waiting or not has_app_context() or not current_app.extensions.get("dispatches_on_commit"):
        return
    try:
        dispatcher().send(waiting)
    except Exception as error:
        log.warning("dispatch failed", jobs=len(waiting), error=type(error).__name__)


def _forget(current: Session, ended: Any) -> None:
    if not ended.nested:
        current.info.pop(PENDING, None)


event.listen(Session, "after_commit", _dispatch)
event.listen(Session, "after_soft_rollback", _forget)
