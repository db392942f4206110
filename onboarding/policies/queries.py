"""Reading policies, their versions and who acknowledged them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from onboarding.policies.models import Acknowledgement, Policy, PolicyVersion


def policies() -> Sequence[Policy]:
    """Every policy, by title."""
    return session.scalars(select(Policy).order_by(Policy.title, Policy.id)).all()


def acknowledgement_counts() -> dict[tuple[int, int], int]:
    """How many people acknowledged each version: (policy, number) → count."""
    query = (
        select(PolicyVersion.policy_id, PolicyVersion.number, func.count(Acknowledgement.id))
        .join(Acknowledgement, Acknowledgement.policy_version_id == PolicyVersion.id)
        .group_by(PolicyVersion.policy_id, PolicyVersion.number)
        .order_by(PolicyVersion.policy_id, PolicyVersion.number)
    )
    return {(policy, number): count for policy, number, count in session.execute(query)}


def get_policy(policy_id: UUID) -> Policy:
    """The policy with its versions, newest first. Raises NotFound."""
    query = select(Policy).where(Policy.public_id == policy_id).options(selectinload(Policy.editions).joinedload(PolicyVersion.published_by))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def version_in_force(policy_id: int) -> PolicyVersion:
    """The newest version of the policy with this inner key, with its policy."""
    query = select(PolicyVersion).where(PolicyVersion.policy_id == policy_id).options(joinedload(PolicyVersion.policy))
    return session.scalars(query.order_by(PolicyVersion.number.desc()).limit(1)).one()


def find_acknowledgement(version: PolicyVersion, person: Person) -> Acknowledgement | None:
    """The person's acknowledgement of exactly this version, if there is one."""
    query = select(Acknowledgement).where(Acknowledgement.policy_version_id == version.id, Acknowledgement.person_id == person.id)
    return session.scalars(query).one_or_none()


def latest_acknowledgement(policy_id: int, person_id: int) -> Acknowledgement | None:
    """The person's latest acknowledgement of any version of the policy, with the version."""
    query = (
        select(Acknowledgement)
        .join(PolicyVersion, PolicyVersion.id == Acknowledgement.policy_version_id)
        .where(PolicyVersion.policy_id == policy_id, Acknowledgement.person_id == person_id)
        .options(joinedload(Acknowledgement.policy_version))
        .order_by(PolicyVersion.number.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def acknowledged_in_force(person: Person, policy_ids: Collection[int]) -> dict[int, datetime]:
    """Of the policies with these inner keys, those whose newest version the person has acknowledged, and when."""
    query = (
        select(Policy.id, Acknowledgement.at)
        .join(PolicyVersion, and_(PolicyVersion.policy_id == Policy.id, PolicyVersion.number == Policy.number))
        .join(Acknowledgement, Acknowledgement.policy_version_id == PolicyVersion.id)
        .where(Policy.id.in_(policy_ids), Acknowledgement.person_id == person.id)
        .order_by(Policy.id)
    )
    return {policy_id: at for policy_id, at in session.execute(query)}  # noqa: C416  (rows are not pairs to mypy)


def title_is_taken(title: str) -> bool:
    """Whether a policy has this title."""
    return session.scalars(select(func.count()).select_from(Policy).where(func.lower(Policy.title) == title.lower())).one() > 0
