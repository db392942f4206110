"""Writing courses and versions, and bringing them into force with a second person's approval."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.jobs.queue import enqueue
from core.people.models import Person
from core.web.i18n import _
from training.catalogue import content, policy, queries
from training.catalogue.clauses import Clause, in_one_line, once_each, take_apart
from training.catalogue.copying import copy_content
from training.catalogue.models import (
    UNDER_REVIEW,
    WORKFLOW,
    ChangeKind,
    Course,
    CourseArea,
    CourseClause,
    CourseForm,
    CourseVersion,
    Module,
    UnderWay,
    VersionAuthor,
    VersionMove,
    VersionState,
)
from training.catalogue.terms import ExamTerms as ExamTerms
from training.items.copying import copy_items
from training.locks.actions import lift_locks_of
from training.regrading.corrections import corrections_of
from training.sections.copying import copy_sections
from training.standings.actions import distrust_standings

REDERIVE = "training.rederive_everybody"  # a task of requirements: what a revision asks anew becomes due


@dataclass(frozen=True)
class CourseFields:
    """What describes a course. Where there are no `clauses`, they are read out of `regulation`."""

    title: str
    code: str
    area: CourseArea
    form: CourseForm
    duration_minutes: int
    language: str
    summary: str = ""
    regulation: str = ""
    clauses: tuple[Clause, ...] = ()

    @property
    def columns(self) -> dict[str, object]:
        """What stands in the course's own row."""
        own = {name: value for name, value in vars(self).items() if name != "clauses"}
        return own | {"regulation": in_one_line(self.answers_to)}

    @property
    def answers_to(self) -> tuple[Clause, ...]:
        """The clauses, each once."""
        return once_each(self.clauses) or take_apart(self.regulation)


@dataclass(frozen=True)
class VersionChange:
    """What a version changes, and what it means for those who are with an earlier one."""

    what_changed: str
    kind: ChangeKind = ChangeKind.EDIT
    transition_days: int = 30
    under_way: UnderWay = UnderWay.FINISH


def add_course(fields: CourseFields, terms: ExamTerms, *, by: Person | None) -> Course:
    """Write down a new course with its first version as a draft. Raises Invalid for a code that is taken."""
    _insist_on_writer(by)
    if queries.find_course_by_code(fields.code) is not None:
        raise Invalid(_("Another course has this code."), field="code")
    course = Course(**fields.columns, owner_id=None if by is None else by.id, clauses=_rows_of(fields.answers_to))
    session.add(course)
    session.flush()
    record("training.course.added", course, by=by, changes={"code": course.code})
    _begin_version(course, 1, terms, what_changed="", by=by)
    return course


def describe_course(course: Course, fields: CourseFields, *, by: Person) -> None:
    """Change what describes a course; its versions stay as they are. Needs `clauses` to be loaded. Raises Invalid for a code that is taken."""
    _insist_on_writer(by)
    same = queries.find_course_by_code(fields.code)
    if same is not None and same.id != course.id:
        raise Invalid(_("Another course has this code."), field="code")
    columns = fields.columns
    changed = {name: [str(getattr(course, name)), str(value)] for name, value in columns.items() if getattr(course, name) != value}
    for name in changed:
        setattr(course, name, columns[name])
    if "regulation" in changed:
        course.clauses = []
        session.flush()  # what goes is gone before what comes, as each stands once
        course.clauses = _rows_of(fields.answers_to)
    if changed:
        record("training.course.described", course, by=by, changes=changed)


def _rows_of(clauses: Sequence[Clause]) -> list[CourseClause]:
    return [CourseClause(position=place, regulation=one.regulation, article=one.article) for place, one in enumerate(clauses, start=1)]


def _begin_version(course: Course, number: int, terms: ExamTerms, *, what_changed: str, by: Person | None) -> CourseVersion:
    version = CourseVersion(course_id=course.id, number=number, state=VersionState.DRAFT, what_changed=what_changed, **vars(terms))
    session.add(version)
    session.flush()
    session.add(VersionMove(version_id=version.id, at=now(), from_state=None, to_state=VersionState.DRAFT, by_id=None if by is None else by.id))
    _sign_as_author(version, by)
    record("training.version.begun", version, by=by, changes={"course": course.id, "number": number})
    return version


def begin_next_version(course: Course, *, what_changed: str, by: Person) -> CourseVersion:
    """Begin the next version of a course as a copy of the latest. Raises WrongState while one is being written."""
    _insist_on_writer(by)
    if not what_changed.strip():
        raise Invalid(_("Say what changes and why."), field="what_changed")
    latest = queries.latest_version(course)
    if not latest.is_kept_for_ever:
        raise WrongState(_("Version %(number)s is still being written. Finish that one first.", number=latest.number))
    if not course.is_offered:
        raise WrongState(_("This course is archived. Take it out of the archive before you write a next version."))
    terms = ExamTerms(**{name: getattr(latest, name) for name in ExamTerms.__dataclass_fields__})
    version = _begin_version(course, latest.number + 1, terms, what_changed=what_changed.strip(), by=by)
    copy_content(latest, version)
    copy_items(latest.items, version, corrections=corrections_of(latest.id))
    copy_sections(latest.sections, version)
    session.flush()
    return version


def set_exam_terms(version: CourseVersion, terms: ExamTerms, *, what_changed: str, by: Person) -> None:
    """Change how the exam of a draft is held. Raises WrongState once it is not a draft. Sections decide how many questions it asks."""
    version = open_for_writing(version, by)
    if version.sections:
        terms = replace(terms, item_count=version.item_count)
    changed = {name: [getattr(version, name), value] for name, value in vars(terms).items() if getattr(version, name) != value}
    for name in changed:
        setattr(version, name, getattr(terms, name))
    version.what_changed = what_changed.strip() or version.what_changed
    record("training.version.written", version, by=by, changes=changed)


def set_change(version: CourseVersion, change: VersionChange, *, by: Person) -> None:
    """Say what a draft changes, and what that means for those who are with an earlier version. Raises Invalid for a revision without notes."""
    version = open_for_writing(version, by)
    if not change.what_changed.strip() and (version.number > 1 or change.kind is ChangeKind.REVISION):
        raise Invalid(_("Say what changes and why."), field="what_changed")
    wanted = {"change_kind": change.kind, "transition_days": change.transition_days, "under_way": change.under_way}
    changed = {name: [str(getattr(version, name)), str(value)] for name, value in wanted.items() if getattr(version, name) != value}
    for name in changed:
        setattr(version, name, wanted[name])
    version.what_changed = change.what_changed.strip()
    record("training.version.change_described", version, by=by, changes=changed)


def write_module(version: CourseVersion, module: Module | None, *, title: str, text: str, by: Person | None) -> Module:
    """Add a module to a draft (`module` None) or change one. Raises WrongState once it is not a draft."""
    version = open_for_writing(version, by)
    if module is None:
        module = Module(version_id=version.id, position=1 + max((m.position for m in version.modules), default=0))
        session.add(module)
    module.title, module.text = title, text
    session.flush()
    record("training.module.written", module, by=by, changes={"version": version.number, "course": version.course_id})
    return module


def drop_module(version: CourseVersion, module: Module, *, by: Person) -> None:
    """Take a module out of a draft."""
    version = open_for_writing(version, by)
    record("training.module.dropped", module, by=by, changes={"version": version.number, "course": version.course_id})
    version.modules.remove(module)


def submit_version(version: CourseVersion, *, by: Person | None) -> None:
    """Hand a draft in for review. Raises Invalid while something is missing."""
    version = open_for_writing(version, by)
    missing = content.missing_from(version)
    if missing:
        raise Invalid(" ".join(missing))
    version.submitted_at = now()
    _move(version, VersionState.IN_REVIEW, by=by)


def return_version(version: CourseVersion, *, reason: str, by: Person) -> None:
    """Give a version back to its authors with a reason."""
    version = _under_review(version, by)
    if not reason.strip():
        raise Invalid(_("Say what should change."), field="reason")
    _move(version, VersionState.DRAFT, by=by, reason=reason.strip())


def note_review(version: CourseVersion, *, remarks: str, by: Person) -> None:
    """Say as somebody who did not write in a version that nothing stands against it. It can then be approved."""
    version = _under_review(version, by)
    if version.state is VersionState.REVIEWED:
        raise WrongState(_("This version has been reviewed already."))
    _move(version, VersionState.REVIEWED, by=by, reason=remarks.strip())


def approve_version(version: CourseVersion, *, in_force_from: date, by: Person) -> None:
    """Approve a version as a second person, to be in force from a day on. From then on nothing in it changes.

    Who approves what nobody has reviewed says with it that they have.
    """
    version = _under_review(version, by)
    if in_force_from < today(by.time_zone):
        raise Invalid(_("A version cannot be in force before the day it is approved."), field="in_force_from")
    _approve(version, in_force_from=in_force_from, by=by)


def _approve(version: CourseVersion, *, in_force_from: date, by: Person) -> None:
    if version.state is VersionState.IN_REVIEW:
        _move(version, VersionState.REVIEWED, by=by)
    version.in_force_from, version.approved_at, version.approved_by_id = in_force_from, now(), by.id
    if version.change_kind is ChangeKind.REVISION and version.number > 1:
        version.older_count_until = in_force_from + timedelta(days=version.transition_days)
        distrust_standings()
    _move(version, VersionState.APPROVED, by=by)
    session.flush()
    if in_force_from <= today(by.time_zone):
        _put_in_force(version, by=by)


def put_due_versions_in_force() -> None:
    """Put every approved version in force whose day has come, in place of the one before."""
    for version in queries.versions_due(on=today()):
        _put_in_force(queries.lock_version(version), by=None)


def _put_in_force(version: CourseVersion, *, by: Person | None) -> None:
    if version.state is not VersionState.APPROVED:
        return
    for before in queries.versions_in_force(version.course_id):
        _move(before, VersionState.SUPERSEDED, by=by)
    _move(version, VersionState.IN_FORCE, by=by)
    session.flush()
    lift_locks_of(version.course_id)
    if version.change_kind is ChangeKind.REVISION and version.number > 1:
        enqueue(REDERIVE)


def _move(version: CourseVersion, to: VersionState, *, by: Person | None, reason: str = "") -> None:
    WORKFLOW.insist(version.state, to)
    session.add(
        VersionMove(version_id=version.id, at=now(), from_state=version.state, to_state=to, by_id=None if by is None else by.id, reason=reason)
    )
    record(
        f"training.version.{to.value}", version, by=by, changes={"number": version.number, "state": [version.state.value, to.value]}, reason=reason
    )
    version.state = to


def open_for_writing(version: CourseVersion, by: Person | None) -> CourseVersion:
    """The draft as it is now, its row held, with the person signed as one of its authors. Raises WrongState once it is not a draft."""
    _insist_on_writer(by)
    version = queries.lock_version(version)
    if version.state is not VersionState.DRAFT:
        raise WrongState(_("This version is no longer a draft, so nothing in it changes. Begin the next version instead."))
    _sign_as_author(version, by, known=[author.person_id for author in version.authors])
    return version


def _under_review(version: CourseVersion, by: Person) -> CourseVersion:
    version = queries.lock_version(version)
    if version.state not in UNDER_REVIEW:
        raise WrongState(_("This version is not waiting for a review."))
    if not policy.can_review(by, version):
        raise NotAllowed(_("A version is approved by somebody who did not write in it."))
    return version


def _sign_as_author(version: CourseVersion, by: Person | None, *, known: Sequence[int] = ()) -> None:
    if by is not None and by.id not in known:
        session.add(VersionAuthor(version_id=version.id, person_id=by.id))
        session.flush()


def _insist_on_writer(by: Person | None) -> None:
    if by is not None and not policy.can_write(by):
        raise NotAllowed(_("Only trainers and compliance write courses."))
