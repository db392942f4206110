"""Writing the audit trail: events are gathered while a transaction runs and chained just before it commits."""

import base64
import json
import os
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session, SessionTransaction
from structlog.contextvars import get_contextvars

from core.audit.chain import canonical, link
from core.audit.models import AuditEvent, AuditHead, PersonKey
from core.clock import now
from core.db import session
from core.people.models import Person

PENDING = "audit_pending"
BEFORE = "audit_before_savepoints"  # how many were gathered when each savepoint began


class Subject(Protocol):
    """A row an event can be about."""

    __tablename__: str
    public_id: Any


@dataclass
class _Pending:
    name: str
    actor: Person | None
    person: Person | None
    subject: Any
    changes: dict[str, Any]
    personal: dict[str, str]
    reason: str
    at: Any = field(default_factory=now)


def record(
    name: str,
    subject: Subject,
    *,
    by: Person | None,
    person: Person | None = None,
    changes: dict[str, Any] | None = None,
    personal: dict[str, str] | None = None,
    reason: str = "",
) -> None:
    """Add one event to the trail, in the running transaction.

    `name` is `<package>.<noun>.<past>`, `subject` the row it happened to, `by` who did it (None: the system), `person` whom it
    is about. `changes` holds ids, numbers, days and enum values, plain JSON, either a value or `[old, new]`. `personal` holds
    text about `person` (names, addresses); it is encrypted with that person's own key. `reason` is a staff member's sentence,
    encrypted likewise when `person` is given.
    """
    if personal and person is None:
        raise ValueError("personal values need the person they are about")
    session.info.setdefault(PENDING, []).append(_Pending(name, by, person, subject, changes or {}, personal or {}, reason))


def encrypt_for(person: Person, text: str) -> str:
    """Text that only the person's key opens, as base64 of nonce and ciphertext."""
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(_key_of(person)).encrypt(nonce, text.encode(), None)).decode()


def _key_of(person: Person) -> bytes:
    found = session.get(PersonKey, person.id)
    if found is None:
        found = PersonKey(person_id=person.id, key=AESGCM.generate_key(256))
        session.add(found)
    return found.key


def decrypt_for(key: bytes | None, text: str) -> str | None:
    """The text again, or None when the key has been erased."""
    if key is None:
        return None
    raw = base64.b64decode(text)
    return AESGCM(key).decrypt(raw[:12], raw[12:], None).decode()


def fields_of(row: AuditEvent) -> dict[str, Any]:
    """What the hash of an event covers."""
    return {
        "id": row.id,
        "at": row.at,
        "name": row.name,
        "actor": row.actor_id,
        "person": row.person_id,
        "subject": row.subject,
        "subject_id": None if row.subject_id is None else str(row.subject_id),
        "changes": row.changes,
        "reason": row.reason,
        "request_id": row.request_id,
    }


def _row(pending: _Pending, position: int, previous: str) -> AuditEvent:
    subject_id: UUID | None = getattr(pending.subject, "public_id", None)
    changes: dict[str, Any] = json.loads(canonical(pending.changes))
    reason = pending.reason
    if pending.person is not None:
        if pending.personal:
            changes["encrypted"] = {key: encrypt_for(pending.person, value) for key, value in sorted(pending.personal.items())}
        if reason:
            changes["encrypted_reason"] = encrypt_for(pending.person, reason)
            reason = ""
    row = AuditEvent(
        id=position,
        at=pending.at,
        name=pending.name,
        actor_id=None if pending.actor is None else pending.actor.id,
        person_id=None if pending.person is None else pending.person.id,
        subject=pending.subject.__tablename__,
        subject_id=subject_id,
        changes=changes,
        reason=reason,
        request_id=str(get_contextvars().get("request_id", "")),
        previous_hash=previous,
    )
    row.hash = link(previous, fields_of(row))
    return row


def _chain(current: Session) -> None:
    if current.in_nested_transaction():  # only a savepoint: what was gathered is written with all the rest
        return
    waiting: list[_Pending] = current.info.pop(PENDING, [])
    if not waiting:
        return
    current.flush()
    head = current.scalars(select(AuditHead).where(AuditHead.id == 1).with_for_update().execution_options(populate_existing=True)).one()
    for pending in waiting:
        row = _row(pending, head.last_id + 1, head.hash)
        current.add(row)
        head.last_id, head.hash = row.id, row.hash
    current.flush()


def _remember(current: Session, begun: SessionTransaction) -> None:
    if begun.nested:
        current.info.setdefault(BEFORE, {})[begun] = len(current.info.get(PENDING, []))


def _end(current: Session, ended: SessionTransaction) -> None:
    if not ended.nested:  # savepoints end before they are told to have been taken back
        current.info.pop(BEFORE, None)


def _forget(current: Session, ended: SessionTransaction) -> None:
    """What a savepoint took back was not done; what was done before it stands."""
    if ended.nested:
        del current.info.get(PENDING, [])[current.info.get(BEFORE, {}).get(ended, 0) :]
    else:
        current.info.pop(PENDING, None)


event.listen(Session, "before_commit", _chain)
event.listen(Session, "after_soft_rollback", _forget)
event.listen(Session, "after_transaction_create", _remember)
event.listen(Session, "after_transaction_end", _end)


def forget_key(person: Person) -> None:
    """Erase a person's key, and with it every value about them in the trail; the chain still verifies."""
    session.execute(delete(PersonKey).where(PersonKey.person_id == person.id))
