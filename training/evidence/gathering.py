"""What was recorded about some people, as known at an instant: completions, attempts, certificates, exemptions, certificates from elsewhere.

Each in one statement.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from core.db import session
from core.documents.models import IssuedDocument
from core.people.models import Person
from training.catalogue.models import CourseVersion
from training.certificates.models import Certificate
from training.equivalences.models import Equivalence, EquivalenceKind, EquivalentCourse
from training.evidence.rescoring import Rescore, percent, rescores
from training.evidence.wanted import Question
from training.exams.models import Attempt
from training.exemptions.models import Exemption
from training.requirements.models import Completion

Pair = tuple[int, int]  # inner keys of a person and a course


@dataclass(frozen=True)
class CertificateFact:
    """A certificate as it stood at the instant. `code` is what `/verify` answers to."""

    id: UUID
    document_id: UUID
    code: str
    state: str
    sha256: str


@dataclass(frozen=True)
class CompletionFact:
    """A completion, with the version taken and who approved it. Withdrawn ones are told too."""

    key: int
    id: UUID
    completed_on: date
    valid_until: date | None
    source: str
    recorded_at: datetime
    withdrawn_at: datetime | None
    version: int
    version_id: UUID
    approved_by: str
    approved_at: datetime | None
    attempt: int | None
    certificate: CertificateFact | None = None


@dataclass(frozen=True)
class AttemptFact:
    """An attempt at an exam with its score at the instant, in percent, exact."""

    key: int
    id: UUID
    number: int
    version: int
    started_at: datetime
    submitted_at: datetime | None
    ran_out: bool
    score: Fraction | None
    passed: bool | None
    rescores: tuple[Rescore, ...] = ()  # what had changed the score by then


@dataclass(frozen=True)
class ExemptionFact:
    """An exemption and who decided it."""

    id: UUID
    valid_from: date
    valid_to: date | None
    reason: str
    approved_by: str
    recorded_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class EquivalenceFact:
    """A certificate from elsewhere that was accepted for the course, and who accepted it."""

    id: UUID
    name: str
    issuer: str
    number: str
    issued_on: date
    counts_until: date | None
    handed_in_by: str
    approved_by: str
    approved_at: datetime
    revoked_at: datetime | None


@dataclass
class Gathered:
    """The facts by person and course, oldest first."""

    completions: dict[Pair, list[CompletionFact]] = field(default_factory=lambda: defaultdict(list))
    attempts: dict[Pair, list[AttemptFact]] = field(default_factory=lambda: defaultdict(list))
    exemptions: dict[Pair, list[ExemptionFact]] = field(default_factory=lambda: defaultdict(list))
    equivalences: dict[Pair, list[EquivalenceFact]] = field(default_factory=lambda: defaultdict(list))


def gather(keys: Sequence[int], question: Question) -> Gathered:
    """Everything about the people (inner keys) up to the last day of the period."""
    found = Gathered()
    _add_completions(found, keys, question)
    _add_attempts(found, keys, question)
    _add_exemptions(found, keys, question)
    _add_equivalences(found, keys, question)
    return found


def _add_completions(found: Gathered, keys: Sequence[int], question: Question) -> None:
    certificates, approver, at = _certificates(keys, question), aliased(Person), question.known_at
    completed = (
        select(
            Completion.person_id,
            Completion.course_id,
            Completion.id,
            Completion.public_id,
            Completion.completed_on,
            Completion.valid_until,
            Completion.source,
            Completion.recorded_at,
            Completion.superseded_at,
            CourseVersion.number,
            CourseVersion.public_id,
            approver.name,
            CourseVersion.approved_at,
            Completion.attempt_id,
        )
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .outerjoin(approver, approver.id == CourseVersion.approved_by_id)
        .where(Completion.person_id.in_(keys), Completion.completed_on <= question.until, Completion.recorded_at <= at)
        .order_by(Completion.completed_on, Completion.id)
    )
    for person, course, key, public_id, on, until, source, recorded_at, gone, version, version_id, name, approved_at, attempt in session.execute(
        completed
    ):
        withdrawn = gone if gone is not None and gone <= at else None
        told = (version, version_id, name or "", approved_at, attempt, certificates.get(key))
        found.completions[person, course].append(CompletionFact(key, public_id, on, until, source.value, recorded_at, withdrawn, *told))


def _add_exemptions(found: Gathered, keys: Sequence[int], question: Question) -> None:
    approver, at = aliased(Person), question.known_at
    exempt = (
        select(
            Exemption.person_id,
            Exemption.course_id,
            Exemption.public_id,
            Exemption.valid_from,
            Exemption.valid_to,
            Exemption.reason,
            approver.name,
            Exemption.approved_at,
            Exemption.revoked_at,
        )
        .join(approver, approver.id == Exemption.approved_by_id)
        .where(Exemption.person_id.in_(keys), Exemption.approved_at <= at, Exemption.valid_from <= question.until)
        .where(or_(Exemption.valid_to.is_(None), Exemption.valid_to >= question.since))
        .order_by(Exemption.valid_from, Exemption.id)
    )
    for person, course, public_id, since, until, reason, name, approved_at, revoked_at in session.execute(exempt):
        gone = revoked_at if revoked_at is not None and revoked_at <= at else None
        found.exemptions[person, course].append(ExemptionFact(public_id, since, until, reason, name, approved_at or at, gone))


def _add_equivalences(found: Gathered, keys: Sequence[int], question: Question) -> None:
    approver, bringer, at = aliased(Person), aliased(Person), question.known_at
    accepted = (
        select(
            Equivalence.person_id,
            EquivalentCourse.course_id,
            Equivalence.public_id,
            EquivalenceKind.name,
            EquivalenceKind.issuer,
            Equivalence.number,
            Equivalence.issued_on,
            Equivalence.counts_until,
            bringer.name,
            approver.name,
            Equivalence.approved_at,
            Equivalence.superseded_at,
        )
        .join(EquivalenceKind, EquivalenceKind.id == Equivalence.kind_id)
        .join(EquivalentCourse, EquivalentCourse.kind_id == EquivalenceKind.id)
        .join(bringer, bringer.id == Equivalence.handed_in_by_id)
        .join(approver, approver.id == Equivalence.approved_by_id)
        .where(Equivalence.person_id.in_(keys), Equivalence.approved_at <= at, EquivalentCourse.recorded_at <= at)
        .where(Equivalence.issued_on <= question.until, EquivalentCourse.valid_from <= question.until)
        .where(or_(Equivalence.counts_until.is_(None), Equivalence.counts_until >= question.since))
        .where(or_(EquivalentCourse.ends_on.is_(None), EquivalentCourse.ended_at > at, EquivalentCourse.ends_on >= question.since))
        .order_by(Equivalence.issued_on, Equivalence.id, EquivalentCourse.id)
    )
    for person, course, public_id, name, issuer, number, issued_on, until, brought, approved, approved_at, gone in session.execute(accepted):
        taken_back = gone if gone is not None and gone <= at else None
        told = (name, issuer, number, issued_on, until, brought, approved, approved_at or at, taken_back)
        found.equivalences[person, course].append(EquivalenceFact(public_id, *told))


def _certificates(keys: Sequence[int], question: Question) -> dict[int, CertificateFact]:
    """By the completion's key, the one issued last."""
    at = question.known_at
    query = (
        select(
            Certificate.completion_id,
            Certificate.public_id,
            IssuedDocument.public_id,
            IssuedDocument.code,
            Certificate.revoked_at,
            IssuedDocument.sha256,
        )
        .join(IssuedDocument, IssuedDocument.id == Certificate.document_id)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Completion.person_id.in_(keys), Certificate.issued_at <= at)
        .order_by(Certificate.issued_at, Certificate.id)
    )
    found = {}
    for completion, public_id, document_id, code, revoked_at, sha256 in session.execute(query):
        state = "revoked" if revoked_at is not None and revoked_at <= at else "issued"
        found[completion] = CertificateFact(public_id, document_id, code, state, sha256)
    return found


def _add_attempts(found: Gathered, keys: Sequence[int], question: Question) -> None:
    at, changes = question.known_at, rescores(keys)
    query = (
        select(
            Attempt.person_id,
            Attempt.course_id,
            Attempt.id,
            Attempt.public_id,
            Attempt.number,
            CourseVersion.number,
            Attempt.started_at,
            Attempt.submitted_at,
            Attempt.graded_at,
            Attempt.ran_out,
            Attempt.earned,
            Attempt.possible,
            Attempt.passed,
        )
        .join(CourseVersion, CourseVersion.id == Attempt.version_id)
        .where(Attempt.person_id.in_(keys), Attempt.started_at <= at)
        .order_by(Attempt.started_at, Attempt.id)
    )
    for person, course, key, public_id, number, version, started_at, ended, graded_at, ran_out, earned, possible, passed in session.execute(query):
        known = tuple(one for one in changes.get(key, ()) if one.at <= at)
        later = [one for one in changes.get(key, ()) if one.at > at]
        points = later[0].before if later else (earned, possible)
        open_then = ended is None or ended > at
        unsettled = open_then or passed is None or (graded_at is not None and graded_at > at)  # people were marking it still
        score = None if unsettled else percent(points)
        result = None if unsettled else next((one.passed_before for one in later if one.passed_before is not None), passed)
        told = (number, version, started_at, None if open_then else ended, ran_out and not open_then, score, result, known)
        found.attempts[person, course].append(AttemptFact(key, public_id, *told))
