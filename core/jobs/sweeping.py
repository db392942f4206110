"""The sweep: every few seconds, what is due is driven again, what killed its workers is parked, and the timetable is followed."""

from datetime import datetime

import structlog
from sqlalchemy import select, update

from core.clock import now
from core.db import insert_into, session, transaction
from core.jobs.dispatching import dispatcher
from core.jobs.models import Job, JobState, TimetableEntry
from core.jobs.queue import enqueue, timetabled
from core.jobs.running import ATTEMPTS, due_jobs, fresh_context, tell_failed
from core.web.i18n import _

BATCH = 200
log = structlog.get_logger()


def sweep() -> int:
    """Do one round. Returns how many jobs were handed to the workers again."""
    with fresh_context():
        follow_timetable()
        park_exhausted()
        waiting = due_jobs(limit=BATCH)
    return dispatcher().send_missing(waiting)


def follow_timetable() -> None:
    """Ask for each task of the timetable whose time has come; of several workers only one moves the time on and asks."""
    entries = timetabled()
    if not entries:
        return
    at = now()
    known = {row.name: row.next_at for row in session.execute(select(TimetableEntry.name, TimetableEntry.next_at))}
    session.rollback()
    for name, every in sorted(entries.items()):
        if name in known and known[name] > at:
            continue
        with transaction():
            if _move_on(name, at, at + every) and not _unfinished(name):
                enqueue(name)


def _move_on(name: str, at: datetime, next_at: datetime) -> bool:
    session.execute(insert_into(TimetableEntry).values(name=name, next_at=at).on_conflict_do_nothing(index_elements=["name"]))
    moved = session.execute(
        update(TimetableEntry)
        .where(TimetableEntry.name == name, TimetableEntry.next_at <= at)
        .values(next_at=next_at)
        .returning(TimetableEntry.name)
        .execution_options(synchronize_session=False)
    )
    return moved.one_or_none() is not None


def _unfinished(name: str) -> bool:
    """Whether the last run has not ended: a slow task does not pile up."""
    query = select(Job.id).where(Job.task == name, Job.state.in_((JobState.WAITING, JobState.RUNNING))).order_by(Job.id).limit(1)
    return session.scalars(query).first() is not None


def park_exhausted() -> None:
    """Park jobs whose last worker died in the middle of the last try they had."""
    lost = (Job.state == JobState.RUNNING, Job.lease_until < now(), Job.attempts >= ATTEMPTS)
    if session.scalars(select(Job.id).where(*lost).order_by(Job.id).limit(1)).first() is None:
        session.rollback()
        return
    session.rollback()
    with transaction():
        reason = _("The worker stopped in the middle of it, five times.")
        parked = session.execute(
            update(Job)
            .where(*lost)
            .values(state=JobState.PARKED, lease_until=None, last_error=reason, finished_at=now())
            .returning(Job.task, Job.arguments)
            .execution_options(synchronize_session=False)
        ).all()
        for row in parked:
            tell_failed(row.task, row.arguments, reason=reason, parked=True)
        log.error("jobs parked after their workers died", jobs=len(parked))
