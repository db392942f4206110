"""What a pack is asked for: whom and what, in which days, and as known until when. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from training.auditing.scope import Scope
from training.compliance.filtering import ComplianceFilter
from training.compliance.fingerprint import told_of
from training.compliance.moment import Moment
from training.requirements.queries import RuleLine


@dataclass(frozen=True)
class EvidenceFilter:
    """Whom and what to prove. Empty fields ask for nothing; public ids, but for the regulation, which is the rule's own words."""

    department: str = ""
    place: str = ""
    role: str = ""
    manager: str = ""
    person: str = ""
    course: str = ""
    rule: str = ""  # its lineage: all revisions
    regulation: str = ""

    def fits(self, line: RuleLine) -> bool:
        """Whether the rule is one that is asked for."""
        told = (
            not self.course or str(line.course_public_id) == self.course,
            not self.rule or str(line.fact.lineage) == self.rule,
            not self.regulation or line.fact.source == self.regulation,
        )
        return all(told)

    @property
    def hashed(self) -> dict[str, Any]:
        """The filter as the report's hash knows it: the matrix' own where the matrix could ask the same, so that both hashes agree."""
        fields = asdict(self)
        shared = {name: fields.pop(name) for name in ("department", "role", "manager")}
        return asdict(self) if any(fields.values()) else told_of(ComplianceFilter(**shared))


def scope_words(scope: Scope) -> dict[str, Any]:
    """A scope as the first line of the hash says it."""
    told = {name: sorted(map(str, getattr(scope, name))) for name in ("departments", "places", "rules", "regulations")}
    return {name: values for name, values in told.items() if values}


@dataclass(frozen=True)
class Question:
    """A whole question: the filter, the days, and the instant up to which it is told what was known."""

    wanted: EvidenceFilter
    since: date
    until: date
    known_on: date | None
    known_at: datetime
    scope: Scope | None = None  # of the auditor who asks

    @property
    def moment(self) -> Moment:
        """The days of the report whose hash the pack carries: it is about the last day of the period."""
        return Moment(self.until, self.known_on)

    @property
    def head(self) -> list[Any]:
        """What the first line of the hash says."""
        told = [self.moment.address, self.wanted.hashed]
        return told if self.scope is None or not scope_words(self.scope) else [*told, scope_words(self.scope)]


def filter_from(kept: Mapping[str, str]) -> EvidenceFilter:
    """A filter as it was kept."""
    return EvidenceFilter(**{name: value for name, value in kept.items() if name in EvidenceFilter.__dataclass_fields__})


def asked_lines(lines: Sequence[RuleLine], question: Question) -> list[RuleLine]:
    """The rules that are asked for, and that who asks may see."""
    within = question.scope
    return [line for line in lines if question.wanted.fits(line) and (within is None or within.fits(line.fact))]
