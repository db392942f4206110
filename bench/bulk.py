"""Measuring a bulk action: what declining many with a letter costs the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from bench.measuring import processor_seconds
from core.accounts.models import Account
from core.db import session, transaction
from core.jobs.models import Job, JobState
from core.jobs.running import run_job
from core.people.queries import get_person_by_key
from hiring.applications.models import Application, ApplicationState, DeclineReason
from hiring.bulk.actions import Settings, choose, set_up, start
from hiring.bulk.models import Bulk, BulkKind, BulkState

MANY = 500
MOST_SECONDS = 5.0


@dataclass(frozen=True)
class Declined:
    """How long the worker took for so many, on one database with so many applications."""

    database: str
    applications: int
    seconds: float


def said(measured: Sequence[Declined]) -> list[str]:
    """A sentence with the figures of each database."""
    found = []
    for database in dict.fromkeys(each.database for each in measured):
        figures = ", ".join(f"{each.seconds:.1f} s with {each.applications:,}" for each in measured if each.database == database)
        found.append(
            f"{MANY} applications declined at once, each with a letter, on {database}: {figures} of the worker (at most {MOST_SECONDS:.0f} s wanted)."
        )
    return found


def slow(measured: Sequence[Declined]) -> list[str]:
    """A sentence for each that missed its target."""
    late = [each for each in measured if each.seconds > MOST_SECONDS]
    return [f"Declining {MANY} with {each.applications:,} applications on {each.database}: {each.seconds:.1f} s of the worker." for each in late]


def measure_bulk(app: Flask) -> float:
    """Processor seconds in which the worker declines so many, each with a letter, or fewer when there are no more."""
    with app.app_context():
        bulk_id = _begun()
        began, tries = processor_seconds(), 0
        while (job_id := _next_job()) is not None and tries < MANY:
            run_job(job_id)
            tries += 1
        took = processor_seconds() - began
        with transaction():
            bulk = session.scalars(select(Bulk).where(Bulk.public_id == bulk_id)).one()
            if bulk.state is not BulkState.DONE:
                raise RuntimeError(f"the bulk action is {bulk.state}")
    return took


def _begun() -> UUID:
    with transaction():
        key = session.scalars(select(Account.person_id).where(Account.email == "recruiter@demo.trilha.test")).one()
        recruiter = get_person_by_key(key)
        query = select(Application.id, Application.version).where(Application.state == ApplicationState.ACTIVE)
        chosen = [(row.id, row.version) for row in session.execute(query.order_by(Application.id.desc()).limit(MANY))]
        bulk = choose(BulkKind.DECLINE, chosen, by=recruiter)
        set_up(bulk, Settings(reason=DeclineReason.MORE_QUALIFIED, hours=24), by=recruiter)
        start(bulk, seen_version=bulk.version, by=recruiter)
        return bulk.public_id


def _next_job() -> UUID | None:
    with transaction():
        query = select(Job.public_id).where(Job.task == "hiring.carry_on_bulk", Job.state == JobState.WAITING)
        return session.scalars(query.order_by(Job.id).limit(1)).one_or_none()
