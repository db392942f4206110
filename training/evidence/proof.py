"""The audit trail's part of a pack: the events about what it tells, and the hashes of the chain that hold them in their places."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select

from core.audit.models import AuditEvent
from core.audit.record import fields_of
from core.db import session

AT_ONCE = 900


def events_about(subjects: Iterable[UUID], *, known_at: datetime) -> list[tuple[int, str]]:
    """Every event about the rows of these public ids written by the instant: its place in the chain and its line of JSON, by place.

    A line holds all its hash covers, the hash before it and its own; what is personal is in it as it was hashed, encrypted.
    """
    query = (
        select(AuditEvent)
        .where(AuditEvent.subject_id.in_(bindparam("subjects", type_=Uuid, expanding=True)), AuditEvent.at <= known_at)
        .order_by(AuditEvent.id)
    )
    found: dict[int, str] = {}
    wanted = list(dict.fromkeys(subjects))
    for start in range(0, len(wanted), AT_ONCE):
        for event in session.scalars(query, {"subjects": wanted[start : start + AT_ONCE]}):
            found[event.id] = _line(event)
    return sorted(found.items())


def _line(event: AuditEvent) -> str:
    told = {**fields_of(event), "at": event.at.isoformat(timespec="microseconds"), "previous_hash": event.previous_hash, "hash": event.hash}
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def spine(first: int, *, known_at: datetime) -> Iterator[tuple[int, str]]:
    """Place and hash of every event from the one before `first` to the last written by the instant."""
    query = select(AuditEvent.id, AuditEvent.hash).where(AuditEvent.id >= first - 1, AuditEvent.id <= _last(known_at)).order_by(AuditEvent.id)
    for row in session.execute(query.execution_options(yield_per=5000)):
        yield row.id, row.hash


def _last(known_at: datetime) -> int:
    return session.scalars(select(func.max(AuditEvent.id)).where(AuditEvent.at <= known_at)).one() or 0
