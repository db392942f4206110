"""Checking the audit trail from its first event to its last."""

from dataclasses import dataclass

from sqlalchemy import select

from core.audit.chain import START, link
from core.audit.models import AuditEvent, AuditHead
from core.audit.record import fields_of
from core.db import session


@dataclass(frozen=True)
class Verdict:
    """Whether the trail stands, how many events were read, and the first one that does not fit."""

    stands: bool
    events: int
    head: str
    bad_event: int | None = None
    problem: str = ""


def verify_trail() -> Verdict:
    """Recompute every hash in order and compare the end with the kept head."""
    previous, position = START, 0
    for row in session.scalars(select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=1000)):
        position += 1
        if row.id != position:
            return Verdict(False, position - 1, previous, position, f"event {position} is missing")
        if row.previous_hash != previous:
            return Verdict(False, position - 1, previous, row.id, f"event {row.id} does not follow the one before it")
        if row.hash != link(previous, fields_of(row)):
            return Verdict(False, position - 1, previous, row.id, f"event {row.id} was altered")
        previous = row.hash
    head = session.get(AuditHead, 1)
    kept = (0, START) if head is None else (head.last_id, head.hash)
    if kept != (position, previous):
        return Verdict(False, position, previous, position + 1, f"the trail ends at event {position}, but {kept[0]} were written")
    return Verdict(True, position, previous)
