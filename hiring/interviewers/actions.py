"""What is done with pools of interviewers: made, changed, closed; people added to learn or as qualified."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm.attributes import flag_modified

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _
from hiring.interviewers.models import InterviewerPool, PooledInterviewer


@dataclass(frozen=True, kw_only=True)
class PoolText:
    """A pool as it was typed."""

    name: str
    qualified: Sequence[Person] = ()
    learning: Sequence[Person] = ()
    shadowings: int = 0
    leadings: int = 0


def make_interviewer_pool(text: PoolText, *, by: Person) -> InterviewerPool:
    """Make a pool. Raises Invalid without a name or for a person in two places, Conflict when another pool is called so."""
    pool = InterviewerPool(name="", interviewers=[])
    _fill(pool, text, by=by)
    session.add(pool)
    session.flush()
    record("hiring.interviewers.pool_made", pool, by=by)
    return pool


def change_interviewer_pool(pool: InterviewerPool, text: PoolText, *, by: Person, version: int) -> None:
    """Make this the pool. Who moves from training to qualified is qualified from now on. Needs its interviewers."""
    if pool.version != version:
        raise Conflict(_("Somebody else changed this pool while you were writing. Copy what you typed, then load the page again."))
    before = {each.person_id: each.qualified_at is not None for each in pool.interviewers}
    _fill(pool, text, by=by)
    flag_modified(pool, "name")  # its people are part of it: the version rises with them
    session.flush()
    after = {each.person_id: each.qualified_at is not None for each in pool.interviewers}
    changes = {
        "qualified": sorted(key for key, done in after.items() if done and not before.get(key)),
        "in_training": sorted(key for key, done in after.items() if not done and before.get(key, True)),
        "left": sorted(before.keys() - after.keys()),
    }
    record("hiring.interviewers.pool_changed", pool, by=by, changes={name: keys for name, keys in changes.items() if keys})


def close_interviewer_pool(pool: InterviewerPool, *, by: Person) -> None:
    """Take a pool out of every choice; plans that name it find nobody in it."""
    _insist(by)
    if pool.closed_at is None:
        pool.closed_at = now()
        record("hiring.interviewers.pool_closed", pool, by=by)


def _fill(pool: InterviewerPool, text: PoolText, *, by: Person) -> None:
    _insist(by)
    name = one_line(text.name)
    if not name:
        raise Invalid(_("A pool needs a name."), field="name")
    same = exists().where(func.lower(InterviewerPool.name) == name.lower(), InterviewerPool.id != (pool.id or 0))
    if session.scalar(select(same)):
        raise Conflict(_("Another pool has this name already."))
    everybody = [person.id for person in (*text.qualified, *text.learning)]
    if len(everybody) != len(set(everybody)):
        raise Invalid(_("Somebody is both qualified and in training. Choose one of them."), field="learning")
    pool.name, pool.shadowings, pool.leadings = name, text.shadowings, text.leadings
    present = {each.person_id: each for each in pool.interviewers}
    kept = []
    for person, qualified in [*((person, True) for person in text.qualified), *((person, False) for person in text.learning)]:
        place = present.get(person.id) or PooledInterviewer(person=person, person_id=person.id, qualified_at=None)
        if qualified and place.qualified_at is None:
            place.qualified_at = now()
        elif not qualified and place.qualified_at is not None:
            place.qualified_at, place.joined_at = None, now()
        kept.append(place)
    pool.interviewers[:] = kept


def _insist(by: Person) -> None:
    if not by.may(Right.SCHEDULE_INTERVIEWS):
        raise NotAllowed(_("Only recruiters keep pools of interviewers."))
