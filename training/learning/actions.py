"""Reading modules."""

from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import WrongState
from core.people.models import Person
from core.web.i18n import _
from training.catalogue.models import CourseVersion, Module
from training.learning import queries
from training.learning.models import ModuleReading, Study
from training.standings.actions import keep_standings


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


def read_module(version: CourseVersion, module: Module, *, by: Person) -> None:
    """Note that the person has read a module. Saying so twice is saying it once."""
    begin_study(version, by=by)
    if queries.find_reading(by, module) is not None:
        return
    reading = ModuleReading(person_id=by.id, module_id=module.id, read_at=now())
    try:
        with session.begin_nested():
            session.add(reading)
    except IntegrityError:  # two tabs at once
        return
    record("training.module.read", reading, by=by, person=by, changes={"course": version.course_id, "version": version.number, "module": module.id})
