"""Reading sections: what an exam draws, and how the sections of attempts came out."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core.db import session
from core.errors import NotFound
from training.catalogue.models import CourseVersion
from training.sections.models import ExamSection


def find_section(version: CourseVersion, section_id: UUID) -> ExamSection:
    """A section of this version. Needs `sections` to be loaded. Raises NotFound."""
    for section in version.sections:
        if section.public_id == section_id:
            return section
    raise NotFound


def sections_of(version_id: int) -> Sequence[ExamSection]:
    """The sections of a version (inner key) in their order, with what they draw."""
    query = select(ExamSection).where(ExamSection.version_id == version_id).options(selectinload(ExamSection.draws))
    return session.scalars(query.order_by(ExamSection.position, ExamSection.id)).all()


def pass_marks_of(version_id: int) -> dict[int, int]:
    """Of the version's sections (inner keys), those with a pass mark of their own, in percent."""
    query = select(ExamSection.id, ExamSection.pass_mark).where(ExamSection.version_id == version_id, ExamSection.pass_mark.is_not(None))
    return {key: mark for key, mark in session.execute(query.order_by(ExamSection.position, ExamSection.id)) if mark is not None}
