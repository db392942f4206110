"""Tables of bundles: certificates of many people at once, issued where they are missing and gathered into one file."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.files.models import StoredFile
from core.people.models import Department, Person
from core.workflow import Workflow
from training.catalogue.models import Course
from training.requirements.models import Completion


class BundleForm(StrEnum):
    """What the certificates are gathered into."""

    ZIP = "zip"  # each file as it was issued, so that every seal can still be checked
    MERGED = "merged"  # one PDF to print
    NONE = "none"  # nothing: they are only issued


class BundleState(StrEnum):
    """Where a bundle stands."""

    ISSUING = "issuing"
    GATHERING = "gathering"
    DONE = "done"


class LineState(StrEnum):
    """What became of one completion in a bundle."""

    WAITING = "waiting"
    ISSUED = "issued"  # it had no certificate, and has one now
    FOUND = "found"  # it had one already
    REFUSED = "refused"


S = BundleState
WORKFLOW = Workflow({S.ISSUING: {S.GATHERING, S.DONE}, S.GATHERING: {S.DONE}})


class Bundle(Recorded, Base):
    """Certificates of the completions that fitted when somebody asked for them. The file is kept until `kept_until` and then erased."""

    __tablename__ = "training_bundle"
    __table_args__ = (CheckConstraint("completed_to >= completed_from", name="days_in_order"),)

    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    form: Mapped[BundleForm]
    state: Mapped[BundleState] = mapped_column(default=BundleState.ISSUING)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"), index=True, default=None)  # None: every course
    department_id: Mapped[int | None] = mapped_column(ForeignKey("core_department.id"), index=True, default=None)
    completed_from: Mapped[date]
    completed_to: Mapped[date]
    lanes: Mapped[int] = mapped_column(default=1)  # jobs that work on it at the same time, each on its own lines
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    problem: Mapped[str] = mapped_column(default="")  # why there is no file
    file_id: Mapped[int | None] = mapped_column(ForeignKey("core_file.id"), index=True, default=None)
    kept_until: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    by: Mapped[Person] = relationship(lazy="raise")
    course: Mapped[Course | None] = relationship(lazy="raise")
    department: Mapped[Department | None] = relationship(lazy="raise")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")

    @property
    def is_under_way(self) -> bool:
        """Whether something is still being done."""
        return self.state is not BundleState.DONE

    @property
    def has_file(self) -> bool:
        """Whether the file can be fetched now. Needs `file`."""
        kept = self.kept_until is not None and self.kept_until > now()
        return kept and self.file is not None and self.file.erased_at is None


class BundleLine(Identified, Base):
    """One completion in a bundle. It is dealt with once: who finds it not waiting leaves it alone."""

    __tablename__ = "training_bundle_line"
    __table_args__ = (
        UniqueConstraint("bundle_id", "completion_id"),
        Index("ix_training_bundle_line_next", "bundle_id", "lane", "state", "id"),
    )

    bundle_id: Mapped[int] = mapped_column(ForeignKey("training_bundle.id"))
    completion_id: Mapped[int] = mapped_column(ForeignKey("training_completion.id"), index=True)
    lane: Mapped[int]
    state: Mapped[LineState] = mapped_column(default=LineState.WAITING)
    why: Mapped[str] = mapped_column(default="")  # it was refused

    bundle: Mapped[Bundle] = relationship(lazy="raise")
    completion: Mapped[Completion] = relationship(lazy="raise")
