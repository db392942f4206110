"""Table of what was noticed while an exam was sat."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from training.exams.models import Attempt


class FocusLoss(Identified, Base):
    """The exam's page was left for another window or tab, as the browser says. It judges nobody."""

    __tablename__ = "training_focus_loss"
    __table_args__ = (CheckConstraint("seconds >= 0", name="seconds_not_negative"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("training_attempt.id"), index=True)
    noted_at: Mapped[datetime] = mapped_column(default=now)  # when the page was back and said so
    seconds: Mapped[int]  # how long it was away, by the browser's clock

    attempt: Mapped[Attempt] = relationship(lazy="raise")
