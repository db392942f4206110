"""Reading reminders: what has been told to whom."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from core.db import session
from core.leaves.models import Leave
from core.leaves.queries import away_on
from core.people.models import Person
from core.people.queries import people_with_right
from core.people.rights import Right
from training.reminders.models import Audience, TrainingReminder

KEPT_IN_MIND = timedelta(days=45)  # no step lasts longer
Told = tuple[int, int, str, date, Audience, int]  # recipient, person, rule, due day, as what, step


def told_since(day: date, *, to: Collection[int] | None) -> set[Told]:
    """What the recipients (inner keys; None: everybody) were told in the weeks before the day."""
    row = TrainingReminder
    query = select(row.recipient_id, row.person_id, row.lineage, row.due_on, row.audience, row.step).where(row.day >= day - KEPT_IN_MIND)
    if to is not None:
        query = query.where(row.recipient_id.in_(to))
    return {(one[0], one[1], str(one[2]), one[3], one[4], one[5]) for one in session.execute(query.order_by(row.id))}


def people_away(day: date) -> frozenset[int]:
    """Inner keys of everybody on leave on the day."""
    return frozenset(session.scalars(select(Leave.person_id).where(*away_on(day)).order_by(Leave.id)))


def officers() -> frozenset[int]:
    """Inner keys of those who write the rules, and so hear of what is long overdue."""
    return frozenset(person.id for person in people_with_right(Right.WRITE_RULES))


def names_of(keys: Collection[int]) -> dict[int, str]:
    """Names by inner key."""
    query = select(Person.id, Person.name).where(Person.id.in_(keys)).order_by(Person.id)
    return {key: name for key, name in session.execute(query)} if keys else {}  # noqa: C416  (rows are not pairs to mypy)


def last_told(people: Sequence[int]) -> dict[tuple[int, str, Audience], date]:
    """When each audience was last told of each requirement of these people (inner keys): (person, rule, as what) → day."""
    row = TrainingReminder
    query = (
        select(row.person_id, row.lineage, row.audience, func.max(row.day))
        .where(row.person_id.in_(people))
        .group_by(row.person_id, row.lineage, row.audience)
        .order_by(row.person_id, row.lineage, row.audience)
    )
    return {(person, str(lineage), audience): day for person, lineage, audience, day in session.execute(query)}
