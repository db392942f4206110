"""Reading goals, for the new hire, their manager and human resources."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.people.rights import Right
from onboarding.circle import Circle, get_circle, reports_to, stands_in_for
from onboarding.goals.models import Actual, Goal, GoalState, GoalVersion
from onboarding.reviews.models import Side

_WHOLE = (
    selectinload(Goal.versions).options(joinedload(GoalVersion.proposed_by), joinedload(GoalVersion.agreed_by)),
    selectinload(Goal.actuals),
)


def get_goals_circle(person_id: UUID, *, viewer: Person) -> Circle:
    """The new hire whose goals these are, for who may read them: not for auditors. Raises NotFound."""
    circle = get_circle(person_id, viewer=viewer)
    if not circle.reads_texts:
        raise NotFound
    return circle


def get_goal(goal_id: UUID, *, viewer: Person) -> tuple[Goal, Circle]:
    """The goal with versions and figures, and the circle of the viewer. Raises NotFound."""
    found = session.scalars(select(Goal).where(Goal.public_id == goal_id).options(joinedload(Goal.person), *_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    return found, get_goals_circle(found.person.public_id, viewer=viewer)


def goals_of(person: Person) -> Sequence[Goal]:
    """The goals of a new hire, the ended last, with versions and figures."""
    query = select(Goal).where(Goal.person_id == person.id).options(*_WHOLE)
    return session.scalars(query.order_by(Goal.state == GoalState.ENDED, Goal.id)).all()


def hold_goals(person: Person) -> None:
    """Lock the new hire's goals until the transaction ends, so that two agreements are counted one after the other."""
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True)).all()


def agreed_weight(person: Person, *, besides: Goal) -> int:
    """How much the agreed goals of a new hire weigh together, without one of them."""
    newest = aliased(GoalVersion)
    latest = select(func.max(newest.number)).where(newest.goal_id == Goal.id, newest.agreed_at.is_not(None)).scalar_subquery()
    query = (
        select(func.coalesce(func.sum(GoalVersion.weight), 0))
        .join(Goal, Goal.id == GoalVersion.goal_id)
        .where(Goal.person_id == person.id, Goal.state == GoalState.AGREED, Goal.id != besides.id, GoalVersion.number == latest)
    )
    return int(session.scalars(query).one())


def weight_together(goals: Iterable[Goal]) -> int:
    """What goals weigh together, agreed on or proposed: of each what was proposed last. Needs `versions`."""
    standing = (goal.proposal or goal.agreed for goal in goals if goal.state is not GoalState.ENDED)
    return sum(version.weight for version in standing if version is not None and not version.ends)


def measured_days(goal: Goal) -> set[date]:
    """The days that have a figure."""
    return set(session.scalars(select(Actual.on).where(Actual.goal_id == goal.id)))


def find_actual(goal: Goal, on: date) -> Actual | None:
    """The figure of a day."""
    return session.scalars(select(Actual).where(Actual.goal_id == goal.id, Actual.on == on)).one_or_none()


def proposals_for(person: Person, *, on: date, limit: int = 20) -> Sequence[GoalVersion]:
    """Proposals that wait for the person's agreement, as new hire or as manager, oldest first, with goal and new hire."""
    query = _proposals(person, on=on).options(contains_eager(GoalVersion.goal).joinedload(Goal.person))
    return session.scalars(query.order_by(GoalVersion.proposed_at, GoalVersion.id).limit(limit)).all()


def has_proposals(person: Person, *, on: date) -> ColumnElement[bool]:
    """The condition that a proposal waits for the person."""
    return _proposals(person, on=on).exists()


def _proposals(person: Person, *, on: date) -> Select[GoalVersion]:
    own = (Goal.person_id == person.id) & (GoalVersion.proposed_side == Side.MANAGER)
    leads = reports_to(person, Goal.person_id, on=on)  # type: ignore[arg-type]
    if person.may(Right.RUN_ONBOARDING):
        leads = or_(leads, stands_in_for(person, Goal.person_id, on=on))  # type: ignore[arg-type]
    led = leads & (GoalVersion.proposed_side == Side.PERSON)
    return (
        select(GoalVersion)
        .join(Goal, Goal.id == GoalVersion.goal_id)
        .where(GoalVersion.agreed_at.is_(None), GoalVersion.refused_at.is_(None), Goal.state != GoalState.ENDED, or_(own, led))
    )
