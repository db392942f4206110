"""Appeals as things that wait for somebody."""

from flask import url_for

from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from training.appeals.policy import sees_appeals
from training.appeals.queries import appeals_to_decide


def appeals_waiting(person: Person) -> list[Waiting]:
    """The appeals somebody may decide, longest waiting first."""
    if not sees_appeals(person):
        return []
    return [
        Waiting(
            title=_("Decide an appeal about an exam"),
            about=_("%(person)s, %(course)s", person=appeal.attempt.person.name, course=appeal.attempt.course.title),
            url=url_for("appeals.show", appeal_id=appeal.public_id),
            kind=_("Training"),
            since=appeal.filed_at,
        )
        for appeal in appeals_to_decide(person)
    ]
