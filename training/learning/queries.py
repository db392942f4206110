"""Reading how far somebody is with what they learn."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ScalarSelect, exists, func, select
from sqlalchemy.orm import aliased

from core.db import session
from core.people.models import Person
from training.catalogue.models import Course, CourseVersion, Module
from training.catalogue.queries import EFFECTIVE, in_force
from training.completions.queries import last_day_it_counts
from training.learning.models import ModuleProgress, ModuleReading, Study
from training.requirements.models import Completion


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


def find_progress(person: Person, module: Module, *, lock: bool = False) -> ModuleProgress | None:
    """How far the person is with the module; `lock` holds the row until the transaction ends."""
    query = select(ModuleProgress).where(ModuleProgress.person_id == person.id, ModuleProgress.module_id == module.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def seen_elsewhere(person: Person, module: Module) -> datetime | None:
    """When the person was last seen at any other module."""
    query = select(func.max(ModuleProgress.seen_at)).where(ModuleProgress.person_id == person.id, ModuleProgress.module_id != module.id)
    return session.scalars(query).one_or_none()


def find_study(person: Person, version: CourseVersion, *, lock: bool = False) -> Study | None:
    """The person's work on the version; `lock` holds the row until the transaction ends."""
    query = select(Study).where(Study.person_id == person.id, Study.version_id == version.id).order_by(Study.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


class Present(NamedTuple):
    """The version in force of a course, and what a person has to do with the course so far."""

    version: CourseVersion
    begun: int | None  # the latest version they have begun and not completed the course since
    completed_on: date | None  # what they completed last, the newest version first
    completed: int | None
    counts_until: date | None  # the last day on which that counts, where a revision ends it


def find_present(person: Person, course_id: UUID, *, on: date) -> Present | None:
    """What the person meets on the day of the course with this public id; None where nothing of it is in force."""
    best = (
        select(Completion.id)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .where(Completion.person_id == person.id, Completion.course_id == Course.id, Completion.superseded_at.is_(None))
        .order_by(CourseVersion.number.desc(), Completion.completed_on.desc(), Completion.id.desc())
        .limit(1)
        .correlate(Course)
        .scalar_subquery()
    )
    completed = aliased(CourseVersion)
    query = (
        in_force(on)
        .where(Course.public_id == course_id, Course.deleted_at.is_(None))
        .outerjoin(Completion, Completion.id == best)
        .outerjoin(completed, completed.id == Completion.version_id)
        .add_columns(_begun(person), Completion.completed_on, completed.number, last_day_it_counts(on=on))
    )
    found = session.execute(query).unique().one_or_none()
    return None if found is None else Present(*found)


def _begun(person: Person) -> ScalarSelect[int | None]:
    own, since = aliased(CourseVersion), aliased(Completion)
    completed = exists().where(
        since.person_id == person.id, since.course_id == Study.course_id, since.superseded_at.is_(None), since.recorded_at >= Study.started_at
    )
    query = select(func.max(own.number)).join(Study, Study.version_id == own.id).where(Study.person_id == person.id, Study.course_id == Course.id)
    return query.where(~completed).correlate(Course).scalar_subquery()
