"""Carrying an exam's sections over to the next version."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.db import session
from training.sections.models import ExamDraw, ExamSection

if TYPE_CHECKING:
    from training.catalogue.models import CourseVersion


def copy_sections(sections: Iterable[ExamSection], version: "CourseVersion") -> None:
    """Add copies of the sections to a version. Needs `draws` to be loaded."""
    for section in sections:
        draws = [ExamDraw(position=draw.position, item_count=draw.item_count, tag=draw.tag, difficulty=draw.difficulty) for draw in section.draws]
        session.add(ExamSection(version_id=version.id, position=section.position, title=section.title, pass_mark=section.pass_mark, draws=draws))
