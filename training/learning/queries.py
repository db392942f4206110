"""Reading how far somebody is with what they learn."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from core.db import session
from core.people.models import Person
from training.catalogue.models import CourseVersion, Module
from training.catalogue.queries import EFFECTIVE
from training.learning.models import ModuleReading, Study


def modules_read(person: Person, version: CourseVersion) -> set[int]:
    """Inner keys of the version's modules the person has read."""
    query = select(ModuleReading.module_id).join(Module, Module.id == ModuleReading.module_id)
    query = query.where(ModuleReading.person_id == person.id, Module.version_id == version.id)
    return set(session.scalars(query.order_by(ModuleReading.module_id)))


def reading_progress(person: Person, course_ids: Sequence[int], *, on: date) -> dict[int, tuple[int, int]]:
    """Course to modules read and modules there are, of the version in force on the day, in one statement."""
    latest = (
        select(
            CourseVersion.id,
            CourseVersion.course_id,
            func.row_number()
            .over(partition_by=CourseVersion.course_id, order_by=(CourseVersion.in_force_from.desc(), CourseVersion.number.desc()))
            .label("place"),
        )
        .where(CourseVersion.course_id.in_(course_ids), CourseVersion.state.in_(EFFECTIVE), CourseVersion.in_force_from <= on)
        .subquery()
    )
    query = (
        select(latest.c.course_id, func.count(ModuleReading.id), func.count(Module.id))
        .join(Module, Module.version_id == latest.c.id)
        .outerjoin(ModuleReading, (ModuleReading.module_id == Module.id) & (ModuleReading.person_id == person.id))
        .where(latest.c.place == 1)
        .group_by(latest.c.course_id)
        .order_by(latest.c.course_id)
    )
    return {course_id: (read, there) for course_id, read, there in session.execute(query)}


def find_reading(person: Person, module: Module) -> ModuleReading | None:
    """The person's reading of the module, if they confirmed it."""
    query = select(ModuleReading).where(ModuleReading.person_id == person.id, ModuleReading.module_id == module.id)
    return session.scalars(query.order_by(ModuleReading.id)).one_or_none()


def find_study(person: Person, version: CourseVersion, *, lock: bool = False) -> Study | None:
    """The person's work on the version; `lock` holds the row until the transaction ends."""
    query = select(Study).where(Study.person_id == person.id, Study.version_id == version.id).order_by(Study.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()
