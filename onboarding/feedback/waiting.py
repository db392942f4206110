"""What waits for a person in feedback: answers they were asked for."""

from flask import url_for

from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from onboarding.feedback.queries import asked_of


def feedback_waiting_for(person: Person) -> list[Waiting]:
    """Feedback the person was asked for."""
    return [
        Waiting(
            title=_("Give the feedback you were asked for"),
            about=row.receiver.name,
            url=url_for("feedback.show", feedback_id=row.public_id),
            kind=_("First ninety days"),
            since=row.asked_at,
        )
        for row in asked_of(person)
    ]
