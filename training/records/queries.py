"""Reading what a person met: the version as it was, and what they did with it."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from training.auditing.sight import sees_record
from training.catalogue.models import CourseVersion
from training.catalogue.queries import WHOLE
from training.exams.models import Attempt
from training.learning.models import ModuleReading
from training.records import policy
from training.requirements.models import Completion

Row = TypeVar("Row", Completion, Attempt)
_COMPLETION = (joinedload(Completion.person), joinedload(Completion.course))


def get_completion(completion_id: UUID, *, viewer: Person) -> Completion:
    """The completion with its person, if the viewer reads what they met. Raises NotFound."""
    found = session.scalars(select(Completion).where(Completion.public_id == completion_id).options(*_COMPLETION)).one_or_none()
    return _readable(found, viewer, on=None if found is None else found.completed_on)


def get_attempt(attempt_id: UUID, *, viewer: Person) -> Attempt:
    """The attempt with its person and version, if the viewer reads what they met. Raises NotFound."""
    found = session.scalars(_attempts().where(Attempt.public_id == attempt_id)).one_or_none()
    return _readable(found, viewer, on=None if found is None else found.started_at.astimezone(ZoneInfo(found.person.time_zone)).date())


def _readable(found: Row | None, viewer: Person, *, on: date | None) -> Row:
    """What somebody did on a day, if the viewer reads it: an auditor only within their scope."""
    if found is None or on is None or not policy.can_read(viewer, found.person_id):
        raise NotFound
    if found.person_id != viewer.id and not sees_record(viewer, found.person_id, found.course_id, on=on):
        raise NotFound
    return found


def _attempts() -> Select[Attempt]:
    return select(Attempt).options(joinedload(Attempt.person), joinedload(Attempt.course), joinedload(Attempt.course_version))


def find_attempt_of(completion: Completion) -> Attempt | None:
    """The attempt that brought the completion about, if one did."""
    return session.scalars(_attempts().where(Attempt.id == completion.attempt_id)).one_or_none()


def find_completion_of(attempt: Attempt) -> Completion | None:
    """The completion the attempt brought about, the latest where it was corrected."""
    query = select(Completion).where(Completion.attempt_id == attempt.id).options(*_COMPLETION)
    return session.scalars(query.order_by(Completion.id.desc()).limit(1)).one_or_none()


def whole_version(version_id: int) -> CourseVersion:
    """The version (inner key) with all that is in it, who wrote and who approved it."""
    return session.scalars(select(CourseVersion).where(CourseVersion.id == version_id).options(*WHOLE)).unique().one()


def readings_of(person_id: int, version: CourseVersion) -> Mapping[int, ModuleReading]:
    """Module to the person's reading of it. Needs `modules` to be loaded."""
    keys = [module.id for module in version.modules]
    query = select(ModuleReading).where(ModuleReading.person_id == person_id, ModuleReading.module_id.in_(keys)).order_by(ModuleReading.id)
    return {reading.module_id: reading for reading in session.scalars(query)}
