"""What changed the scores of attempts after they were graded: corrections of keys and amendments of marks, each with who and why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from core.db import session
from core.people.models import Person
from training.exams.models import Attempt
from training.marking.models import MarkAmendment
from training.regrading.models import KeyCorrection, Regrade, RegradeOutcome

Points = tuple[str, int]  # earned, an exact fraction, and possible


@dataclass(frozen=True)
class Rescore:
    """One change of an attempt's score. `cause` is the public id of the correction or the amendment, which the audit trail tells of."""

    cause: UUID
    at: datetime
    by: str
    reason: str
    before: Points
    after: Points
    outcome: RegradeOutcome

    @property
    def passed_before(self) -> bool | None:
        """Whether the attempt was passed before; None where it made no difference."""
        if self.outcome in (RegradeOutcome.NOW_PASSED, RegradeOutcome.NOW_FAILED):
            return self.outcome is RegradeOutcome.NOW_FAILED
        return None


def rescores(keys: Sequence[int]) -> dict[int, list[Rescore]]:
    """Attempts of the people (inner keys) whose score was changed, by inner key, with every change, oldest first."""
    found: dict[int, list[Rescore]] = defaultdict(list)
    for query in (_corrected(keys), _amended(keys)):
        for attempt, cause, at, by, reason, earned, possible, earned_now, possible_now, outcome in session.execute(query):
            found[attempt].append(Rescore(cause, at, by, reason, (earned, possible), (earned_now, possible_now), outcome))
    for changes in found.values():
        changes.sort(key=lambda one: one.at)
    return found


def _corrected(keys: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Regrade.attempt_id, KeyCorrection.public_id, Regrade.at, Person.name, KeyCorrection.reason,
            Regrade.old_earned, Regrade.old_possible, Regrade.new_earned, Regrade.new_possible, Regrade.outcome,
        )
        .join(KeyCorrection, KeyCorrection.id == Regrade.correction_id)
        .join(Person, Person.id == KeyCorrection.made_by_id)
        .join(Attempt, Attempt.id == Regrade.attempt_id)
        .where(Attempt.person_id.in_(keys))
        .order_by(Regrade.id)
    )  # fmt: skip


def _amended(keys: Sequence[int]) -> Select[*tuple[Any, ...]]:
    change = MarkAmendment
    return (
        select(
            change.attempt_id, change.public_id, change.at, Person.name, change.reason,
            change.old_earned, change.possible, change.new_earned, change.possible, change.outcome,
        )
        .join(Person, Person.id == change.by_id)
        .join(Attempt, Attempt.id == change.attempt_id)
        .where(Attempt.person_id.in_(keys), change.old_earned != "")
        .order_by(change.id)
    )  # fmt: skip


def percent(points: Points) -> Fraction | None:
    """The points in percent, exact; None where there are none to earn."""
    earned, possible = points
    return Fraction(earned) * 100 / possible if earned and possible else None
