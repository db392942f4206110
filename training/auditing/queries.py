"""Reading what access auditors have, and what they looked at."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person, RoleGrant
from core.people.queries import people_with_role
from core.people.rights import Role
from core.web.paging import Page, one_page
from training.auditing.models import AuditGrant, AuditLook

_WITH = (joinedload(AuditGrant.auditor), joinedload(AuditGrant.given_by), joinedload(AuditGrant.ended_by))


def grants_page(*, number: int) -> Page[AuditGrant]:
    """One page of the access given so far, newest first."""
    return one_page(select(AuditGrant).options(*_WITH).order_by(AuditGrant.id.desc()), number=number)


def get_grant(grant_id: UUID) -> AuditGrant:
    """The grant, with auditor and who gave it. Raises NotFound."""
    found = session.scalars(select(AuditGrant).where(AuditGrant.public_id == grant_id).options(*_WITH)).one_or_none()
    if found is None:
        raise NotFound
    return found


def running_grants(auditor: Person, *, at: datetime) -> Sequence[AuditGrant]:
    """The auditor's access that runs at the instant, held until the transaction ends."""
    query = select(AuditGrant).where(AuditGrant.auditor_id == auditor.id, AuditGrant.ended_at.is_(None), AuditGrant.ends_at > at)
    return session.scalars(query.order_by(AuditGrant.id).with_for_update()).all()


def lock_role(auditor: Person) -> RoleGrant | None:
    """The auditor's role, held until the transaction ends."""
    query = select(RoleGrant).where(RoleGrant.person_id == auditor.id, RoleGrant.role == Role.AUDITOR, RoleGrant.ended_at.is_(None))
    return session.scalars(query.with_for_update()).one_or_none()


def auditors() -> Sequence[Person]:
    """Everybody with the role, by name."""
    return people_with_role(Role.AUDITOR)


def looks_page(grant: AuditGrant, *, number: int) -> Page[AuditLook]:
    """One page of what was looked at under the grant, newest first."""
    query = select(AuditLook).where(AuditLook.grant_id == grant.id)
    return one_page(query.order_by(AuditLook.at.desc(), AuditLook.id.desc()), number=number)


def looks_of(keys: Sequence[int]) -> dict[int, int]:
    """How many pages were looked at under each grant (inner key)."""
    query = select(AuditLook.grant_id, func.count()).where(AuditLook.grant_id.in_(keys)).group_by(AuditLook.grant_id)
    return {key: count for key, count in session.execute(query.order_by(AuditLook.grant_id)) if key is not None}
