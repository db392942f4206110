"""Where survey answers are kept: without a name, a time, a number or a key that another table knows."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class SurveyResponse(Base):
    """What somebody answered. `key` is made from an application with the installation's secret, and leads back only with it."""

    __tablename__ = "hiring_survey_response"

    key: Mapped[str] = mapped_column(primary_key=True)
    survey_version: Mapped[str]
    answers: Mapped[dict[str, Any]]
