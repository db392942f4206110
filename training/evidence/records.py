"""One person as a pack tells them: each requirement with its reason and what proves it, as plain values for JSON and CSV."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any, TypeVar
from uuid import UUID

from core.web.spreadsheets import Cell
from training.compliance import labels
from training.compliance.standing import Judgement, Standing
from training.evidence.gathering import AttemptFact, CompletionFact, EquivalenceFact, ExemptionFact, Gathered, Pair
from training.evidence.population import Member
from training.evidence.rescoring import Rescore, percent
from training.evidence.wanted import Question
from training.requirements.queries import RuleLine

Record = dict[str, Any]
Fact = TypeVar("Fact")
COLUMNS = (
    "person_id", "person", "job_role", "department", "place", "manager", "judged_on", "rule", "revision", "rule_id", "course_code", "course",
    "source", "reason", "state", "required_since", "due_on", "completed_on", "valid_until", "version", "version_approved_by",
    "version_approved_at", "attempts", "score", "certificate", "certificate_state", "exempt_from", "exempt_until", "exemption_reason",
    "exemption_approved_by",
)  # fmt: skip


def person_record(member: Member, judged: Sequence[tuple[RuleLine, Judgement]], gathered: Gathered, question: Question) -> Record:
    """The person with every requirement they had on the day they are judged."""
    return {
        "person": str(member.id),
        "name": member.name,
        "job_role": member.job_role,
        "department": member.department,
        "place": member.place,
        "manager": member.manager,
        "in_scope_since": _day(max(member.since, question.since)),
        "in_scope_until": _day(member.judged_on),
        "judged_on": _day(member.judged_on),
        "requirements": [_requirement(member, line, cell, gathered, question) for line, cell in judged if cell.state is not Standing.NOT_REQUIRED],
    }


def _requirement(member: Member, line: RuleLine, cell: Judgement, gathered: Gathered, question: Question) -> Record:
    fact = line.fact
    completions = [one for one in _of_all(gathered.completions, member, line) if _counts(one[1], cell, question)]
    of_these = {done.attempt for _code, done in completions}
    attempts = [one for one in _of_all(gathered.attempts, member, line) if one[1].key in of_these or _within(one[1], question)]
    return {
        "rule": fact.number,
        "revision": fact.revision,
        "rule_id": str(fact.lineage),
        "revision_id": str(fact.public_id),
        "course_code": line.course_code,
        "course": line.course_title,
        "source": fact.source,
        "reason": labels.why(line, cell),
        "state": cell.state.value,
        "since": _day(cell.since),
        "due_on": _day(cell.due_on),
        "completed_on": _day(cell.completed_on),
        "valid_until": _day(cell.valid_until),
        "exempt_until": _day(cell.exempt_until),
        "courses": [{"code": course.code, "course": course.title} for course in line.courses],
        "completions": [{"course_code": code, **_completion(done)} for code, done in completions],
        "attempts": [{"course_code": code, **_attempt(sat)} for code, sat in attempts],
        "exemptions": [{"course_code": code, **_exemption(free)} for code, free in _of_all(gathered.exemptions, member, line)],
        "equivalences": [{"course_code": code, **_equivalence(held)} for code, held in _of_all(gathered.equivalences, member, line)],
    }


def _of_all(facts: Mapping[Pair, Sequence[Fact]], member: Member, line: RuleLine) -> list[tuple[str, Fact]]:
    """What there is for every course the rule names, in their order, with the course's code."""
    return [(course.code, fact) for course in line.courses for fact in facts.get((member.key, course.id), ())]


def _within(one: AttemptFact, question: Question) -> bool:
    return question.since <= one.started_at.date() <= question.until


def _counts(one: CompletionFact, cell: Judgement, question: Question) -> bool:
    """Whether it is told: what was completed in the period, and what counted on the last day."""
    return question.since <= one.completed_on <= question.until or one.completed_on == cell.completed_on


def _completion(one: CompletionFact) -> Record:
    certificate = one.certificate
    return {
        "id": str(one.id),
        "completed_on": _day(one.completed_on),
        "valid_until": _day(one.valid_until),
        "source": one.source,
        "recorded_at": _instant(one.recorded_at),
        "withdrawn_at": _instant(one.withdrawn_at),
        "version": one.version,
        "version_id": str(one.version_id),
        "version_approved_by": one.approved_by,
        "version_approved_at": _instant(one.approved_at),
        "attempt": one.attempt,
        "certificate": None
        if certificate is None
        else {
            "id": str(certificate.id),
            "document": str(certificate.document_id),
            "code": certificate.code,
            "state": certificate.state,
            "sha256": certificate.sha256,
        },
    }


def _attempt(one: AttemptFact) -> Record:
    return {
        "id": str(one.id),
        "key": one.key,
        "number": one.number,
        "version": one.version,
        "started_at": _instant(one.started_at),
        "submitted_at": _instant(one.submitted_at),
        "time_was_up": one.ran_out,
        "score": _score(one.score),
        "passed": one.passed,
        "graded_again": [_rescore(change) for change in one.rescores],
    }


def _rescore(one: Rescore) -> Record:
    return {
        "id": str(one.cause),
        "at": _instant(one.at),
        "by": one.by,
        "reason": one.reason,
        "score_before": _score(percent(one.before)),
        "score_after": _score(percent(one.after)),
        "outcome": one.outcome.value,
    }


def _exemption(one: ExemptionFact) -> Record:
    return {
        "id": str(one.id),
        "from": _day(one.valid_from),
        "until": _day(one.valid_to),
        "reason": one.reason,
        "approved_by": one.approved_by,
        "recorded_at": _instant(one.recorded_at),
        "taken_back_at": _instant(one.revoked_at),
    }


def _equivalence(one: EquivalenceFact) -> Record:
    return {
        "id": str(one.id),
        "certificate": one.name,
        "issuer": one.issuer,
        "number": one.number,
        "issued_on": _day(one.issued_on),
        "counts_until": _day(one.counts_until),
        "handed_in_by": one.handed_in_by,
        "approved_by": one.approved_by,
        "approved_at": _instant(one.approved_at),
        "taken_back_at": _instant(one.revoked_at),
    }


def rows_of(record: Record) -> Iterator[list[Cell]]:
    """The person's requirements as lines of CSV: what counted on the day beside each."""
    person = [record[name] for name in ("person", "name", "job_role", "department", "place", "manager", "judged_on")]
    for one in record["requirements"]:
        held: Record = next(
            (done for done in reversed(one["completions"]) if done["completed_on"] == one["completed_on"] and not done["withdrawn_at"]), {}
        )
        attempt: Record = next((sat for sat in one["attempts"] if held and sat["key"] == held["attempt"]), {})
        certificate = held.get("certificate") or {}
        exempt: Record = next((free for free in one["exemptions"] if one["state"] == Standing.EXEMPT and not free["taken_back_at"]), {})
        yield [
            *person, one["rule"], one["revision"], one["rule_id"], one["course_code"], one["course"], one["source"], one["reason"], one["state"],
            one["since"], one["due_on"], one["completed_on"], one["valid_until"], held.get("version"), held.get("version_approved_by"),
            held.get("version_approved_at"), len(one["attempts"]), attempt.get("score"), certificate.get("code"), certificate.get("state"),
            exempt.get("from"), exempt.get("until"), exempt.get("reason"), exempt.get("approved_by"),
        ]  # fmt: skip


def subjects_of(record: Record) -> Iterator[UUID]:
    """Public ids of every row the record tells of: what the audit excerpt is about."""
    for one in record["requirements"]:
        for told in (*one["completions"], *one["attempts"], *one["exemptions"], *one["equivalences"]):
            yield UUID(told["id"])
            yield from (UUID(change["id"]) for change in told.get("graded_again", ()))
        for told in one["completions"]:
            certificate = told["certificate"]
            if certificate:
                yield UUID(certificate["id"])
                yield UUID(certificate["document"])


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat(timespec="seconds")


def _score(score: Fraction | None) -> str | None:
    """In percent with one decimal, cut: never rounded up to a mark that was not reached."""
    if score is None:
        return None
    return str((Decimal(score.numerator) / Decimal(score.denominator)).quantize(Decimal("0.1"), rounding=ROUND_DOWN))


def heading() -> list[Cell]:
    """The first line of the CSV: names that stay the same in every language, for machines."""
    return list(COLUMNS)
