"""Choosing a colleague by typing: a part of the name, the name with the address as the suggestions write it, or a public id."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from core.db import session
from core.errors import Invalid
from core.people.models import Employment, Person
from core.people.search import name_contains
from core.web.i18n import _

SUGGESTED = 12
WITH_ADDRESS = re.compile(r".*\(([^()\s]+@[^()\s]+)\)\s*")


def text_of(person: Person | None) -> str:
    """The person as suggestions write them: the name with the address, which tells two of one name apart."""
    return "" if person is None else f"{person.name} ({person.email})"


def suggestions(words: str, *, on: date, among: Select[int] | None = None) -> Sequence[Person]:
    """The first of those employed on the day whose name contains the words, by name; only those of the keys `among`."""
    words = words.strip()[:80]
    condition = name_contains(words) if among is None else and_(name_contains(words), Person.id.in_(among))
    return _found(condition, on=on, limit=SUGGESTED) if words else []


def choose_person(text: str | None, *, on: date, field: str, besides: Collection[Person] = (), also: Iterable[Person | None] = ()) -> Person | None:
    """Who is meant, of those employed on the day or in `also`; None for an empty text. Raises Invalid at the field when nobody or several are."""
    text = (text or "").strip()[:300]
    if not text:
        return None
    extra = [person for person in also if person is not None]
    found = [person for person in extra if text in (text_of(person), str(person.public_id))] or _meant(text, on=on)
    without = {person.id for person in besides}
    possible = [person for person in found if person.id not in without]
    if len(possible) == 1:
        return possible[0]
    if possible:
        names = ", ".join(text_of(person) for person in possible[:5])
        raise Invalid(_("Several people fit: %(names)s. Type the name with the address.", names=names), field=field)
    if found:
        raise Invalid(_("%(name)s cannot be chosen here. Choose somebody else.", name=found[0].name), field=field)
    raise Invalid(_("Nobody of this name works here on that day. Type another part of the name."), field=field)


def _meant(text: str, *, on: date) -> Sequence[Person]:
    address = WITH_ADDRESS.fullmatch(text)
    if address is not None or "@" in text:
        return _found(func.lower(Person.email) == (address.group(1) if address else text).lower(), on=on, limit=2)
    try:
        return _found(Person.public_id == UUID(text), on=on, limit=1)
    except ValueError:
        found = _found(name_contains(text), on=on, limit=6)
        return [person for person in found if person.name.casefold() == text.casefold()] or found


def _found(condition: ColumnElement[bool], *, on: date, limit: int) -> Sequence[Person]:
    employed = select(Employment.person_id).where(
        Employment.superseded_at.is_(None), Employment.valid_from <= on, or_(Employment.valid_to.is_(None), Employment.valid_to >= on)
    )
    query = select(Person).where(condition, Person.id.in_(employed))
    return session.scalars(query.order_by(Person.name, Person.id).limit(limit)).all()
