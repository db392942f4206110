"""Situations of exams that people mark."""

from io import BytesIO

from werkzeug.datastructures import FileStorage

from core.clock import today
from core.db import session
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.factories import make_employment, make_job_role, make_person
from tests.situations import a_pdf
from tests.training.situations import Learner, a_draft_course, a_trainer, an_officer, read_everything, right_answers
from training.catalogue import actions
from training.catalogue.actions import ExamTerms
from training.catalogue.models import Course, CourseVersion
from training.catalogue.queries import find_version_in_force, get_version
from training.exams.actions import hand_in, start_attempt
from training.exams.models import Attempt
from training.exams.queries import drawn_items
from training.items.actions import write_item
from training.items.by_hand import ByHand, Criterion, Level
from training.items.content import ItemDraft
from training.items.models import ItemKind
from training.marking.actions import send_mark
from training.marking.handing_in import keep_files
from training.marking.judging import Sheet
from training.marking.models import Script
from training.marking.queries import get_script, scripts_of
from training.requirements.actions import rederive, write_rule

PDF = a_pdf("A form, filled in.")
RUBRIC = (
    Criterion("Names the risk", (Level("does not name it", 0), Level("names it in part", 2), Level("names and explains it", 4))),
    Criterion("Says what to do", (Level("says nothing", 0), Level("names the step and who takes it", 4))),
)
BEST, HALF, WORST = (2, 1), (1, 0), (0, 0)
ESSAY = "A client wants a loan today and cannot say where the money comes from. What do you do?"
FILE = "Hand in the form you would fill in."


def an_essay() -> ItemDraft:
    """An essay worth 8 points."""
    return ItemDraft(ItemKind.ESSAY, ESSAY, by_hand=ByHand(RUBRIC, guidance="canary-guidance", least_words=3, most_words=200))


def a_file() -> ItemDraft:
    """A file worth 8 points."""
    return ItemDraft(ItemKind.FILE, FILE, by_hand=ByHand(RUBRIC, file_kinds=("pdf",), file_megabytes=2))


def a_marked_course(*, double: bool = False, with_file: bool = False, pass_mark: int = 80, questions: int = 4) -> CourseVersion:
    """A course in force whose exam asks a few questions that mark themselves, and an essay, a file too if wanted."""
    trainer, officer = a_trainer("Tiago Motta"), an_officer("Otília Reis")
    terms = ExamTerms(item_count=questions + 1 + with_file, pass_mark=pass_mark, double_marking=double, marks_may_differ=2)
    version = a_draft_course(by=trainer, terms=terms, questions=questions)
    for draft in (an_essay(), *([a_file()] if with_file else [])):
        write_item(version, None, draft, by=trainer)
    version = get_version(version.public_id, viewer=trainer)
    actions.submit_version(version, by=trainer)
    actions.approve_version(version, in_force_from=today(officer.time_zone), by=officer)
    found = find_version_in_force(version.course, on=today(officer.time_zone))
    assert found is not None
    return found


def a_writer(version: CourseVersion, name: str = "Nina Rocha", *, locale: str = "en") -> Learner:
    """Somebody of whom a rule asks the course."""
    role = make_job_role()
    since = today("America/Sao_Paulo").replace(year=2020, day=1)
    rule = write_rule(course=version.course, job_role=role, due_days=30, valid_months=12, source="", effective_from=since, by=None)
    person = make_person(name, roles=(Role.NEW_HIRE,), locale=locale)
    make_employment(person, job_role=role, starts_on=today("America/Sao_Paulo"))
    rederive(person)
    return Learner(person, version.course, version, rule, role)


def answers_of(attempt: Attempt, *, essay: str = "I ask for papers, and tell compliance.") -> dict[str, list[str]]:
    """Every question that marks itself right, and something written to the essay."""
    by_hand = {str(item.public_id): item.kind for item in drawn_items(attempt) if item.kind in (ItemKind.ESSAY, ItemKind.FILE)}
    marked = {key: value for key, value in right_answers(attempt).items() if key not in by_hand}
    return marked | {key: [essay] for key, kind in by_hand.items() if kind is ItemKind.ESSAY and essay}


def a_handed_in_exam(
    *,
    double: bool = False,
    with_file: bool = False,
    pass_mark: int = 80,
    name: str = "Nina Rocha",
    version: CourseVersion | None = None,
    locale: str = "en",
) -> tuple[Learner, Attempt]:
    """An exam handed in with what marks itself all right, whose essay waits for its mark."""
    learner = a_writer(version or a_marked_course(double=double, with_file=with_file, pass_mark=pass_mark), name, locale=locale)
    read_everything(learner)
    attempt = start_attempt(learner.version, by=learner.person)
    if with_file:
        wanted = next(item for item in drawn_items(attempt) if item.kind is ItemKind.FILE)
        upload = FileStorage(BytesIO(PDF), filename="nina-rocha.pdf", content_type="application/pdf")
        keep_files(attempt, {f"upload-{wanted.public_id}": upload}, by=learner.person)
    return learner, hand_in(attempt, answers_of(attempt), sequence=1, by=learner.person)


def a_marker(name: str = "Mara Veiga") -> Person:
    """Somebody of compliance: they mark the exams of every course."""
    return an_officer(name)


def who_answers_for(attempt: Attempt) -> Person:
    """The trainer whose course the exam belongs to."""
    owner = session.get_one(Course, attempt.course_id).owner_id
    assert owner is not None
    return get_person_by_key(owner)


def the_script(attempt: Attempt, kind: ItemKind = ItemKind.ESSAY) -> Script:
    """The answer to the essay, or to the file."""
    return next(script for script in scripts_of(attempt) if script.item.kind is kind)


def give(script: Script, levels: tuple[int, ...], *, by: Person, comment: str = "", note: str = "") -> Script:
    """Send a mark as somebody."""
    by = get_person_by_key(by.id)
    return send_mark(get_script(script.public_id, viewer=by), Sheet(levels, (note, "")), comment=comment, by=by)
