"""Demonstration data of training: courses read from `demo_courses/`, rules, and years of people learning under them."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from core.clock import standing_at, today
from core.db import session
from core.people.models import Person
from core.people.queries import find_employment
from core.world import World
from training.catalogue import actions
from training.catalogue.actions import CourseFields, ExamTerms
from training.catalogue.models import Course, CourseArea, CourseForm, CourseVersion, ModuleKind
from training.catalogue.queries import get_version_in_force, latest_version
from training.certificates.actions import issue_certificate
from training.completions.actions import complete
from training.completions.queries import find_completion_of_attempt
from training.compliance.expiry import last_valid_day
from training.demo_answers import answer_to
from training.demo_audits import load_audits
from training.demo_exceptions import load_exceptions
from training.demo_results import load_results
from training.demo_sessions import load_sessions
from training.exams.actions import hand_in, start_attempt
from training.exams.models import Attempt
from training.exams.queries import drawn_items, question_paper
from training.items.actions import write_items
from training.items.content import ItemDraft, OptionDraft
from training.items.models import BlankForm, ItemKind
from training.learning.actions import read_module
from training.modules.actions import write_module
from training.modules.content import ModuleFields
from training.requirements.actions import rederive_many, write_rule
from training.requirements.deriving import deriving_once
from training.requirements.models import CompletionSource

FOLDER = Path(__file__).parent / "demo_courses"
FIRST_DAY = -1100  # when the courses were written, from today
HAPPENED_LATELY = 420  # days in which many exams were sat here; the rest was written down from lists of before
BY_AREA: dict[CourseArea, tuple[str | None, ...]] = {
    CourseArea.COMPLIANCE: (None,),
    CourseArea.ETHICS: (None,),
    CourseArea.SECURITY: (None,),
    CourseArea.PRODUCT: ("Relationship manager", "Account manager"),
    CourseArea.SALES: ("Relationship manager", "Account manager"),
    CourseArea.CUSTOMER_SERVICE: ("Customer-service manager", "Relationship manager"),
    CourseArea.SYSTEMS: ("Customer-service manager",),
}
MONTHS = {CourseArea.COMPLIANCE: 12, CourseArea.ETHICS: 24, CourseArea.SECURITY: 12, CourseArea.PRODUCT: 24}
CONFIRMED = frozenset({CourseArea.COMPLIANCE, CourseArea.ETHICS})  # their courses end with a statement to confirm by name
STATEMENT = "Li os módulos deste curso e me comprometo a cumprir o que eles pedem. Sei a quem perguntar quando tiver dúvida."


@dataclass(frozen=True)
class Sitting:
    """A completion to come about: on which day, by whom, of which course."""

    on: date
    person: Person
    course: Course
    by_exam: bool


def load_demo(world: World) -> None:
    """Courses in force, rules, completions of past years, certificates valid, expiring and expired."""
    written = [_write_course(world, tomllib.loads(path.read_text("utf-8")), number) for number, path in enumerate(sorted(FOLDER.glob("*.toml")))]
    if not written:
        return
    asked = [rule for course, wanted in written for rule in _write_rules(world, course, wanted)]
    with deriving_once():
        for sitting in sorted(_sittings(world, asked), key=lambda one: (one.on, one.person.id, one.course.id)):
            _bring_about(world, sitting)
    load_exceptions(world, [course for course, _wanted in written])
    _next_version(world, [course for course, _wanted in written])
    load_sessions(world, [course for course, _wanted in written])
    load_results(world, [course for course, _wanted in written])
    rederive_many([person.id for person in [*world.colleagues, *(hired[0] for hired in world.new_hires)]])
    load_audits(world, [course for course, _wanted in written])


def _write_course(world: World, source: dict[str, Any], number: int) -> tuple[Course, dict[str, Any]]:
    trainer, officer = world.people["trainer"], world.people["compliance"]
    about = source["course"]
    fields = CourseFields(
        title=about["title"],
        code=about["code"].upper(),
        area=CourseArea(about["area"]),
        form=CourseForm(about.get("form", "e_learning")),
        duration_minutes=round(float(about.get("hours", 1)) * 60),
        language=about.get("language", "pt_BR"),
        summary=about.get("summary", ""),
        regulation=about.get("regulation", ""),
    )
    terms = ExamTerms(
        pass_mark=int(about.get("pass_mark", 80)),
        minutes=int(about.get("minutes", 30)),
        item_count=int(about.get("item_count", 8)),
        attempts_allowed=5,
    )
    with standing_at(world.at(FIRST_DAY + number, 9)):
        course = actions.add_course(fields, terms, by=trainer)
        version = latest_version(course)
        for module in source["modules"]:
            actions.write_module(version, None, title=module["title"], text=module["text"], by=trainer)
        if fields.area in CONFIRMED:
            statement = ModuleFields(ModuleKind.ACKNOWLEDGEMENT, "Declaração", STATEMENT)
            write_module(latest_version(course), None, statement, by=trainer)
        write_items(version, [read_item(item) for item in source["items"]], by=trainer)
        actions.submit_version(version, by=trainer)
    with standing_at(world.at(FIRST_DAY + number + 3, 15)):
        actions.approve_version(version, in_force_from=today(officer.time_zone), by=officer)
    session.flush()
    return course, source


def read_item(source: dict[str, Any]) -> ItemDraft:
    """A question as a file writes it."""
    kind = ItemKind(source["kind"])
    options = [_read_option(kind, told) for told in source.get("options", [])]
    answer = source.get("answer", "")
    if kind is ItemKind.TRUE_FALSE and not options:
        options = [OptionDraft("Verdadeiro", answer is True), OptionDraft("Falso", answer is False)]
    return ItemDraft(
        kind=kind,
        text=str(source["text"]),
        points=int(source.get("points", 1)),
        feedback=str(source.get("feedback", "")),
        answer=str(answer) if kind is ItemKind.NUMERIC else "",
        tolerance=str(source.get("tolerance", "0")) if kind is ItemKind.NUMERIC else "0",
        options=options,
    )


def _read_option(kind: ItemKind, told: dict[str, Any]) -> OptionDraft:
    is_typed = kind in (ItemKind.SHORT_TEXT, ItemKind.FILL_IN)
    weight = int(told.get("weight", 100))
    return OptionDraft(
        text=str(told["text"]),
        correct=weight == 100 if is_typed else bool(told.get("correct", False)),
        feedback=str(told.get("feedback", "")),
        weight=weight,
        partner=str(told.get("partner", "")),
        blank=int(told.get("blank", 0)),
        form=BlankForm(told.get("form", "typed")),
    )


@dataclass(frozen=True)
class Asking:
    """A rule of the demonstration: which role must hold which course."""

    course: Course
    role: str | None
    due_days: int
    months: int | None


def _write_rules(world: World, course: Course, source: dict[str, Any]) -> list[Asking]:
    wanted = source.get("rules") or [
        {"role": role, "due_days": 30 if role is None else 45, "valid_months": MONTHS.get(course.area)} for role in BY_AREA[course.area]
    ]
    found = []
    with standing_at(world.at(FIRST_DAY + 20, 11)):
        for rule in wanted:
            role = rule.get("role") or None
            if role is not None and role not in world.job_roles:
                continue
            asking = Asking(course, role, int(rule.get("due_days", 30)), rule.get("valid_months") or None)
            found.append(asking)
            write_rule(
                course=course,
                job_role=None if role is None else world.job_roles[role],
                due_days=asking.due_days,
                valid_months=asking.months,
                source=course.regulation,
                effective_from=world.today + timedelta(days=FIRST_DAY + 30),
                by=world.people["compliance"],
            )
    return found


def _sittings(world: World, asked: list[Asking]) -> Iterator[Sitting]:
    new = {hired[0].id for hired in world.new_hires}
    start = world.today + timedelta(days=FIRST_DAY + 30)
    for person in world.colleagues:
        employment = find_employment(person, on=world.today)
        if person.id in new or employment is None:
            continue
        seen: set[int] = set()
        for rule in asked:
            role = None if rule.role is None else world.job_roles[rule.role]
            if rule.course.id in seen or (role is not None and role.id != employment.job_role_id):
                continue
            seen.add(rule.course.id)
            yield from _of_one(world, person, rule, max(start, employment.valid_from))


def _of_one(world: World, person: Person, rule: Asking, basis: date) -> Iterator[Sitting]:
    dice = world.random
    luck = dice.random()
    if luck < 0.05 and person not in world.people.values():
        return  # never did: overdue
    day = basis + timedelta(days=dice.randrange(3, max(rule.due_days, 6)) + (20 if luck > 0.93 else 0))
    while day < world.today:
        yield Sitting(day, person, rule.course, by_exam=(world.today - day).days < HAPPENED_LATELY and dice.random() < 0.15)
        if rule.months is None:
            return
        until = last_valid_day(day, rule.months)
        if luck < 0.13 and until > world.today - timedelta(days=200):
            return  # let the last one lapse, or leaves renewing to the last days
        day = until - timedelta(days=dice.randrange(0, 26))


def _bring_about(world: World, sitting: Sitting) -> None:
    day, dice = (sitting.on - world.today).days, world.random
    moment = world.at(day, 8 + dice.randrange(9), dice.randrange(60))
    with standing_at(moment):
        version = get_version_in_force(sitting.course.public_id, on=sitting.on)
        if not sitting.by_exam:
            complete(sitting.person, version, completed_on=sitting.on, by=world.people["compliance"], source=CompletionSource.RECORDED)
            return
        for module in version.modules:
            read_module(version, module, by=sitting.person, typed_name=sitting.person.name)
    for sat in range(version.attempts_allowed):
        with standing_at(moment + timedelta(minutes=40 * sat)):
            if _sit(world, version, sitting.person, chance=0.93 if sat == 0 else 1.0).passed:
                return


def _sit(world: World, version: CourseVersion, person: Person, *, chance: float) -> Attempt:
    dice = world.random
    attempt = start_attempt(version, by=person, seed=dice.randrange(2**31))
    paper = {question.id: question for question in question_paper(attempt)}
    answers = {str(item.public_id): answer_to(item, paper[item.public_id], knows=dice.random() < chance) for item in drawn_items(attempt)}
    with standing_at(attempt.started_at + timedelta(minutes=5 + dice.randrange(8))):
        handed_in = hand_in(attempt, answers, sequence=1, by=person)
        completion = find_completion_of_attempt(handed_in.id)
        if completion is not None:
            issue_certificate(completion)
    return handed_in


def _next_version(world: World, courses: list[Course]) -> None:
    """A next version of a course waiting for its second reader."""
    trainer = world.people["trainer"]
    with standing_at(world.at(-4, 16)):
        version = actions.begin_next_version(
            courses[0], what_changed="Texto do segundo módulo atualizado; nada muda para quem já concluiu.", by=trainer
        )
        actions.submit_version(version, by=trainer)
