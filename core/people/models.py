"""Persons, where they belong and what they may do."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, UniqueConstraint, delete, event, false, insert, inspect, text
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship, validates

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.folding import folded, words_of
from core.people.rights import RIGHTS_BEFORE, RIGHTS_OF, RIGHTS_WITHIN_SCOPE, RIGHTS_WITHOUT_ACCESS, Right, Role

BYTEWISE = String().with_variant(String(collation="C"), "postgresql")  # sorted alike on both databases, for ranges of an index


class Company(Identified, Base):
    """The employer, as candidates and new hires read about it. There is one row."""

    __tablename__ = "core_company"

    name: Mapped[str]
    culture: Mapped[str] = mapped_column(default="")
    vision: Mapped[str] = mapped_column(default="")
    mission: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default="BRL")
    locale: Mapped[str] = mapped_column(default="pt_BR")
    needs_requisition: Mapped[bool] = mapped_column(default=False, server_default=false())  # whether a posting begins with an approved requisition
    asks_survey: Mapped[bool] = mapped_column(default=False, server_default=false())  # whether candidates are asked about equal opportunity
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Department(Identified, Base):
    """A part of the company."""

    __tablename__ = "core_department"

    name: Mapped[str] = mapped_column(unique=True)


class Location(Identified, Base):
    """A place of work: it decides holidays and the time zone."""

    __tablename__ = "core_location"

    name: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")  # ISO 3166-2 subdivision without the country, such as SP
    postal_code: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="BR")  # ISO 3166-1 alpha-2
    time_zone: Mapped[str] = mapped_column(default="America/Sao_Paulo")


class JobRole(Identified, Base):
    """What a person is employed as, such as a relationship manager."""

    __tablename__ = "core_job_role"

    name: Mapped[str] = mapped_column(unique=True)
    duties: Mapped[str] = mapped_column(default="")


def _folded_name(context: Any) -> str:
    return folded(context.get_current_parameters()["name"])


class Person(Recorded, Base):
    """A human being the company knows: a candidate, a colleague, or both one after the other."""

    __tablename__ = "core_person"

    name: Mapped[str]
    searchable: Mapped[str] = mapped_column(default=_folded_name, index=True)  # the name without case and accents
    email: Mapped[str] = mapped_column(index=True)
    phone: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="pt_BR")
    time_zone: Mapped[str] = mapped_column(default="America/Sao_Paulo")
    version: Mapped[int] = mapped_column()

    grants: Mapped[list["RoleGrant"]] = relationship(
        lazy="raise",
        back_populates="person",
        foreign_keys="RoleGrant.person_id",
        primaryjoin="and_(RoleGrant.person_id == Person.id, RoleGrant.ended_at.is_(None))",
    )

    __mapper_args__ = {"version_id_col": version}

    @validates("name")
    def _search_by_it(self, _field: str, name: str) -> str:
        self.searchable = folded(name)
        return name

    @property
    def roles(self) -> frozenset[Role]:
        """The roles the person holds now. Needs `grants` to be loaded."""
        return frozenset(grant.role for grant in self.grants if grant.ended_at is None)

    @property
    def rights(self) -> frozenset[Right]:
        """The rights the person's roles carry, before their day only what can be done ahead of it. Needs `grants` to be loaded."""
        return frozenset().union(*(grant.rights for grant in self.grants if grant.ended_at is None))

    def may(self, right: Right) -> bool:
        """Whether the person has the right. Needs `grants` to be loaded."""
        return right in self.rights


class PersonWord(Base):
    """A word of a person's name, so that people are found by how any of its words begins."""

    __tablename__ = "core_person_word"
    __table_args__ = (Index("ix_core_person_word_word_person_id", "word", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)


def rows_of_words(key: int, name: str) -> list[dict[str, Any]]:
    """What `PersonWord` keeps of a person with this inner key and name."""
    return [{"person_id": key, "word": word} for word in words_of(name)]


@event.listens_for(Person, "after_insert")
def _keep_words(mapper: Any, connection: Connection, person: Person) -> None:
    if rows := rows_of_words(person.id, person.name):
        connection.execute(insert(PersonWord), rows)


@event.listens_for(Person, "after_update")
def _keep_words_of_new_name(mapper: Any, connection: Connection, person: Person) -> None:
    if inspect(person).attrs.searchable.history.has_changes():
        connection.execute(delete(PersonWord).where(PersonWord.person_id == person.id))
        _keep_words(mapper, connection, person)


class RoleGrant(Identified, Base):
    """A role held by a person, from one instant to another."""

    __tablename__ = "core_role_grant"
    __table_args__ = (
        Index(
            "uq_core_role_grant_open",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    role: Mapped[Role]
    granted_at: Mapped[datetime] = mapped_column(default=now)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    begins_at: Mapped[datetime | None] = mapped_column(default=None)  # day one of a new hire; None: at once
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    access_until: Mapped[datetime | None] = mapped_column(default=None)  # of a role that needs access given for a time; None: none was given
    is_narrow: Mapped[bool] = mapped_column(default=False, server_default=false())  # that access is limited to a scope

    person: Mapped[Person] = relationship(lazy="raise", back_populates="grants", foreign_keys=[person_id])

    @property
    def rights(self) -> frozenset[Right]:
        """What the role allows now."""
        if self.role in RIGHTS_WITHOUT_ACCESS:
            if self.access_until is None or self.access_until <= now():
                return RIGHTS_WITHOUT_ACCESS[self.role]
            return RIGHTS_WITHIN_SCOPE[self.role] if self.is_narrow else RIGHTS_OF[self.role]
        begun = self.begins_at is None or self.begins_at <= now()
        return RIGHTS_OF[self.role] if begun else RIGHTS_BEFORE.get(self.role, frozenset())


class EmploymentType(StrEnum):
    """The kind of contract, in schema.org's vocabulary."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    CONTRACTOR = "contractor"
    TEMPORARY = "temporary"
    INTERN = "intern"


class Employment(Identified, Base):
    """A stretch of days in which a person has one job role, in one department and place, under one manager.

    Rows are never overwritten: a move closes one (`valid_to`, the last day) and opens the next. A row learnt to be wrong
    is superseded (`superseded_at`), so that what was believed on any day can be told.
    """

    __tablename__ = "core_employment"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days_in_order"),
        UniqueConstraint("person_id", "valid_from", "recorded_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    job_role_id: Mapped[int] = mapped_column(ForeignKey("core_job_role.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("core_department.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("core_location.id"), index=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    employment_type: Mapped[EmploymentType] = mapped_column(default=EmploymentType.FULL_TIME)
    hired_on: Mapped[date]  # first day of the whole employment, through every move
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(default=None)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    manager: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[manager_id])
    job_role: Mapped[JobRole] = relationship(lazy="raise")
    department: Mapped[Department] = relationship(lazy="raise")
    location: Mapped[Location] = relationship(lazy="raise")
    ends: WriteOnlyMapped["EmploymentEnd"] = relationship(back_populates="employment", order_by="EmploymentEnd.id")

    def end_with(self, last_day: date | None) -> None:
        """Let it end with a day, or go on without an end (None), and keep since when that is known."""
        self.valid_to = last_day
        self.ends.add(EmploymentEnd(last_day=last_day))


class EmploymentEnd(Identified, Base):
    """What was known of an employment's last day from an instant on: the latest of these holds. None: it goes on."""

    __tablename__ = "core_employment_end"

    employment_id: Mapped[int] = mapped_column(ForeignKey("core_employment.id"), index=True)
    last_day: Mapped[date | None] = mapped_column(default=None)
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    employment: Mapped[Employment] = relationship(lazy="raise", back_populates="ends")
