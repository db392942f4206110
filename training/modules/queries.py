"""Reading modules and pictures with their files, for who may see the version they belong to."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from training.catalogue import policy
from training.catalogue.models import Course, CourseVersion, Module, ModulePicture, VersionState
from training.catalogue.queries import EFFECTIVE
from training.learning.models import Study


def get_module(module_id: UUID, *, viewer: Person, on: date) -> Module:
    """The module with its file, if the viewer may see its version on the day. Raises NotFound."""
    query = select(Module).join(Module.course_version).join(CourseVersion.course).options(joinedload(Module.file))
    found = session.scalars(query.where(Module.public_id == module_id, _in_sight(viewer, on))).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_picture(picture_id: UUID, *, viewer: Person, on: date) -> ModulePicture:
    """The picture with its file, if the viewer may see its version on the day. Raises NotFound."""
    query = select(ModulePicture).join(ModulePicture.course_version).join(CourseVersion.course).options(joinedload(ModulePicture.file))
    found = session.scalars(query.where(ModulePicture.public_id == picture_id, _in_sight(viewer, on))).one_or_none()
    if found is None:
        raise NotFound
    return found


def _in_sight(viewer: Person, on: date) -> ColumnElement[bool]:
    """Who writes or checks sees every version; others what is in force, and what they have begun."""
    if policy.can_see_unpublished(viewer):
        return true()
    present = and_(CourseVersion.state.in_(EFFECTIVE), CourseVersion.state != VersionState.SUPERSEDED, CourseVersion.in_force_from <= on)
    begun = exists().where(Study.version_id == CourseVersion.id, Study.person_id == viewer.id)
    return or_(and_(present, Course.deleted_at.is_(None)), and_(begun, CourseVersion.state.in_(EFFECTIVE)))


def pictures_of(version: CourseVersion) -> Sequence[ModulePicture]:
    """The pictures of a version, by number."""
    return session.scalars(select(ModulePicture).where(ModulePicture.version_id == version.id).order_by(ModulePicture.number)).all()
