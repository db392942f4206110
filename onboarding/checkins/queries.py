"""Reading check-ins: only the two who talk."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page
from onboarding.checkins.models import CheckIn, CheckInState
from onboarding.circle import Circle, get_circle

_WHOLE = (joinedload(CheckIn.person), joinedload(CheckIn.manager), joinedload(CheckIn.booking))


def get_talking_circle(person_id: UUID, *, viewer: Person) -> Circle:
    """The new hire, for themselves and their manager. Raises NotFound for everybody else."""
    circle = get_circle(person_id, viewer=viewer)
    if not (circle.is_own or circle.leads):
        raise NotFound
    return circle


def check_ins_of(person: Person, *, viewer: Person, number: int) -> Page[CheckIn]:
    """One page of a new hire's check-ins that the viewer is in, latest first."""
    mine = or_(CheckIn.person_id == viewer.id, CheckIn.manager_id == viewer.id)
    query = select(CheckIn).where(CheckIn.person_id == person.id, mine).options(*_WHOLE)
    return one_page(query.order_by(CheckIn.starts_at.desc(), CheckIn.id.desc()), number=number, size=20)


def get_check_in(check_in_id: UUID, *, viewer: Person) -> CheckIn:
    """The check-in, for the two who talk. Raises NotFound."""
    mine = or_(CheckIn.person_id == viewer.id, CheckIn.manager_id == viewer.id)
    found = session.scalars(select(CheckIn).where(CheckIn.public_id == check_in_id, mine).options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def ahead(at: datetime) -> Sequence[CheckIn]:
    """Every planned check-in that is still to come."""
    query = select(CheckIn).where(CheckIn.state == CheckInState.PLANNED, CheckIn.starts_at > at).options(*_WHOLE)
    return session.scalars(query.order_by(CheckIn.id)).all()
