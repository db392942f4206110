"""What waits for a person in training, and where to look for it."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy import ColumnElement, false, true

from core.clock import now, today
from core.people.models import Person
from core.waiting import Waiting, read_waiting
from core.web.i18n import _, ngettext
from training.appeals.policy import sees_appeals
from training.appeals.queries import has_appeal_to_decide
from training.appeals.waiting import appeals_waiting
from training.catalogue.policy import can_write
from training.catalogue.queries import versions_to_review
from training.equivalences.policy import decides as decides_on_equivalences
from training.equivalences.queries import has_equivalence_to_decide
from training.equivalences.waiting import equivalences_to_decide
from training.exams.queries import has_open_attempt, open_attempts
from training.exemptions.policy import decides as decides_on_exemptions
from training.exemptions.queries import has_exemption_to_decide
from training.exemptions.waiting import exemptions_to_decide
from training.findings.models import AuditFinding
from training.findings.queries import findings_to_act_on, findings_to_close, has_finding_to_act_on, has_finding_to_close
from training.locks.policy import sees_locks
from training.locks.queries import has_lock_to_open
from training.locks.waiting import locks_waiting
from training.marking.policy import marks
from training.marking.queries import has_to_mark, to_mark
from training.practicals.queries import has_sheet_to_send, to_assess
from training.reminders.telling import ReminderFact as ReminderFact
from training.requirements.to_do import assignments_to_do
from training.sessions.policy import can_plan
from training.sessions.queries import has_session_to_settle, has_session_to_tell
from training.sessions.waiting import lists_to_keep, sessions_to_judge
from training.upkeep.queries import courses_without_owner, has_course_without_owner


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
        "lists": has_session_to_settle(person, at=now(), plans=can_plan(person)),
        "sessions": has_session_to_tell(person, at=now()),
    }


def waiting_for(person: Person, *, on: date, among: Collection[str] | None = None) -> list[Waiting]:
    """What waits for the person in training, in at most one statement each: courses to complete, exams to finish, versions
    to review, practical assessments in which to say what one saw, appeals and exemptions to decide, courses whose owner has left,
    locked exams to open, answers to mark, sessions of which to say who came or how they were.

    `among` are the names of what `may_wait` said may hold something; without it everything is looked for.
    """
    sources: dict[str, Callable[[], list[Waiting]]] = {
        "exams": lambda: _exams_to_finish(person),
        "courses": lambda: _courses_to_complete(person, on=on),
        "versions": lambda: _versions_to_review(person),
        "practicals": lambda: _practicals_to_assess(person),
        "locks": lambda: locks_waiting(person, on=on),
        "appeals": lambda: appeals_waiting(person),
        "exemptions": lambda: exemptions_to_decide(person),
        "equivalences": lambda: equivalences_to_decide(person),
        "findings": lambda: _findings(findings_to_act_on(person), _("Act on an audit finding")),
        "findings_to_close": lambda: _findings(findings_to_close(person), _("Close an audit finding somebody acted on")),
        "owners": lambda: _courses_to_hand_over(person, on=on),
        "marking": lambda: _answers_to_mark(person),
        "lists": lambda: lists_to_keep(person),
        "sessions": lambda: sessions_to_judge(person),
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
