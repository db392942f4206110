"""Reading role profiles."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.db import session
from core.errors import NotFound
from core.people.models import JobRole
from hiring.offers.models import OfferTemplate
from hiring.postings.models import Posting
from hiring.profiles.models import RoleProfile

_WHOLE = (
    joinedload(RoleProfile.job_role),
    joinedload(RoleProfile.letter),
    selectinload(RoleProfile.criteria),
    selectinload(RoleProfile.questions),
)


def profiles() -> Sequence[RoleProfile]:
    """Every role profile with its criteria and questions, by role and language. There is at most one for a role and language."""
    query = select(RoleProfile).join(RoleProfile.job_role).options(contains_eager(RoleProfile.job_role), *_WHOLE[1:])
    return session.scalars(query.order_by(JobRole.name, RoleProfile.language)).all()


def profiles_for_choice() -> Sequence[RoleProfile]:
    """Every role profile with its role alone, for a choice."""
    query = select(RoleProfile).join(RoleProfile.job_role).options(contains_eager(RoleProfile.job_role))
    return session.scalars(query.order_by(JobRole.name, RoleProfile.language)).all()


def get_profile(profile_id: UUID) -> RoleProfile:
    """The role profile with all that belongs to it. Raises NotFound."""
    found = session.scalars(select(RoleProfile).where(RoleProfile.public_id == profile_id).options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_profile(*, job_role_id: int, language: str) -> RoleProfile | None:
    """The profile of a role in a language, with all that belongs to it."""
    query = select(RoleProfile).where(RoleProfile.job_role_id == job_role_id, RoleProfile.language == language)
    return session.scalars(query.options(*_WHOLE)).one_or_none()


def letter_for(posting: Posting) -> OfferTemplate | None:
    """The letter that offers for this posting begin with, if its role's profile names one."""
    query = select(OfferTemplate).join(RoleProfile, RoleProfile.letter_id == OfferTemplate.id)
    return session.scalars(query.where(RoleProfile.job_role_id == posting.job_role_id, RoleProfile.language == posting.language)).one_or_none()
