"""Reading modules: beginning, being seen at them, and saying that one has read them."""

from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, WrongState
from core.people.folding import folded
from core.people.models import Person
from core.web.i18n import _, ngettext
from training.catalogue.models import CourseVersion, Module, ModuleKind
from training.learning import queries
from training.learning.models import ModuleProgress, ModuleReading, Study
from training.learning.reading_time import counted, minutes_left
from training.standings.actions import keep_standings

FURTHEST = 10_000  # no document has more pages


def begin_study(version: CourseVersion, *, by: Person) -> Study:
    """Note that the person has begun with a version. Beginning twice is one beginning.

    Needs `course` to be loaded. Raises WrongState for a course that is archived.
    """
    study = queries.find_study(by, version)
    if study is not None:
        return study
    if not version.course.is_offered:
        raise WrongState(_("This course is archived: nobody begins it any more."))
    try:
        with session.begin_nested():
            study = Study(person_id=by.id, course_id=version.course_id, version_id=version.id, started_at=now())
            session.add(study)
    except IntegrityError:  # two tabs at once
        found = queries.find_study(by, version)
        if found is None:
            raise
        return found
    record("training.study.begun", study, by=by, person=by, changes={"course": version.course_id, "version": version.number})
    keep_standings(by)
    return study


def be_seen(version: CourseVersion, module: Module, *, by: Person, place: int | None = None, resuming: bool = False) -> ModuleProgress:
    """Note that the person is at a module, and at which page of it. The time since they were last seen counts, unless they come back from a pause."""
    begin_study(version, by=by)
    progress = _progress(module, by)
    progress.seconds = _counted(progress, module, by, resuming=resuming)
    progress.seen_at = now()
    if place is not None:
        progress.place = min(max(place, 1), FURTHEST)
    session.flush()
    return progress


def _progress(module: Module, by: Person) -> ModuleProgress:
    found = queries.find_progress(by, module, lock=True)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            found = ModuleProgress(person_id=by.id, module_id=module.id, seconds=0, seen_at=now())
            session.add(found)
    except IntegrityError:  # two tabs at once
        found = queries.find_progress(by, module, lock=True)
        if found is None:
            raise
    return found


def _counted(progress: ModuleProgress, module: Module, by: Person, *, resuming: bool = False) -> int:
    seen_at = None if resuming else progress.seen_at
    return counted(progress.seconds, seen_at, elsewhere_at=queries.seen_elsewhere(by, module), at=now())


def read_module(version: CourseVersion, module: Module, *, by: Person, typed_name: str = "") -> None:
    """Note that the person has read a module, or confirmed its statement by their name. Saying so twice is saying it once.

    Raises Invalid while the least time is not spent, or for another name.
    """
    begin_study(version, by=by)
    if queries.find_reading(by, module) is not None:
        return
    if module.minimum_seconds:
        progress = queries.find_progress(by, module)
        left = minutes_left(module.minimum_seconds, 0 if progress is None else _counted(progress, module, by))
        if left:
            raise Invalid(ngettext("Spend another minute with this first.", "Spend another %(num)s minutes with this first.", left))
    reading = ModuleReading(person_id=by.id, module_id=module.id, read_at=now())
    if module.kind is ModuleKind.ACKNOWLEDGEMENT:
        reading.typed_name = _own_name(typed_name, by)
    try:
        with session.begin_nested():
            session.add(reading)
    except IntegrityError:  # two tabs at once
        return
    name = "training.module.acknowledged" if module.kind is ModuleKind.ACKNOWLEDGEMENT else "training.module.read"
    record(name, reading, by=by, person=by, changes={"course": version.course_id, "version": version.number, "module": module.id})


def _own_name(typed: str, by: Person) -> str:
    words = " ".join(typed.split())
    if folded(words) != folded(" ".join(by.name.split())):
        raise Invalid(_("Type your name as it stands here: %(name)s.", name=by.name), field="typed_name")
    return words
