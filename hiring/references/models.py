"""The table of references."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person


class Reference(Identified, Base):
    """What somebody who has worked with the candidate said, as a colleague noted it. It stays as it was noted."""

    __tablename__ = "hiring_reference"

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    referee: Mapped[str]
    relation: Mapped[str] = mapped_column(default="")  # such as: manager at an earlier bank, 2019 to 2022
    text: Mapped[str]
    noted_at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    by: Mapped[Person] = relationship(lazy="raise")
