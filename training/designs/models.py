"""Tables of certificate designs: what the paper of a certificate says and looks like."""

from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Recorded
from core.files.models import StoredFile
from training.catalogue.models import Course


class Orientation(StrEnum):
    """How the sheet of A4 lies."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"


_EVERY_COURSE = text("course_id IS NULL")


class CertificateDesign(Recorded, Base):
    """The design of certificates in a language, of one course or of every course without one of its own.

    What was issued keeps its exact bytes, whatever becomes of the design.
    """

    __tablename__ = "training_certificate_design"
    __table_args__ = (
        UniqueConstraint("course_id", "language"),
        Index("uq_training_certificate_design_every", "language", unique=True, sqlite_where=_EVERY_COURSE, postgresql_where=_EVERY_COURSE),
    )

    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"))
    language: Mapped[str]
    orientation: Mapped[Orientation] = mapped_column(default=Orientation.LANDSCAPE)
    heading: Mapped[str]
    body: Mapped[str]  # Markdown with {{merge_fields}}
    signatories: Mapped[list[list[str]]] = mapped_column(JSON)  # name and office of each, in their order
    shows_score: Mapped[bool] = mapped_column(default=True)
    shows_version: Mapped[bool] = mapped_column(default=True)
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("core_file.id"), index=True, default=None)
    version: Mapped[int] = mapped_column()

    course: Mapped[Course | None] = relationship(lazy="raise")
    logo: Mapped[StoredFile | None] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
