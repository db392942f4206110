"""Tables of the index of standings: derived from facts, never the truth, thrown away and made anew at will."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base


class StandingSpan(Base):
    """Days on which a person stands the same with a revision of a rule; what nothing is known to change lasts until the last day there is.

    Answers "who stands how on a day" for everybody at once. What one person's page shows is judged from facts, not read here.
    """

    __tablename__ = "training_standing_span"
    __table_args__ = (
        CheckConstraint("until_on >= since_on", name="days_in_order"),
        # who stands so on a day, read from the index alone; the other way round for days long ago
        Index("ix_training_standing_span_until", "rule_id", "state", "until_on", "since_on", "person_id"),
        Index("ix_training_standing_span_since", "rule_id", "state", "since_on", "until_on", "person_id"),
        {"sqlite_with_rowid": False},
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True, autoincrement=False)
    rule_id: Mapped[int] = mapped_column(ForeignKey("training_rule.id"), primary_key=True, autoincrement=False)
    since_on: Mapped[date] = mapped_column(primary_key=True)
    until_on: Mapped[date]
    state: Mapped[str]  # a `Standing`


class DerivedRule(Base):
    """A revision of a rule, as it was when its spans were last derived for everybody."""

    __tablename__ = "training_standing_rule"

    rule_id: Mapped[int] = mapped_column(ForeignKey("training_rule.id"), primary_key=True, autoincrement=False)
    rule_version: Mapped[int]
    derived_at: Mapped[datetime] = mapped_column(default=now)
