"""What is done with talent pools: made, filled, and emptied again."""

from core.audit.record import record
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.folding import folded
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.pools import policy
from hiring.pools.models import Pool, PoolMember
from hiring.pools.queries import find_member, find_pool
from hiring.postings.policy import can_see


def make_pool(name: str, purpose: str, *, by: Person) -> Pool:
    """Make a pool, which whoever makes it owns. Raises Conflict when there is one of that name."""
    _insist(by)
    name = one_line(name)
    if not folded(name):
        raise Invalid(_("A pool needs a name."), field="name")
    if find_pool(name) is not None:
        raise Conflict(_("There is a pool of that name already. Add to that one."))
    pool = Pool(name=name, folded=folded(name), purpose=purpose.strip(), owner_id=by.id)
    session.add(pool)
    session.flush()
    record("hiring.pool.made", pool, by=by)
    return pool


def add_to_pool(pool: Pool, application: Application, *, reason: str, by: Person) -> PoolMember:
    """Put an application's candidate into a pool, with the reason. Once more keeps the first line.

    Needs `candidate.person` and `posting.members`.
    """
    _insist(by)
    if not can_see(by, application.posting):
        raise NotAllowed(_("You add only candidates whose applications you see."))
    if not reason.strip():
        raise Invalid(_("Say why this person should be remembered."), field="reason")
    known = find_member(pool, application)
    if known is not None:
        return known
    member = PoolMember(pool_id=pool.id, application_id=application.id, reason=reason.strip(), by_id=by.id)
    session.add(member)
    session.flush()
    record("hiring.pool_member.added", member, by=by, person=application.candidate.person, changes={"pool": pool.id}, reason=reason.strip())
    return member


def remove_from_pool(member: PoolMember, *, by: Person) -> None:
    """Take a candidate out of a pool. Needs the member's application with candidate and person."""
    _insist(by)
    record("hiring.pool_member.removed", member, by=by, person=member.application.candidate.person, changes={"pool": member.pool_id})
    session.delete(member)
    session.flush()


def _insist(by: Person) -> None:
    if not policy.can_use(by):
        raise NotAllowed(_("Only those who see applications keep talent pools."))
