"""Reading the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, load_only

from core.audit.models import AuditEvent, PersonKey
from core.audit.record import decrypt_for
from core.db import session
from core.people.concealing import called_meanwhile
from core.people.models import Person
from core.web.i18n import _
from core.web.paging import Page


@dataclass(frozen=True)
class TrailLine:
    """One event as a person reads it: `changes` are pairs of a field and what it became, erased values left out."""

    number: int
    at: datetime
    name: str
    actor: str
    person: str
    person_id: Any
    subject: str
    changes: list[tuple[str, str]]
    reason: str
    hash: str


def _plain(value: object) -> str:
    if isinstance(value, list) and len(value) == 2:
        return f"{_plain(value[0])} → {_plain(value[1])}"
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value is None or value == "" else str(value)


def _line(event: AuditEvent, keys: dict[int, bytes], called: dict[int, str]) -> TrailLine:
    changes = dict(event.changes)
    hidden = changes.pop("encrypted", {})
    hidden_reason = changes.pop("encrypted_reason", None)
    key = keys.get(event.person_id or 0)
    if event.person_id in called:  # what tells who it is stays closed as long as the name does
        hidden, hidden_reason = {}, None
    shown = [(field, _plain(value)) for field, value in changes.items()]
    shown += [(field, opened) for field, value in hidden.items() if (opened := decrypt_for(key, value)) is not None]
    reason = event.reason or (decrypt_for(key, hidden_reason) if hidden_reason else None) or ""
    return TrailLine(
        number=event.id,
        at=event.at,
        name=event.name,
        actor=called.get(event.actor.id, event.actor.name) if event.actor else "",
        person=called.get(event.person.id, event.person.name) if event.person else "",
        person_id=event.person.public_id if event.person else None,
        subject=event.subject,
        changes=shown,
        reason=reason,
        hash=event.hash,
    )


def _lines(events: Sequence[AuditEvent]) -> list[TrailLine]:
    about = {event.person_id for event in events if event.person_id is not None}
    keys: dict[int, bytes] = {}
    if about:
        for kept in session.scalars(select(PersonKey).where(PersonKey.person_id.in_(about)).order_by(PersonKey.person_id)):
            keys[kept.person_id] = kept.key
    called = called_meanwhile(about | {event.actor_id for event in events if event.actor_id is not None})
    return [_line(event, keys, called) for event in events]


def _selected(*, person: Person | None, name: str, day: date | None, zone: str) -> Select[AuditEvent]:
    named = load_only(Person.public_id, Person.name)
    query = select(AuditEvent).options(joinedload(AuditEvent.actor).options(named), joinedload(AuditEvent.person).options(named))
    if person is not None:
        query = query.where(AuditEvent.person_id == person.id)
    if name:
        query = query.where(AuditEvent.name.startswith(name, autoescape=True))
    if day is not None:
        begin = datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))
        query = query.where(AuditEvent.at >= begin, AuditEvent.at < begin + timedelta(days=1))
    return query.order_by(AuditEvent.id.desc())


def trail(
    *, person: Person | None = None, name: str = "", day: date | None = None, zone: str = "UTC", number: int = 1, size: int = 50
) -> Page[TrailLine]:
    """One page of the trail, newest first; of one person, of event names beginning so, of one day in the zone."""
    query = _selected(person=person, name=name, day=day, zone=zone).limit(size + 1).offset((number - 1) * size)
    events = session.scalars(query).all()
    return Page(_lines(events[:size]), number, len(events) > size)


def key_of(person_id: int) -> bytes | None:
    """The key that opens what is kept encrypted about a person; None when there is none, or it has been erased."""
    found = session.get(PersonKey, person_id)
    return None if found is None else found.key
