"""Erasing who somebody was: the row stays for what points at it."""

from sqlalchemy import or_, select

from core.db import session
from core.people.models import Employment, Person, RoleGrant

NOBODY = "-"  # the name of somebody whose data was deleted


def is_colleague(person: Person) -> bool:
    """Whether the person works or worked here, or is about to: then other rules keep their data. Who accepted and never began does not."""
    employment = select(Employment.id).where(Employment.person_id == person.id, Employment.superseded_at.is_(None))
    begun = or_(RoleGrant.begins_at.is_(None), RoleGrant.ended_at.is_(None), RoleGrant.begins_at < RoleGrant.ended_at)
    employed = session.scalars(employment.order_by(Employment.id).limit(1)).one_or_none()
    granted = session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == person.id, begun).order_by(RoleGrant.id).limit(1)).one_or_none()
    return employed is not None or granted is not None


def erase_person(person: Person) -> None:
    """Take name, address and phone off the row."""
    person.name, person.email, person.phone = NOBODY, f"{person.public_id.hex}@erased.invalid", ""
    session.flush()
