"""Tables of applications: candidates, what they sent, where they stand, and every step of the way."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from core.clock import now, today
from core.db import Base, Identified, Recorded
from core.files.models import StoredFile
from core.people.models import Person
from core.workflow import Workflow
from hiring.blind.naming import name_shown
from hiring.postings.models import Posting, Question, Stage

UNMATCHED = 101


class ApplicationState(StrEnum):
    """Whether an application is still being considered, and how it ended."""

    ACTIVE = "active"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


S = ApplicationState
WORKFLOW = Workflow(
    {
        S.ACTIVE: {S.ACTIVE, S.HIRED, S.DECLINED, S.WITHDRAWN},
        S.DECLINED: {S.ACTIVE, S.WITHDRAWN},  # withdrawn while the letter waits
        S.HIRED: {S.WITHDRAWN},  # accepted, and did not start
    }
)


class DeclineReason(StrEnum):
    """Why an application was declined. Every reason can be defended before the candidate."""

    MINIMUM_QUALIFICATIONS = "minimum_qualifications"
    DESIRED_QUALIFICATIONS = "desired_qualifications"
    SCREENING_REQUIREMENTS = "screening_requirements"
    INTERVIEW_EVIDENCE = "interview_evidence"
    MORE_QUALIFIED = "more_qualified"
    INCOMPLETE = "incomplete"
    CANNOT_WORK_THERE = "cannot_work_there"
    MISREPRESENTED = "misrepresented"
    NO_SHOW = "no_show"
    UNRESPONSIVE = "unresponsive"
    POSITION_CLOSED = "position_closed"
    OFFER_DECLINED = "offer_declined"
    KNOCK_OUT = "knock_out"
    OTHER = "other"


class ResubmissionState(StrEnum):
    """What became of a second application to the same posting."""

    WAITING = "waiting"
    USED = "used"
    DISCARDED = "discarded"


def holds(held_at: datetime | None, held_until: date | None) -> bool:
    """Whether a hold that began then and lasts until that day holds today."""
    return held_at is not None and (held_until is None or held_until >= today())


def place_by_match(word_match: int | None) -> int:
    """What an application is sorted by where the best match comes first: those nothing is known of come last."""
    return UNMATCHED if word_match is None else 100 - word_match


class Candidate(Recorded, Base):
    """A person who applied, as they described themselves in one application."""

    __tablename__ = "hiring_candidate"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), unique=True)
    email: Mapped[str] = mapped_column(index=True)  # case-folded

    person: Mapped[Person] = relationship(lazy="raise")


class Application(Recorded, Base):
    """One candidate's answer to one posting."""

    __tablename__ = "hiring_application"
    __table_args__ = (
        UniqueConstraint("posting_id", "email"),
        CheckConstraint("(state = 'declined') = (decline_reason IS NOT NULL)", name="reason_iff_declined"),
        Index("ix_hiring_application_state_applied_at", "state", "applied_at", "id"),
        Index("ix_hiring_application_posting_id_state_applied_at", "posting_id", "state", "applied_at", "id"),
        Index("ix_hiring_application_posting_id_state_match_place", "posting_id", "state", "match_place", "id"),
        Index("ix_hiring_application_posting_id_source", "posting_id", "source"),
        Index("ix_hiring_application_posting_id_state_stage_id", "posting_id", "state", "stage_id"),
        Index(
            "ix_hiring_application_board",
            "stage_id",
            "stage_since",
            "id",
            sqlite_where=text("state IN ('active', 'hired')"),
            postgresql_where=text("state IN ('active', 'hired')"),
        ),
    )

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("hiring_candidate.id"), index=True)
    email: Mapped[str] = mapped_column(index=True)  # case-folded, as first applied with
    stage_id: Mapped[int] = mapped_column(ForeignKey("hiring_stage.id"), index=True)
    state: Mapped[ApplicationState] = mapped_column(default=S.ACTIVE)
    stage_since: Mapped[datetime] = mapped_column(default=now)
    applied_at: Mapped[datetime] = mapped_column(default=now)
    source: Mapped[str] = mapped_column(default="careers")
    resume_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"), index=True)
    cover_letter: Mapped[str] = mapped_column(default="")
    consent_version: Mapped[str]
    consent_sha256: Mapped[str] = mapped_column(default="", server_default="")  # of the exact words, kept as a `ConsentText`
    consented_at: Mapped[datetime]
    decline_reason: Mapped[DeclineReason | None] = mapped_column(default=None)
    erase_at: Mapped[datetime | None] = mapped_column(default=None, index=True)  # the candidate wants everything deleted: from then on
    erased_at: Mapped[datetime | None] = mapped_column(default=None)  # who it was is not known any more
    outcome_from: Mapped[datetime | None] = mapped_column(default=None)  # when a candidate who was declined is told; None: at once
    knocked_out: Mapped[bool] = mapped_column(default=False)  # an answer was not the accepted one
    word_match: Mapped[int | None] = mapped_column(default=None)  # in percent: how much of what the criteria say stands in what was sent
    match_place: Mapped[int] = mapped_column(default=UNMATCHED, server_default=str(UNMATCHED))  # what the best match first is sorted by
    names_hidden: Mapped[bool] = mapped_column(default=False, server_default=false())  # nobody on the staff may know who it is yet
    position: Mapped[float] = mapped_column(default=0.0)  # order within the stage
    submission_key: Mapped[str] = mapped_column(default="")  # of the form that was sent: a double click is one application
    held_at: Mapped[datetime | None] = mapped_column(default=None)  # put on hold; None: not
    held_until: Mapped[date | None] = mapped_column(default=None)  # last day of the hold; None while held: until somebody takes it up
    hold_reason: Mapped[str] = mapped_column(default="", server_default="")
    references_noted: Mapped[int] = mapped_column(default=0, server_default="0")  # how many, counted on where one is noted
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @validates("word_match")
    def _place_by_match(self, _field: str, word_match: int | None) -> int | None:
        self.match_place = place_by_match(word_match)
        return word_match

    @property
    def shown_name(self) -> str:
        """What staff call the candidate: the name, or a code while it is hidden. Needs `candidate.person`."""
        return name_shown(self.candidate.person.name, self.public_id, self.names_hidden)

    @property
    def is_held(self) -> bool:
        """Whether it waits on purpose today, so that nobody is late with it."""
        return holds(self.held_at, self.held_until)

    @property
    def is_declined_for_candidate(self) -> bool:
        """Whether the candidate may know that others were chosen: the letter has gone out, or none was held back."""
        return self.state is ApplicationState.DECLINED and (self.outcome_from is None or self.outcome_from <= now())

    posting: Mapped[Posting] = relationship(lazy="raise")
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    stage: Mapped[Stage] = relationship(lazy="raise")
    resume: Mapped[StoredFile] = relationship(lazy="raise", foreign_keys=[resume_id])
    answers: Mapped[list["Answer"]] = relationship(lazy="raise", back_populates="application", order_by="Answer.id", cascade="all, delete-orphan")
    moves: Mapped[list["ApplicationMove"]] = relationship(
        lazy="raise", back_populates="application", order_by="(ApplicationMove.at, ApplicationMove.id)"
    )
    resubmissions: Mapped[list["Resubmission"]] = relationship(
        lazy="raise", back_populates="application", order_by="(Resubmission.received_at, Resubmission.id)"
    )


class Answer(Identified, Base):
    """A candidate's answer to one question. `knocks_out` marks an answer a knock-out question does not accept."""

    __tablename__ = "hiring_answer"
    __table_args__ = (UniqueConstraint("application_id", "question_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("hiring_question.id"), index=True)
    text: Mapped[str] = mapped_column(default="")  # as `answers.checked_answers` writes it: yes or no, options one a line, a file's name
    knocks_out: Mapped[bool] = mapped_column(default=False)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("core_file.id"), index=True, default=None)

    application: Mapped[Application] = relationship(lazy="raise", back_populates="answers")
    question: Mapped[Question] = relationship(lazy="raise")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")


class ApplicationMove(Identified, Base):
    """A line of an application's history: another stage, another state, or both."""

    __tablename__ = "hiring_application_move"

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    from_stage_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_stage.id"), index=True, default=None)
    to_stage_id: Mapped[int] = mapped_column(ForeignKey("hiring_stage.id"), index=True)
    from_state: Mapped[ApplicationState | None] = mapped_column(default=None)
    to_state: Mapped[ApplicationState]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    reason: Mapped[str] = mapped_column(default="")

    application: Mapped[Application] = relationship(lazy="raise", back_populates="moves")
    from_stage: Mapped[Stage | None] = relationship(lazy="raise", foreign_keys=[from_stage_id])
    to_stage: Mapped[Stage] = relationship(lazy="raise", foreign_keys=[to_stage_id])
    by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[by_id])


class Resubmission(Identified, Base):
    """A later application to the same posting from the same address; the candidate says whether it replaces the first."""

    __tablename__ = "hiring_resubmission"

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    state: Mapped[ResubmissionState] = mapped_column(default=ResubmissionState.WAITING)
    received_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    cover_letter: Mapped[str] = mapped_column(default="")
    answers: Mapped[dict[str, Any]]  # public id of the question -> text
    resume_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"), index=True)
    consent_version: Mapped[str]
    consent_sha256: Mapped[str] = mapped_column(default="", server_default="")
    submission_key: Mapped[str] = mapped_column(default="")

    application: Mapped[Application] = relationship(lazy="raise", back_populates="resubmissions")
    resume: Mapped[StoredFile] = relationship(lazy="raise", foreign_keys=[resume_id])
    files: Mapped[list["ResubmissionFile"]] = relationship(
        lazy="raise", order_by="ResubmissionFile.id", cascade="all, delete-orphan", back_populates="resubmission"
    )


class ResubmissionFile(Identified, Base):
    """A file that answers a question in a later application."""

    __tablename__ = "hiring_resubmission_file"
    __table_args__ = (UniqueConstraint("resubmission_id", "question_id"),)

    resubmission_id: Mapped[int] = mapped_column(ForeignKey("hiring_resubmission.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("hiring_question.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"), index=True)

    resubmission: Mapped[Resubmission] = relationship(lazy="raise", back_populates="files")
    question: Mapped[Question] = relationship(lazy="raise")
    file: Mapped[StoredFile] = relationship(lazy="raise")


class HeldResume(Identified, Base):
    """A résumé or another file kept for a form that was refused for another reason, so that it need not be chosen again.

    The reference handed to the browser is bound to the posting and to the visitor's session, and works once.
    """

    __tablename__ = "hiring_held_resume"

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"), index=True)
    holder_hash: Mapped[str]  # of the secret in the visitor's session
    held_at: Mapped[datetime] = mapped_column(default=now)

    file: Mapped[StoredFile] = relationship(lazy="raise", foreign_keys=[file_id])
