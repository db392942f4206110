"""What a person must learn, by when and why, and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from core.people.models import Person
from training.compliance.credit import Credit, credits_of, next_course
from training.compliance.expiry import window_opens_on
from training.compliance.matrix import judge_person
from training.compliance.standing import OPEN, Judgement, Standing
from training.compliance.terms import Clocks
from training.learning.queries import reading_progress
from training.requirements.lines import NamedCourse
from training.requirements.queries import RuleLine, facts_of, rule_lines

URGENCY = list(Standing)


@dataclass(frozen=True)
class Requirement:
    """One requirement of a person, how they stand with it, and how many modules they have read."""

    line: RuleLine
    judged: Judgement
    read: int = 0
    modules: int = 0
    credits: list[Credit] = field(default_factory=list)  # each completion and what became of it, newest first
    next_course: int | None = None  # of a curriculum (inner key)

    @property
    def clocks(self) -> Clocks | None:
        """The five days of the cycle that is open, or of the validity that goes on."""
        judged, rule = self.judged, self.line.fact
        if judged.since is None or judged.due_on is None:
            return None
        if judged.completed_on is None:
            return rule.clocks(rule.opens_on(judged.since, judged.due_on), judged.due_on)
        return rule.clocks(window_opens_on(judged.due_on, rule.window_days), judged.due_on, judged.valid_until)

    @property
    def steps(self) -> list[tuple[NamedCourse, str]]:
        """The courses of a curriculum, each `done`, `next` or `later`; once all are done and it need not be renewed yet, all `done`."""
        if self.next_course is None:
            return []
        place = [course.id for course in self.line.courses].index(self.next_course)
        if place == 0 and not self.is_open and self.judged.completed_on is not None:
            place = len(self.line.courses)
        words = ["done"] * place + ["next"] + ["later"] * len(self.line.courses)
        return list(zip(self.line.courses, words, strict=False))

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
    found = [
        Requirement(
            line,
            judged,
            *progress.get(line.fact.course_id, (0, 0)),
            credits=credits_of(line.fact, facts, since=judged.since or on, on=on),
            next_course=next_course(line.fact, facts, on=on),
        )
        for line, judged in asked
    ]
    return sorted(found, key=lambda one: (URGENCY.index(one.judged.state), one.judged.due_on or date.max, one.line.fact.number))


def of_course(requirements: Sequence[Requirement], course_id: int) -> list[Requirement]:
    """Those for one course, or for several with it among them."""
    return [requirement for requirement in requirements if course_id in requirement.line.fact.courses]
