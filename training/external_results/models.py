"""Tables of results from elsewhere: the file that brought them, and each result."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from core.workflow import Workflow
from training.catalogue.models import Course
from training.requirements.models import Completion


class ImportState(StrEnum):
    """Where a file of results stands."""

    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    DISCARDED = "discarded"


WORKFLOW = Workflow(
    {
        ImportState.CHECKED: {ImportState.RUNNING, ImportState.DISCARDED},
        ImportState.RUNNING: {ImportState.DONE, ImportState.CHECKED},  # back where the file no longer fits
    }
)


class ExternalImport(Identified, Base):
    """A file of results as it was sent. Either every line of it is taken in, or none."""

    __tablename__ = "training_external_import"
    __table_args__ = (CheckConstraint("origin <> ''", name="origin_given"),)

    name: Mapped[str]
    origin: Mapped[str]  # where the records come from, in words
    text: Mapped[str]
    state: Mapped[ImportState] = mapped_column(default=ImportState.CHECKED)
    sent_at: Mapped[datetime] = mapped_column(default=now, index=True)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    problem: Mapped[str] = mapped_column(default="")  # why a confirmed file was not taken in
    taken: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    sent_by: Mapped[Person] = relationship(lazy="raise")


class ExternalResult(Identified, Base):
    """What somebody achieved elsewhere on a day, as a file said. Never changed."""

    __tablename__ = "training_external_result"
    __table_args__ = (UniqueConstraint("person_id", "course_id", "taken_on"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("training_external_import.id"), index=True)
    line: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    taken_on: Mapped[date]
    score: Mapped[str] = mapped_column(default="")  # percent as an exact decimal
    passed: Mapped[bool]
    provider: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    completion_id: Mapped[int | None] = mapped_column(ForeignKey("training_completion.id"), unique=True)

    person: Mapped[Person] = relationship(lazy="raise")
    course: Mapped[Course] = relationship(lazy="raise")
    completion: Mapped[Completion | None] = relationship(lazy="raise")
