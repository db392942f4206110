"""Tables of what people wrote into the forms of tasks; sensitive answers are kept encrypted with the person's own key."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from onboarding.checklists.models import Task


class TaskAnswer(Identified, Base):
    """What was written into one field of a task's form. `value` is ciphertext where the field is sensitive."""

    __tablename__ = "onboarding_answer"
    __table_args__ = (UniqueConstraint("task_id", "field"),)

    task_id: Mapped[int] = mapped_column(ForeignKey("onboarding_task.id"))
    field: Mapped[str]
    value: Mapped[str]
    is_encrypted: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(default=now)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    task: Mapped[Task] = relationship(lazy="raise")
    written_by: Mapped[Person] = relationship(lazy="raise")
