"""What a person, or the clock, does with jobs."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import NotAllowed
from core.jobs.models import JOB_STATES, Job, JobState
from core.jobs.policy import can_administer_jobs
from core.jobs.queries import lock_job
from core.jobs.queue import PENDING
from core.people.models import Person
from core.web.i18n import _

KEPT = timedelta(days=30)


def try_again(job_id: UUID, *, by: Person) -> Job:
    """Give a parked job all its tries back. Raises NotFound, NotAllowed, WrongState."""
    job = lock_job(job_id)
    if not can_administer_jobs(by):
        raise NotAllowed(_("Only an administrator may do this with background work."))
    JOB_STATES.insist(job.state, JobState.WAITING)
    job.state = JobState.WAITING
    job.attempts = 0
    job.run_at = now()
    job.finished_at = None
    session.info.setdefault(PENDING, []).append(job.public_id)
    record("core.job.tried_again", job, by=by, changes={"task": job.task})
    return job


def clear_finished() -> None:
    """Remove jobs done more than thirty days ago; one with a key stays, for the key says that it was done."""
    old = delete(Job).where(Job.state == JobState.DONE, Job.key.is_(None), Job.finished_at < now() - KEPT)
    session.execute(old.execution_options(synchronize_session=False))
