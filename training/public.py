"""What the packages to the left may ask of training."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy import ColumnElement, Select, false, true

from core.clock import today
from core.jobs.queue import enqueue
from core.people.models import Person
from core.waiting import Waiting, read_waiting
from core.web.i18n import _, ngettext
from training.appeals.policy import sees_appeals
from training.appeals.queries import appeals_to_decide, has_appeal_to_decide
from training.auditing import sight
from training.catalogue.policy import can_write
from training.catalogue.queries import names_of_courses_in_force, versions_to_review
from training.completions import queries as completions
from training.compliance import labels
from training.compliance.standing import may_ask
from training.equivalences.policy import decides as decides_on_equivalences
from training.equivalences.queries import has_equivalence_to_decide
from training.equivalences.waiting import equivalences_to_decide
from training.exams.queries import has_open_attempt, open_attempts
from training.exemptions.policy import decides as decides_on_exemptions
from training.exemptions.queries import has_exemption_to_decide
from training.exemptions.waiting import exemptions_to_decide
from training.findings.models import AuditFinding
from training.findings.queries import findings_to_act_on, findings_to_close, has_finding_to_act_on, has_finding_to_close
from training.learning.overview import requirements_of
from training.locks.policy import sees_locks
from training.locks.queries import has_lock_to_open, locks_to_open
from training.marking.policy import marks
from training.marking.queries import has_to_mark, to_mark
from training.practicals.queries import has_sheet_to_send, to_assess
from training.reminders import telling
from training.reminders.gathering import to_remind
from training.reminders.telling import ReminderFact as ReminderFact
from training.requirements import actions, queries
from training.requirements.to_do import assignments_to_do
from training.standings.actions import distrust_standings
from training.upkeep.queries import courses_without_owner, has_course_without_owner


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


def rederive_everybody() -> None:
    """The same for everybody, in a job: for changes that touch many at once, such as departments put below others."""
    distrust_standings()
    enqueue("training.rederive_everybody")


def rederive(person: Person) -> None:
    """Make what the rules assign to the person agree with their employment. Doing it twice changes nothing."""
    actions.rederive(person)


def holds(person: Person, course_id: UUID, *, on: date) -> bool:
    """Whether the person has completed the course (by its public id) and is still within its validity on the day."""
    return completions.holds_course(person, course_id, on=on)


def holds_many(wanted: Collection[tuple[int, int]], *, on: date) -> set[tuple[int, int]]:
    """Of pairs (person's inner key, course's inner key), those held on the day, in one statement."""
    return completions.held(wanted, on=on)


def times_held(wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[tuple[date, date | None]]]:
    """Of pairs (person's inner key, course's inner key): from when until when (None: for good) each completion counts, in one statement."""
    return completions.times_held(wanted)


def courses() -> list[CourseFact]:
    """Every course that has a version in force, by title."""
    return [CourseFact(*names) for names in names_of_courses_in_force()]


def courses_of_role(job_role_id: int, *, on: date) -> list[str]:
    """Titles of the courses that the rules in effect on the day ask of a job role, in every place or in some, those asked of everybody included."""
    lines = queries.rule_lines(on=on)
    return sorted({line.course_title for line in lines if may_ask(line.fact, job_role_id)})


def may_wait(person: Person) -> dict[str, ColumnElement[bool]]:
    """Where something may wait for the person, by the names of `waiting_for`'s sources: what can be told at next to no cost."""
    return {
        "exams": has_open_attempt(person),
        "courses": true(),
        "versions": true() if can_write(person) else false(),
        "practicals": has_sheet_to_send(person),
        "locks": has_lock_to_open(person, on=today()) if sees_locks(person) else false(),
        "appeals": has_appeal_to_decide(person) if sees_appeals(person) else false(),
        "findings": has_finding_to_act_on(person),
        "findings_to_close": has_finding_to_close(person),
        "exemptions": has_exemption_to_decide(person) if decides_on_exemptions(person) else false(),
        "equivalences": has_equivalence_to_decide(person) if decides_on_equivalences(person) else false(),
        "owners": has_course_without_owner(on=today(person.time_zone)) if can_write(person) else false(),
        "marking": has_to_mark(person) if marks(person) else false(),
    }


def waiting_for(person: Person, *, on: date, among: Collection[str] | None = None) -> list[Waiting]:
    """What waits for the person in training, in at most one statement each: courses to complete, exams to finish, versions
    to review, practical assessments in which to say what one saw, appeals and exemptions to decide, courses whose owner has left,
    locked exams to open, answers to mark.

    `among` are the names of what `may_wait` said may hold something; without it everything is looked for.
    """
    sources: dict[str, Callable[[], list[Waiting]]] = {
        "exams": lambda: _exams_to_finish(person),
        "courses": lambda: _courses_to_complete(person, on=on),
        "versions": lambda: _versions_to_review(person),
        "practicals": lambda: _practicals_to_assess(person),
        "locks": lambda: _locks_to_open(person, on=on),
        "appeals": lambda: _appeals_to_decide(person),
        "exemptions": lambda: exemptions_to_decide(person),
        "equivalences": lambda: equivalences_to_decide(person),
        "findings": lambda: _findings(findings_to_act_on(person), _("Act on an audit finding")),
        "findings_to_close": lambda: _findings(findings_to_close(person), _("Close an audit finding somebody acted on")),
        "owners": lambda: _courses_to_hand_over(person, on=on),
        "marking": lambda: _answers_to_mark(person),
    }
    return read_waiting(sources, among)


def _exams_to_finish(person: Person) -> list[Waiting]:
    return [
        Waiting(
            title=_("Finish the exam you have begun"),
            about=attempt.course.title,
            url=url_for("exams.sit", attempt_id=attempt.public_id),
            kind=_("Training"),
            due_on=attempt.deadline_at.astimezone(ZoneInfo(person.time_zone)).date(),
            since=attempt.started_at,
        )
        for attempt in open_attempts(person)
    ]


def _courses_to_complete(person: Person, *, on: date) -> list[Waiting]:
    return [
        Waiting(
            title=assignment.rule.title or assignment.rule.course.title,
            about=_("Complete the course") if assignment.cycle == 1 else _("Renew the course"),
            url=url_for("learning.mine") if assignment.rule.title else url_for("learning.course", course_id=assignment.rule.course.public_id),
            kind=_("Training"),
            due_on=assignment.due_on,
        )
        for assignment in assignments_to_do(person, on=on)
    ]


def _versions_to_review(person: Person) -> list[Waiting]:
    if not can_write(person):
        return []
    return [
        Waiting(
            title=_("Review a version of a course"),
            about=version.course.title,
            url=url_for("versions.show", version_id=version.public_id),
            kind=_("Training"),
            since=version.submitted_at,
        )
        for version in versions_to_review(person)
    ]


def _practicals_to_assess(person: Person) -> list[Waiting]:
    return [
        Waiting(
            title=_("Say what you saw in a practical assessment"),
            about=_("%(person)s, %(course)s", person=assessment.person.name, course=assessment.standard.course.title),
            url=url_for("practicals.show", assessment_id=assessment.public_id),
            kind=_("Training"),
            due_on=assessment.held_on,
        )
        for assessment in to_assess(person)
    ]


def _locks_to_open(person: Person, *, on: date) -> list[Waiting]:
    if not sees_locks(person):
        return []
    return [
        Waiting(
            title=_("Open a locked exam again, or not"),
            about=_("%(person)s, %(course)s", person=lock.person.name, course=lock.course.title),
            url=url_for("locks.show", lock_id=lock.public_id),
            kind=_("Training"),
            since=lock.locked_at,
        )
        for lock in locks_to_open(person, on=on)
    ]


def _appeals_to_decide(person: Person) -> list[Waiting]:
    if not sees_appeals(person):
        return []
    return [
        Waiting(
            title=_("Decide an appeal about an exam"),
            about=_("%(person)s, %(course)s", person=appeal.attempt.person.name, course=appeal.attempt.course.title),
            url=url_for("appeals.show", appeal_id=appeal.public_id),
            kind=_("Training"),
            since=appeal.filed_at,
        )
        for appeal in appeals_to_decide(person)
    ]


def people_to_remind(*, on: date) -> set[int]:
    """Inner keys of everybody who has something of required training to be told on the day, of their own or of others."""
    return to_remind(on=on)


def reminders_for(days: Mapping[int, date]) -> dict[int, list[ReminderFact]]:
    """What each of these people (inner key → their day) has not been told yet of what falls due or is overdue."""
    return telling.facts_for(days)


def note_reminded(facts: Mapping[int, Sequence[ReminderFact]], days: Mapping[int, date]) -> None:
    """Note, in the transaction that writes the mails, that these were told."""
    telling.note(facts, days)


def _findings(found: Sequence[AuditFinding], title: str) -> list[Waiting]:
    return [
        Waiting(
            title=title,
            about=_("Finding %(number)s", number=finding.number),
            url=url_for("findings.show", finding_id=finding.public_id),
            kind=_("Training"),
            due_on=finding.due_on,
            since=finding.raised_at,
        )
        for finding in found
    ]


def people_within(viewer: Person) -> Select[int] | None:
    """A select of the inner keys of those to whom an auditor's access is limited; None for everybody who is not limited so."""
    return sight.people_within(viewer)


def sees_person(viewer: Person, person: Person) -> bool:
    """Whether the person lies within what the viewer is limited to, if anything."""
    return viewer.id == person.id or sight.sees_person(viewer, person.id)


def _courses_to_hand_over(person: Person, *, on: date) -> list[Waiting]:
    if not can_write(person):
        return []
    return [
        Waiting(
            title=_("Name a new owner of a course"),
            about=_("%(course)s: %(person)s has left", course=course.title, person=course.owner.name if course.owner else ""),
            url=url_for("upkeep.owner", course_id=course.public_id),
            kind=_("Training"),
        )
        for course in courses_without_owner(on=on)
    ]


def _answers_to_mark(person: Person) -> list[Waiting]:
    if not marks(person):
        return []
    return [
        Waiting(
            title=ngettext("Mark %(num)d answer of an exam", "Mark %(num)d answers of exams", waiting.count),
            about=waiting.course,
            url=url_for("marking.worklist", course=waiting.course_id),
            kind=_("Training"),
            since=waiting.since,
        )
        for waiting in to_mark(person)
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
