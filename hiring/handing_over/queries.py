"""Reading whom a posting can be handed to."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from core.accounts.queries import has_closed_account
from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.people.queries import has_left, has_right
from core.people.rights import Right
from core.web.paging import Page, one_page
from hiring.handing_over.policy import STATES, may_hand_over
from hiring.postings.models import Posting
from hiring.postings.queries import IN_ITS_FORM


def posting_to_hand_over(posting_id: UUID, *, viewer: Person) -> Posting:
    """The posting with its people, for whoever hands postings over; an administrator sees no more of it. Raises NotFound."""
    found = session.scalars(select(Posting).where(Posting.public_id == posting_id).options(*IN_ITS_FORM)).one_or_none()
    if found is None or not may_hand_over(viewer):
        raise NotFound
    return found


def postings_to_hand_over(*, number: int) -> Page[Posting]:
    """One page of the postings that can be handed over, those first whose recruiter or hiring manager can do nothing for them any more."""
    people = (Posting.recruiter_id, Posting.hiring_manager_id)
    gone = or_(*(has_left(key, on=today()) for key in people), *(has_closed_account(key) for key in people))
    query = select(Posting).where(Posting.state.in_(STATES)).options(*IN_ITS_FORM)
    return one_page(query.order_by(gone.desc(), Posting.title, Posting.id), number=number)


def recruiters() -> Sequence[Person]:
    """Everybody who can take a posting over as its recruiter, by name."""
    return _able(Right.WRITE_POSTINGS)


def hiring_managers() -> Sequence[Person]:
    """Everybody who can take a posting over as its hiring manager, by name."""
    return _able(Right.APPROVE_POSTINGS)


def _able(right: Right) -> Sequence[Person]:
    here = select(Person).where(has_right(Person.id, right), ~has_left(Person.id, on=today()), ~has_closed_account(Person.id))
    return session.scalars(here.order_by(Person.name, Person.id)).all()
