"""What the packages to the left may ask of training."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for
from sqlalchemy import Select

from core.jobs.queue import enqueue
from core.people.models import Person
from training.auditing import sight
from training.catalogue.queries import names_of_courses_in_force
from training.completions import queries as completions
from training.compliance import labels
from training.compliance.figures import urgent_people
from training.compliance.standing import may_ask
from training.learning.overview import requirements_of
from training.reminders import telling
from training.reminders.gathering import to_remind
from training.reminders.telling import ReminderFact as ReminderFact
from training.requirements import actions, queries
from training.standings.actions import distrust_standings
from training.waiting import may_wait as may_wait
from training.waiting import waiting_for as waiting_for


@dataclass(frozen=True)
class CourseFact:
    """A course others may point to. `id` is its inner key, for a foreign key to `training_course`."""

    id: int
    public_id: UUID
    title: str
    code: str

    @property
    def url(self) -> str:
        """Where one learns it. Asked for when shown, so that jobs and commands can list courses too."""
        return url_for("learning.course", course_id=self.public_id)


@dataclass(frozen=True)
class StandingFact:
    """Where a person stands with one requirement on a day, in words. `tone` is a badge's: success, warning, danger, info, neutral."""

    course: str
    rule_number: int
    state: str
    label: str
    tone: str
    explanation: str
    due_on: date | None
    valid_until: date | None
    url: str


@dataclass(frozen=True)
class FigureFact:
    """How many people stand in one way, in words, and where they are listed. `tone` is a badge's."""

    label: str
    count: int
    tone: str
    url: str


def rederive_everybody() -> None:
    """The same for everybody, in a job: for changes that touch many at once, such as departments put below others."""
    distrust_standings()
    enqueue("training.rederive_everybody")


def rederive(person: Person) -> None:
    """Make what the rules assign to the person agree with their employment. Doing it twice changes nothing."""
    actions.rederive(person)


def holds(person: Person, course_id: UUID, *, on: date) -> bool:
    """Whether on the day the person has completed the course (by its public id), or something accepted in its place, and it is still valid."""
    return completions.holds_course(person, course_id, on=on)


def holds_many(wanted: Collection[tuple[int, int]], *, on: date) -> set[tuple[int, int]]:
    """Of pairs (person's inner key, course's inner key), those held on the day, as `holds` has it, in one statement or two."""
    return completions.held(wanted, on=on)


def times_held(wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[tuple[date, date | None]]]:
    """Of pairs (person's inner key, course's inner key): from when until when (None: for good) it counts, once for each proof."""
    return completions.times_held(wanted)


def courses() -> list[CourseFact]:
    """Every course that has a version in force, by title."""
    return [CourseFact(*names) for names in names_of_courses_in_force()]


def courses_of_role(job_role_id: int, *, on: date) -> list[str]:
    """Titles of the courses that the rules in effect on the day ask of a job role, in every place or in some, those asked of everybody included."""
    lines = queries.rule_lines(on=on)
    return sorted({line.course_title for line in lines if may_ask(line.fact, job_role_id)})


def people_to_remind(*, on: date) -> set[int]:
    """Inner keys of everybody who has something of required training to be told on the day, of their own or of others."""
    return to_remind(on=on)


def reminders_for(days: Mapping[int, date]) -> dict[int, list[ReminderFact]]:
    """What each of these people (inner key → their day) has not been told yet of what falls due or is overdue."""
    return telling.facts_for(days)


def note_reminded(facts: Mapping[int, Sequence[ReminderFact]], days: Mapping[int, date]) -> None:
    """Note, in the transaction that writes the mails, that these were told."""
    telling.note(facts, days)


def people_within(viewer: Person) -> Select[int] | None:
    """A select of the inner keys of those to whom an auditor's access is limited; None for everybody who is not limited so."""
    return sight.people_within(viewer)


def sees_person(viewer: Person, person: Person) -> bool:
    """Whether the person lies within what the viewer is limited to, if anything."""
    return viewer.id == person.id or sight.sees_person(viewer, person.id)


def compliance_figures(viewer: Person, *, on: date) -> list[FigureFact]:
    """How many of those the viewer answers for are late with required training or soon will be, in one statement; nothing for everybody else."""
    return [
        FigureFact(str(labels.STANDINGS[state]), count, labels.TONES[state] if count else "neutral", url_for("compliance.matrix", state=state.value))
        for state, count in (urgent_people(viewer, on=on) or {}).items()
    ]


def standing_of(person: Person, *, on: date, viewer: Person | None = None) -> list[StandingFact]:
    """Where the person stands with each requirement they have on the day that the viewer sees, the most urgent first."""
    return [
        StandingFact(
            course=requirement.line.course_title,
            rule_number=requirement.line.fact.number,
            state=requirement.judged.state.value,
            label=str(labels.STANDINGS[requirement.judged.state]),
            tone=labels.TONES[requirement.judged.state],
            explanation=labels.explain(requirement.line, requirement.judged),
            due_on=requirement.judged.due_on,
            valid_until=requirement.judged.valid_until,
            url=url_for("learning.course", course_id=requirement.line.course_public_id),
        )
        for requirement in requirements_of(person, on=on)
        if viewer is None or viewer.id == person.id or sight.lines_within(viewer, [requirement.line])
    ]
