"""Locked exams as things that wait for somebody."""

from datetime import date

from flask import url_for

from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from training.locks.policy import sees_locks
from training.locks.queries import locks_to_open


def locks_waiting(person: Person, *, on: date) -> list[Waiting]:
    """The locks somebody may open, longest waiting first."""
    if not sees_locks(person):
        return []
    return [
        Waiting(
            title=_("Open a locked exam again, or not"),
            about=_("%(person)s, %(course)s", person=lock.person.name, course=lock.course.title),
            url=url_for("locks.show", lock_id=lock.public_id),
            kind=_("Training"),
            since=lock.locked_at,
        )
        for lock in locks_to_open(person, on=on)
    ]
