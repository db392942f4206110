"""Loading the demonstration: the same seed on the same day writes the same data."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from random import Random
from uuid import UUID

from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Mapper

import hiring.demo
import onboarding.demo
import training.demo
from core.db import Identified, session
from core.jobs.models import Job, JobState
from core.mail.models import MailState, OutgoingMail
from core.operations.statistics import refresh_statistics
from core.people.models import Person
from core.world import World
from home.demo.people import populate


class NotEmpty(Exception):
    """The database holds people already."""


def load(*, day: date, seed: int, force: bool = False) -> World:
    """Write the demonstration into an empty database. Raises NotEmpty when it holds people, unless forced."""
    if not force and session.scalars(select(func.count()).select_from(Person)).one():
        raise NotEmpty
    world = World(today=day, random=Random(seed))  # noqa: S311  (dice, not secrets)
    with _seeded_ids(Random(seed + 1)):  # noqa: S311
        populate(world)
        training.demo.load_demo(world)
        onboarding.demo.load_demo(world)
        hiring.demo.load_demo(world)
        session.flush()
    _call_it_sent()
    refresh_statistics()
    return world


@contextmanager
def _seeded_ids(dice: Random) -> Iterator[None]:
    """Draw public ids from the dice, so that addresses of the demonstration stay the same."""

    def draw(mapper: Mapper[object], connection: object, target: Identified) -> None:
        if not target.public_id:
            target.public_id = UUID(int=dice.getrandbits(128), version=4)

    event.listen(Identified, "before_insert", draw, propagate=True)
    try:
        yield
    finally:
        event.remove(Identified, "before_insert", draw)


def _call_it_sent() -> None:
    """The mails of the past were sent in the past: nobody gets two hundred on the first start."""
    session.execute(update(OutgoingMail).where(OutgoingMail.state == MailState.WAITING).values(state=MailState.SENT, sent_at=OutgoingMail.created_at))
    session.execute(
        update(Job).where(Job.task == "core.send_mail", Job.state == JobState.WAITING).values(state=JobState.DONE, finished_at=Job.created_at)
    )
