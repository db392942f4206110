"""The audit trail: events in a chain of hashes, and the keys that hide what is personal in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, LargeBinary, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from core.people.models import Person


class AuditEvent(Base):
    """One thing somebody did. `changes` holds ids and enum values as they are, personal values encrypted."""

    __tablename__ = "core_audit_event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # position in the chain, from 1
    at: Mapped[datetime] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(index=True)  # <package>.<noun>.<past>
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)  # whom it is about
    subject: Mapped[str]  # table of the thing
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    changes: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(default="")
    request_id: Mapped[str] = mapped_column(default="")
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)

    actor: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[actor_id])
    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])


class AuditHead(Base):
    """The end of the chain. One row, locked while events are added."""

    __tablename__ = "core_audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    hash: Mapped[str]


class PersonKey(Base):
    """The key with which one person's values in the trail are encrypted. Erasing it erases them."""

    __tablename__ = "core_person_key"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)


SQLITE_GUARDS = [
    f"CREATE TRIGGER core_audit_event_no_{verb.lower()} BEFORE {verb} ON core_audit_event "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL_GUARDS = [
    "CREATE OR REPLACE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$",
    "CREATE TRIGGER core_audit_event_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON core_audit_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse()",
]

for statement in SQLITE_GUARDS:
    event.listen(AuditEvent.__table__, "after_create", DDL(statement).execute_if(dialect="sqlite"))
for statement in POSTGRESQL_GUARDS:
    event.listen(AuditEvent.__table__, "after_create", DDL(statement).execute_if(dialect="postgresql"))
event.listen(AuditHead.__table__, "after_create", DDL(f"INSERT INTO core_audit_head (id, last_id, hash) VALUES (1, 0, '{'0' * 64}')"))
