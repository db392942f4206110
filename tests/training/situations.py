"""Situations of training, brought about by the real actions."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from core.clock import today
from core.db import session
from core.people.models import JobRole, Person
from core.people.rights import Role
from tests.factories import make_company, make_employment, make_job_role, make_person
from training.catalogue import actions
from training.catalogue.actions import CourseFields, ExamTerms
from training.catalogue.models import Course, CourseArea, CourseForm, CourseVersion
from training.catalogue.queries import find_version_in_force, get_version, latest_version
from training.exams.actions import close_attempt, hand_in, start_attempt
from training.exams.models import Attempt
from training.exams.queries import drawn_items
from training.exemptions.actions import Asked, approve_exemption, ask_exemption
from training.exemptions.models import Exemption
from training.items.actions import write_items
from training.items.content import ItemDraft, OptionDraft
from training.items.models import ItemKind
from training.learning.actions import read_module
from training.requirements.actions import rederive, write_rule
from training.requirements.models import Rule

FEEDBACK = "canary-feedback"
_numbers = count(1)


def items(number: int = 8) -> list[ItemDraft]:
    """Questions of every kind."""
    drafts: list[ItemDraft] = []
    for position in range(number):
        kind = (ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE, ItemKind.NUMERIC)[position % 4]
        text = f"Question {position + 1} of the pool?"
        if kind is ItemKind.NUMERIC:
            drafts.append(ItemDraft(kind, text, points=1, feedback=FEEDBACK, answer="731.25", tolerance="0.5"))
        elif kind is ItemKind.TRUE_FALSE:
            drafts.append(ItemDraft(kind, text, feedback=FEEDBACK, options=[OptionDraft("True", True, FEEDBACK), OptionDraft("False")]))
        else:
            right = [OptionDraft("Listen first", True, FEEDBACK)] + (
                [OptionDraft("Write it down", True, FEEDBACK)] if kind is ItemKind.MULTIPLE else []
            )
            wrong = [OptionDraft("Promise at once", feedback=FEEDBACK), OptionDraft("Wait a month")]
            drafts.append(ItemDraft(kind, text, points=2, feedback=FEEDBACK, options=[*right, *wrong]))
    return drafts


def a_trainer(name: str = "Tania Prado") -> Person:
    """Somebody who writes courses."""
    return make_person(name, roles=(Role.TRAINER,))


def an_officer(name: str = "Olga Campos") -> Person:
    """A compliance officer."""
    return make_person(name, roles=(Role.COMPLIANCE,))


def a_draft_course(*, by: Person, terms: ExamTerms | None = None, title: str = "Preventing money laundering", questions: int = 8) -> CourseVersion:
    """A course whose first version has two modules and questions, still a draft."""
    make_company()
    code = f"AML-{next(_numbers):03d}"
    fields = CourseFields(title, code, CourseArea.COMPLIANCE, CourseForm.E_LEARNING, 90, "en", regulation="Circular BCB 3.978/2020, art. 9")
    course = actions.add_course(fields, terms or ExamTerms(item_count=7), by=by)
    version = latest_version(course)
    for title_of_module in ("Know your client", "What to report"):
        actions.write_module(version, None, title=title_of_module, text="## Why\n\nBecause **trust** is our trade.", by=by)
    write_items(version, items(questions), by=by)
    return get_version(version.public_id, viewer=by)


def a_course(*, terms: ExamTerms | None = None, title: str = "Preventing money laundering", questions: int = 8) -> tuple[Course, CourseVersion]:
    """A course in force since today, written by a trainer and approved by an officer."""
    trainer, officer = a_trainer(), an_officer()
    version = a_draft_course(by=trainer, terms=terms, title=title, questions=questions)
    actions.submit_version(version, by=trainer)
    actions.approve_version(version, in_force_from=today(officer.time_zone), by=officer)
    found = find_version_in_force(version.course, on=today(officer.time_zone))
    assert found is not None
    return found.course, found


@dataclass
class Learner:
    """Somebody of whom a rule asks a course."""

    person: Person
    course: Course
    version: CourseVersion
    rule: Rule
    job_role: JobRole


def a_learner(
    *, terms: ExamTerms | None = None, name: str = "Nina Rocha", starts_on: date | None = None, valid_months: int | None = 12, questions: int = 8
) -> Learner:
    """A relationship manager since today of whom a rule asks a course in force."""
    course, version = a_course(terms=terms, questions=questions)
    role = make_job_role()
    starts_on = starts_on or today("America/Sao_Paulo")
    rule = write_rule(
        course=course,
        job_role=role,
        due_days=30,
        valid_months=valid_months,
        source="Circular BCB 3.978/2020, art. 9",
        effective_from=date(2020, 1, 1),
        by=None,
    )
    person = make_person(name, roles=(Role.NEW_HIRE,))
    make_employment(person, job_role=role, starts_on=starts_on)
    rederive(person)
    return Learner(person, course, version, rule, role)


def read_everything(learner: Learner) -> None:
    """Read every module."""
    found = find_version_in_force(learner.course, on=today(learner.person.time_zone))
    assert found is not None
    learner.version = found
    for module in found.modules:
        read_module(learner.version, module, by=learner.person)


def right_answers(attempt: Attempt) -> dict[str, list[str]]:
    """What must be sent to get every point."""
    answers = {}
    for item in drawn_items(attempt):
        right = [str(option.public_id) for option in item.options if option.correct]
        answers[str(item.public_id)] = [item.answer] if item.kind is ItemKind.NUMERIC else right
    return answers


def an_open_exam(learner: Learner | None = None) -> tuple[Learner, Attempt]:
    """An attempt that has just begun."""
    learner = learner or a_learner()
    read_everything(learner)
    return learner, start_attempt(learner.version, by=learner.person)


def a_passed_exam(learner: Learner | None = None) -> tuple[Learner, Attempt]:
    """An exam handed in with every answer right. The certificate's job is waiting: call run_jobs."""
    learner, attempt = an_open_exam(learner)
    attempt = hand_in(attempt, right_answers(attempt), sequence=1, by=learner.person)
    session.flush()
    return learner, attempt


def a_failed_exam(learner: Learner | None = None) -> tuple[Learner, Attempt]:
    """An exam handed in without an answer."""
    learner, attempt = an_open_exam(learner)
    closed = close_attempt(attempt.id, by=learner.person)
    assert closed is not None
    return learner, closed


def an_exemption(person: Person, course: Course, *, valid_from: date, valid_to: date | None = None, reason: str = "On parental leave.") -> Exemption:
    """An exemption asked for by one officer and approved by another."""
    asked = ask_exemption(person, course, Asked(valid_from, valid_to, reason, "Nobody can tell."), by=an_officer("Vera Asker"))
    approve_exemption(asked, by=an_officer("Saul Second"))
    return asked


def tomorrow() -> date:
    """The day after today where the people of these situations are."""
    return today("America/Sao_Paulo") + timedelta(days=1)
