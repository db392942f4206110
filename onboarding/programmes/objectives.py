"""What can be watched, and how: on site or by screen sharing."""

from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identified


class Mode(StrEnum):
    """Where a session takes place."""

    ON_SITE = "on_site"
    REMOTE = "remote"


class Objective(Identified, Base):
    """Something worth watching an experienced colleague do."""

    __tablename__ = "onboarding_objective"

    title: Mapped[str] = mapped_column(unique=True)
    hint: Mapped[str] = mapped_column(default="")  # what to look out for
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
