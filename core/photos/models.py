"""The table of people's photos."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Recorded
from core.files.models import StoredFile
from core.people.models import Person


class Photo(Recorded, Base):
    """The photo a person has put up of themselves: a small square that the product has drawn anew, never the file they sent."""

    __tablename__ = "core_photo"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), unique=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"), index=True)

    person: Mapped[Person] = relationship(lazy="raise")
    file: Mapped[StoredFile] = relationship(lazy="raise")
