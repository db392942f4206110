"""Carrying jobs out: claim with a lease, run, mark done in the same transaction; back off, and park what keeps failing."""

import os
import socket
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import structlog
from flask import current_app
from sqlalchemy import ColumnElement, and_, or_, select, update
from structlog.contextvars import bound_contextvars

from core.clock import now
from core.db import session, transaction
from core.jobs.models import Job, JobState
from core.jobs.queue import GiveUp, TryLater, UnknownTask, find_task
from core.people.queries import find_company
from core.settings import Settings
from core.web.i18n import LOCALES, _, force_locale

BACK_OFF = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
ATTEMPTS = len(BACK_OFF) + 1
log = structlog.get_logger()


class _LeaseLost(Exception):
    """Another worker has taken the job over: what this one did is rolled back."""


@dataclass(frozen=True)
class _Claim:
    job_id: UUID
    mark: str
    task: str
    arguments: dict[str, Any]
    attempts: int


def due(at: datetime) -> ColumnElement[bool]:
    """What may be claimed: waiting jobs whose time has come, and running ones whose worker has not been heard of."""
    return and_(
        Job.attempts < ATTEMPTS,
        or_(and_(Job.state == JobState.WAITING, Job.run_at <= at), and_(Job.state == JobState.RUNNING, Job.lease_until < at)),
    )


@contextmanager
def fresh_context() -> Iterator[None]:
    """An application context of its own, and so a session of its own."""
    with current_app._get_current_object().app_context():  # type: ignore[attr-defined]
        yield


def run_job(job_id: UUID) -> bool:
    """Carry out one job if it is due and nobody else is at it. Returns whether it was this call that tried."""
    with fresh_context(), bound_contextvars(request_id=f"job-{job_id}"):
        claim = _claim(job_id)
        if claim is None:
            return False
        try:
            _run(claim)
            log.info("job done", task=claim.task, attempt=claim.attempts)
        except _LeaseLost:
            log.warning("job taken over by another worker", task=claim.task)
        except Exception as error:
            _fail(claim, error)
        except BaseException:  # the worker is being stopped
            _release(claim)
            raise
        return True


def run_due(*, limit: int = 1000) -> int:
    """Carry out every job that is due, here and now, with those they ask for. Returns how many were tried."""
    tried = 0
    while tried < limit:
        with fresh_context():
            waiting = due_jobs(limit=limit - tried)
        if not waiting:
            break
        tried += sum(run_job(job_id) for job_id in waiting)
    return tried


def due_jobs(*, limit: int) -> list[UUID]:
    """Public ids of jobs that may be claimed now, those that have waited longest first."""
    found = list(session.scalars(select(Job.public_id).where(due(now())).order_by(Job.run_at, Job.id).limit(limit)))
    session.rollback()
    return found


def _claim(job_id: UUID) -> _Claim | None:
    at = now()
    settings: Settings = current_app.extensions["settings"]
    mark = f"{socket.gethostname()[:40]}/{os.getpid()}/{uuid4().hex[:12]}"
    with transaction():
        row = session.execute(
            update(Job)
            .where(Job.public_id == job_id, due(at))
            .values(
                state=JobState.RUNNING,
                attempts=Job.attempts + 1,
                lease_until=at + timedelta(seconds=settings.job_lease_seconds),
                claimed_by=mark,
            )
            .returning(Job.task, Job.arguments, Job.attempts)
            .execution_options(synchronize_session=False)
        ).one_or_none()
    return None if row is None else _Claim(job_id, mark, row.task, row.arguments, row.attempts)


def _settle(claim: _Claim, **values: Any) -> bool:
    """Change the job if it is still this worker's."""
    changed = session.execute(
        update(Job)
        .where(Job.public_id == claim.job_id, Job.claimed_by == claim.mark, Job.state == JobState.RUNNING)
        .values(lease_until=None, **values)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return changed.one_or_none() is not None


def _run(claim: _Claim) -> None:
    with transaction():
        find_task(claim.task).run(**claim.arguments)
        session.flush()
        if not _settle(claim, state=JobState.DONE, finished_at=now(), last_error=""):
            raise _LeaseLost


def _release(claim: _Claim) -> None:
    session.rollback()
    with transaction():
        _settle(claim, state=JobState.WAITING, attempts=claim.attempts - 1, run_at=now())


def _fail(claim: _Claim, error: Exception) -> None:
    session.rollback()
    log.warning("job failed", task=claim.task, attempt=claim.attempts, where=_where(error), error=type(error).__name__)
    parked = isinstance(error, GiveUp) or claim.attempts >= ATTEMPTS
    with transaction(), _in_company_language():
        reason = _reason(error)
        if parked:
            kept = _settle(claim, state=JobState.PARKED, last_error=reason, finished_at=now())
        else:
            kept = _settle(claim, state=JobState.WAITING, last_error=reason, run_at=now() + BACK_OFF[claim.attempts - 1])
        if kept:
            tell_failed(claim.task, claim.arguments, reason=reason, parked=parked)


def tell_failed(name: str, arguments: dict[str, Any], *, reason: str, parked: bool) -> None:
    """Let the task know that a try has failed, if it wants to."""
    try:
        hook = find_task(name).when_failed
    except UnknownTask:
        return
    if hook is not None:
        hook(reason=reason, parked=parked, **arguments)


@contextmanager
def _in_company_language() -> Iterator[None]:
    company = find_company()
    locale = company.locale if company is not None and company.locale in LOCALES else "en"
    with force_locale(locale):
        yield


def _reason(error: Exception) -> str:
    if isinstance(error, GiveUp | TryLater):
        return str(error)
    if isinstance(error, UnknownTask):
        return str(_("This worker does not know the task. Start workers of the same version as the web process."))
    return str(_("It failed with %(kind)s in %(place)s. The worker's log says more.", kind=type(error).__name__, place=_where(error)))


def _where(error: Exception) -> str:
    """File and line of our own code in which the error arose; never the message, which may hold what people wrote."""
    root = Path(current_app.root_path)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(root)]
    frames = [frame for frame in frames if ".venv" not in frame.filename]
    if not frames:
        return "-"
    return f"{Path(frames[-1].filename).relative_to(root)}:{frames[-1].lineno}"
