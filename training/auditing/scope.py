"""What an auditor's access is limited to. Pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from training.compliance.standing import RuleFact


@dataclass(frozen=True)
class Scope:
    """Empty fields limit nothing; `is_closed` shuts everything out."""

    departments: frozenset[UUID] = frozenset()
    places: frozenset[UUID] = frozenset()
    rules: frozenset[UUID] = frozenset()
    regulations: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    grant: int | None = None  # inner key
    is_closed: bool = False

    def fits(self, fact: RuleFact) -> bool:
        """Whether a rule lies within it: one of those named, or one that answers to a regulation named."""
        if self.is_closed:
            return False
        return not (self.rules or self.regulations) or fact.lineage in self.rules or fact.source in self.regulations

    def holds(self, day: date) -> bool:
        """Whether a day lies within the period."""
        return not self.is_closed and (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    @property
    def limits_rules(self) -> bool:
        """Whether only some rules are within it."""
        return self.is_closed or bool(self.rules or self.regulations)

    @property
    def limits_people(self) -> bool:
        """Whether only some people are within it."""
        return self.is_closed or bool(self.departments or self.places or self.since or self.until)


NOTHING = Scope(is_closed=True)
