"""Where in onboarding something may wait for a person: conditions that hold whenever something does, and cost next to nothing to ask."""

from sqlalchemy import ColumnElement, exists, false, or_, true

from core.clock import now, today
from core.people.models import Employment, Person
from core.people.rights import Right
from onboarding.feedback.models import Feedback
from onboarding.goals.queries import has_proposals
from onboarding.mentors.queries import has_session_at_risk
from onboarding.programmes.queries import has_somebody_at_a_gate
from onboarding.reviews.models import UNFINISHED, Review, ReviewAction


def may_wait(person: Person) -> dict[str, ColumnElement[bool]]:
    """By the names of `onboarding.public.waiting_for`'s sources."""
    led = exists().where(Employment.person_id == Review.person_id, Employment.manager_id == person.id, Employment.superseded_at.is_(None))
    whose = true() if person.may(Right.RUN_ONBOARDING) else or_(Review.person_id == person.id, led)
    return {
        "tasks": true(),
        "sessions": true(),
        "gates": has_somebody_at_a_gate(person) if person.may(Right.SEE_ONBOARDING) else false(),
        "mentors": has_session_at_risk(person, at=now()) if person.may(Right.SCHEDULE_SHADOWING) else false(),
        "reviews": exists().where(Review.state.in_(UNFINISHED), whose),
        "agreed": exists().where(ReviewAction.owner_id == person.id, ReviewAction.done_at.is_(None)),
        "goals": has_proposals(person, on=today(person.time_zone)),
        "feedback": exists().where(Feedback.author_id == person.id, Feedback.given_at.is_(None), Feedback.declined_at.is_(None)),
        "pulse": true() if person.may(Right.FOLLOW_ONBOARDING) else false(),
    }
