"""Tables of role profiles: texts, criteria, questions and letter that a posting for a job role begins with, one for each language."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.people.models import EmploymentType, JobRole
from hiring.offers.models import OfferTemplate
from hiring.postings.models import CriterionKind, QuestionKind, SalaryPeriod, Workplace


class RoleProfile(Recorded, Base):
    """What postings for a job role say, in one language. A posting copies it, so that changing it changes no posting."""

    __tablename__ = "hiring_role_profile"
    __table_args__ = (
        UniqueConstraint("job_role_id", "language"),
        CheckConstraint("salary_from IS NULL OR salary_to IS NULL OR salary_from <= salary_to", name="salary_in_order"),
        CheckConstraint("language IN ('en', 'pt_BR')", name="language_known"),
    )

    job_role_id: Mapped[int] = mapped_column(ForeignKey("core_job_role.id"), index=True)
    language: Mapped[str] = mapped_column(default="pt_BR")
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    responsibilities: Mapped[str] = mapped_column(default="")  # Markdown
    qualifications: Mapped[str] = mapped_column(default="")  # Markdown
    employment_type: Mapped[EmploymentType] = mapped_column(default=EmploymentType.FULL_TIME)
    workplace: Mapped[Workplace] = mapped_column(default=Workplace.ON_SITE)
    salary_from: Mapped[int | None] = mapped_column(default=None)  # minor units
    salary_to: Mapped[int | None] = mapped_column(default=None)
    currency: Mapped[str] = mapped_column(default="BRL")
    salary_period: Mapped[SalaryPeriod] = mapped_column(default=SalaryPeriod.MONTH)
    synonyms: Mapped[str] = mapped_column(default="", server_default="")  # a group a line: words and phrases that mean the same
    plan: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # rounds of interviews, as `hiring.plans.carrying` keeps them
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_offer_template.id"), index=True, default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    job_role: Mapped[JobRole] = relationship(lazy="raise")
    letter: Mapped[OfferTemplate | None] = relationship(lazy="raise")
    criteria: Mapped[list["ProfileCriterion"]] = relationship(
        lazy="raise", order_by="(ProfileCriterion.position, ProfileCriterion.id)", cascade="all, delete-orphan"
    )
    questions: Mapped[list["ProfileQuestion"]] = relationship(
        lazy="raise", order_by="(ProfileQuestion.position, ProfileQuestion.id)", cascade="all, delete-orphan"
    )


class ProfileCriterion(Identified, Base):
    """A criterion that postings for the role begin with."""

    __tablename__ = "hiring_profile_criterion"
    __table_args__ = (CheckConstraint("weight BETWEEN 1 AND 5", name="weight_in_range"),)

    profile_id: Mapped[int] = mapped_column(ForeignKey("hiring_role_profile.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[CriterionKind] = mapped_column(default=CriterionKind.SKILL)
    text: Mapped[str]
    must_have: Mapped[bool] = mapped_column(default=False)
    weight: Mapped[int] = mapped_column(default=3)
    evidence: Mapped[str] = mapped_column(default="")


class ProfileQuestion(Identified, Base):
    """A question that postings for the role begin with."""

    __tablename__ = "hiring_profile_question"

    profile_id: Mapped[int] = mapped_column(ForeignKey("hiring_role_profile.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[QuestionKind] = mapped_column(default=QuestionKind.SHORT)
    text: Mapped[str]
    required: Mapped[bool] = mapped_column(default=True)
    knock_out: Mapped[bool] = mapped_column(default=False)
    accepted: Mapped[str] = mapped_column(default="")
    is_mission: Mapped[bool] = mapped_column(default=False)
    more: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what its kind needs besides, as the posting's question holds it
