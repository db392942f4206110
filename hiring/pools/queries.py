"""Reading talent pools; of their members, those the viewer may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from core.db import session
from core.errors import NotFound
from core.people.folding import folded
from core.people.models import Person
from core.web.paging import Page, one_page
from hiring.applications.models import Application, Candidate
from hiring.applications.queries import sees_application
from hiring.pools.models import Pool, PoolMember
from hiring.postings.models import Posting


def pools() -> Sequence[Pool]:
    """Every pool with its owner, by name."""
    return session.scalars(select(Pool).options(joinedload(Pool.owner)).order_by(Pool.folded, Pool.id)).all()


def counts(viewer: Person) -> dict[int, int]:
    """How many members of each pool the viewer may see, by its inner key."""
    query = (
        select(PoolMember.pool_id, func.count())
        .join(PoolMember.application)
        .join(Posting, Posting.id == Application.posting_id)
        .where(sees_application(viewer))
        .group_by(PoolMember.pool_id)
        .order_by(PoolMember.pool_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def get_pool(pool_id: UUID) -> Pool:
    """The pool with this public id. Raises NotFound."""
    found = session.scalars(select(Pool).where(Pool.public_id == pool_id).options(joinedload(Pool.owner))).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_pool(name: str) -> Pool | None:
    """The pool of this name, whatever its case and accents."""
    return session.scalars(select(Pool).where(Pool.folded == folded(name))).one_or_none()


def members_page(pool: Pool, viewer: Person, *, number: int) -> Page[PoolMember]:
    """One page of the pool's members that the viewer may see, newest first."""
    query = (
        select(PoolMember)
        .join(PoolMember.application)
        .join(Application.posting)
        .where(PoolMember.pool_id == pool.id, sees_application(viewer))
        .options(
            joinedload(PoolMember.by),
            contains_eager(PoolMember.application).contains_eager(Application.posting),
            contains_eager(PoolMember.application).joinedload(Application.candidate).joinedload(Candidate.person),
        )
    )
    return one_page(query.order_by(PoolMember.added_at.desc(), PoolMember.id.desc()), number=number, size=25)


def get_member(member_id: UUID, pool: Pool, *, viewer: Person) -> PoolMember:
    """The pool's member with this public id, if the viewer may see the application. Raises NotFound."""
    query = (
        select(PoolMember)
        .join(PoolMember.application)
        .join(Posting, Posting.id == Application.posting_id)
        .where(PoolMember.public_id == member_id, PoolMember.pool_id == pool.id, sees_application(viewer))
        .options(contains_eager(PoolMember.application).joinedload(Application.candidate).joinedload(Candidate.person))
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_member(pool: Pool, application: Application) -> PoolMember | None:
    """The line that says that the application is in the pool."""
    return session.scalars(select(PoolMember).where(PoolMember.pool_id == pool.id, PoolMember.application_id == application.id)).one_or_none()
