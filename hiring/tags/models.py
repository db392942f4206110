"""Tags, and which candidates carry them."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified


class Tag(Identified, Base):
    """A word for candidates, the same for everybody. `folded` is it without case and accents: "Crédito" and "credito" are one tag."""

    __tablename__ = "hiring_tag"

    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)


class CandidateTag(Identified, Base):
    """That a candidate carries a tag, since when and by whom."""

    __tablename__ = "hiring_candidate_tag"
    __table_args__ = (UniqueConstraint("candidate_id", "tag_id"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("hiring_candidate.id"), index=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("hiring_tag.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    tagged_at: Mapped[datetime] = mapped_column(default=now)

    tag: Mapped[Tag] = relationship(lazy="raise")
