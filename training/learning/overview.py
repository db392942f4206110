"""What a person must learn, by when and why, and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.people.models import Person
from training.compliance.matrix import judge_person
from training.compliance.standing import OPEN, Judgement, Standing
from training.learning.queries import reading_progress
from training.requirements.queries import RuleLine, facts_of, rule_lines

URGENCY = list(Standing)


@dataclass(frozen=True)
class Requirement:
    """One requirement of a person, how they stand with it, and how many modules they have read."""

    line: RuleLine
    judged: Judgement
    read: int = 0
    modules: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the person has something to do for it now."""
        return self.judged.state in OPEN


def requirements_of(person: Person, *, on: date, known_at: datetime | None = None, with_progress: bool = False) -> list[Requirement]:
    """What is required of the person on the day as known at an instant (default: now), most urgent first.

    In three statements, four with progress.
    """
    facts = facts_of([person.id], on=on, known_at=known_at).get(person.id)
    if facts is None:
        return []
    lines = rule_lines(on=on, known_at=known_at)
    asked = [
        (line, judged) for line, judged in zip(lines, judge_person(lines, facts, on=on), strict=True) if judged.state is not Standing.NOT_REQUIRED
    ]
    progress = reading_progress(person, [line.fact.course_id for line, _judged in asked], on=on) if with_progress and asked else {}
    found = [Requirement(line, judged, *progress.get(line.fact.course_id, (0, 0))) for line, judged in asked]
    return sorted(found, key=lambda one: (URGENCY.index(one.judged.state), one.judged.due_on or date.max, one.line.fact.number))


def of_course(requirements: Sequence[Requirement], course_id: int) -> list[Requirement]:
    """Those for one course."""
    return [requirement for requirement in requirements if requirement.line.fact.course_id == course_id]
