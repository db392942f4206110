"""Reading teams."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from core.db import session
from core.errors import NotFound
from onboarding.teams.models import Team, TeamMembership

_MEMBERS = selectinload(Team.memberships).joinedload(TeamMembership.person)


def teams() -> Sequence[Team]:
    """Every team with its people, by name."""
    return session.scalars(select(Team).options(_MEMBERS).order_by(Team.name, Team.id)).all()


def get_team(team_id: UUID) -> Team:
    """The team with its people. Raises NotFound."""
    found = session.scalars(select(Team).where(Team.public_id == team_id).options(_MEMBERS)).one_or_none()
    if found is None:
        raise NotFound
    return found


def name_is_taken(name: str, *, besides: Team | None = None) -> bool:
    """Whether another team has the name."""
    query = select(func.count()).select_from(Team).where(func.lower(Team.name) == name.lower())
    if besides is not None:
        query = query.where(Team.id != besides.id)
    return session.scalars(query).one() > 0
