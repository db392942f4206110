"""Where in onboarding something may wait for a person: conditions that hold whenever something does, and cost next to nothing to ask."""

from sqlalchemy import ColumnElement, exists, false, or_, true

from core.people.models import Employment, Person
from core.people.rights import Right
from onboarding.feedback.models import Feedback
from onboarding.goals.models import Goal, GoalVersion
from onboarding.reviews.models import Review, ReviewAction


def may_wait(person: Person) -> dict[str, ColumnElement[bool]]:
    """By the names of `onboarding.public.waiting_for`'s sources."""
    leads = exists().where(Employment.manager_id == person.id, Employment.superseded_at.is_(None))
    undecided = GoalVersion.agreed_at.is_(None), GoalVersion.refused_at.is_(None)
    own_goals = exists().where(Goal.person_id == person.id, GoalVersion.goal_id == Goal.id, *undecided)
    their_goals = exists().where(
        Employment.manager_id == person.id, Goal.person_id == Employment.person_id, GoalVersion.goal_id == Goal.id, *undecided
    )
    runs = true() if person.may(Right.RUN_ONBOARDING) else false()
    return {
        "tasks": true(),
        "sessions": true(),
        "reviews": or_(exists().where(Review.person_id == person.id), leads, runs),
        "agreed": exists().where(ReviewAction.owner_id == person.id, ReviewAction.done_at.is_(None)),
        "goals": or_(own_goals, their_goals, runs),
        "feedback": exists().where(Feedback.author_id == person.id, Feedback.given_at.is_(None), Feedback.declined_at.is_(None)),
        "pulse": true(),
    }
