"""Reading jobs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from core.clock import now
from core.db import session
from core.errors import NotFound
from core.jobs.models import Job, JobState
from core.web.paging import Page, one_page


@dataclass(frozen=True)
class QueueStanding:
    """How the queue stands: how many jobs are in each state, and since when the one that waits longest is due."""

    waiting: int
    running: int
    parked: int
    oldest_due_at: datetime | None


def lock_job(job_id: UUID) -> Job:
    """The job, held until the transaction ends. Raises NotFound."""
    query = select(Job).where(Job.public_id == job_id).with_for_update().execution_options(populate_existing=True)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def parked_jobs(*, number: int) -> Page[Job]:
    """One page of jobs that were given up, newest first."""
    return one_page(select(Job).where(Job.state == JobState.PARKED).order_by(Job.finished_at.desc(), Job.id.desc()), number=number)


def queue_standing() -> QueueStanding:
    """The queue in numbers."""
    counted = session.execute(select(Job.state, func.count()).where(Job.state != JobState.DONE).group_by(Job.state))
    counts = {row[0]: row[1] for row in counted}
    oldest = session.scalar(select(func.min(Job.run_at)).where(Job.state == JobState.WAITING, Job.run_at <= now()))
    return QueueStanding(counts.get(JobState.WAITING, 0), counts.get(JobState.RUNNING, 0), counts.get(JobState.PARKED, 0), oldest)
