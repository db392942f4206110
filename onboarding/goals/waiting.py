"""What waits for a person in goals: proposals of the other side."""

from datetime import date

from flask import url_for

from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from onboarding.goals.queries import proposals_for


def goals_waiting_for(person: Person, *, on: date) -> list[Waiting]:
    """Goals to agree on."""
    return [
        Waiting(
            title=_("Agree on a goal, or refuse it"),
            about=row.specific if row.goal.person_id == person.id else row.goal.person.name,
            url=url_for("goals.show", goal_id=row.goal.public_id),
            kind=_("First ninety days"),
            since=row.proposed_at,
        )
        for row in proposals_for(person, on=on)
    ]
