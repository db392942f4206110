"""Reading what roles ask for, what people can do and what they do about it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.db import session
from core.errors import NotFound
from core.people.models import JobRole, Person
from onboarding.circle import Circle
from onboarding.development.models import AssessedLevel, Competency, DevelopmentAction, ExpectedLevel, Rung
from onboarding.goals.models import Goal, GoalState
from onboarding.goals.queries import get_goals_circle
from onboarding.reviews.models import Side


def competencies() -> Sequence[Competency]:
    """Every competency, by name."""
    return session.scalars(select(Competency).order_by(Competency.name)).all()


def get_role(role_id: UUID) -> JobRole:
    """The job role. Raises NotFound."""
    found = session.scalars(select(JobRole).where(JobRole.public_id == role_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def levels_expected(job_role_id: int) -> dict[int, tuple[str, int]]:
    """What a role asks for: inner key of the competency → its name and the level."""
    query = (
        select(ExpectedLevel)
        .join(Competency, Competency.id == ExpectedLevel.competency_id)
        .where(ExpectedLevel.job_role_id == job_role_id)
        .options(contains_eager(ExpectedLevel.competency))
        .order_by(Competency.name)
    )
    return {row.competency_id: (row.competency.name, row.level) for row in session.scalars(query)}


def expected_rows(job_role_id: int) -> dict[int, ExpectedLevel]:
    """The rows themselves, by competency."""
    query = select(ExpectedLevel).where(ExpectedLevel.job_role_id == job_role_id).order_by(ExpectedLevel.id)
    return {row.competency_id: row for row in session.scalars(query)}


def levels_of(person: Person) -> tuple[dict[int, int], dict[int, int]]:
    """What was assessed last, by competency: by the person, and by the manager."""
    own: dict[int, int] = {}
    seen: dict[int, int] = {}
    query = select(AssessedLevel).where(AssessedLevel.person_id == person.id).order_by(AssessedLevel.assessed_at, AssessedLevel.id)
    for row in session.scalars(query):
        (own if row.side is Side.PERSON else seen)[row.competency_id] = row.level
    return own, seen


def ladder() -> Sequence[Rung]:
    """The career ladder from the lowest step up, with its roles."""
    return session.scalars(select(Rung).options(joinedload(Rung.job_role)).order_by(Rung.position)).all()


def plan_of(person: Person) -> Sequence[DevelopmentAction]:
    """What a person does to develop, by day."""
    query = select(DevelopmentAction).where(DevelopmentAction.person_id == person.id).options(joinedload(DevelopmentAction.competency))
    return session.scalars(query.order_by(DevelopmentAction.due_on, DevelopmentAction.id)).all()


def get_development_action(action_id: UUID, *, viewer: Person) -> tuple[DevelopmentAction, Circle]:
    """One of them with the circle of the viewer. Raises NotFound."""
    query = select(DevelopmentAction).where(DevelopmentAction.public_id == action_id).options(joinedload(DevelopmentAction.person))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found, get_goals_circle(found.person.public_id, viewer=viewer)


def agreed_goals(person: Person) -> Sequence[Goal]:
    """The agreed goals of a person, for choosing one."""
    query = select(Goal).where(Goal.person_id == person.id, Goal.state == GoalState.AGREED).options(selectinload(Goal.versions))
    return session.scalars(query.order_by(Goal.id)).all()
