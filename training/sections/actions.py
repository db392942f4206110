"""Writing the sections of an exam."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.audit.record import record
from core.db import session
from core.errors import Invalid
from core.people.models import Person
from core.web.i18n import _
from training.catalogue.actions import open_for_writing
from training.catalogue.models import CourseVersion
from training.items.models import Difficulty
from training.sections.models import ExamDraw, ExamSection

MOST_ITEMS = 200  # of one exam


@dataclass(frozen=True)
class DrawDraft:
    """So many questions, as written."""

    item_count: int
    tag: str = ""
    difficulty: Difficulty | None = None


@dataclass(frozen=True)
class SectionDraft:
    """A section, as written."""

    title: str
    draws: Sequence[DrawDraft]
    pass_mark: int | None = None


def write_section(version: CourseVersion, section: ExamSection | None, draft: SectionDraft, *, by: Person | None) -> ExamSection:
    """Add a section to a draft (`section` None) or change one. How many questions the exam asks follows from its sections.

    Raises Invalid for a section that draws nothing, bears another's name, or makes the exam too long; WrongState once it is not a draft.
    """
    version = open_for_writing(version, by)
    if not draft.draws:
        raise Invalid(_("Say how many questions the section draws."), field="draws")
    others = [other for other in version.sections if section is None or other.id != section.id]
    if draft.title.casefold() in {other.title.casefold() for other in others}:
        raise Invalid(_("Another section has this name."), field="title")
    count = sum(other.item_count for other in others) + sum(draw.item_count for draw in draft.draws)
    if count > MOST_ITEMS:
        raise Invalid(_("An exam asks at most %(most)s questions.", most=MOST_ITEMS), field="draws")
    if section is None:
        section = ExamSection(position=1 + max((other.position for other in others), default=0), draws=[])
        version.sections.append(section)
    section.title, section.pass_mark = draft.title, draft.pass_mark
    section.draws = [
        ExamDraw(position=position, item_count=draw.item_count, tag=draw.tag, difficulty=draw.difficulty)
        for position, draw in enumerate(draft.draws, start=1)
    ]
    version.item_count = count
    session.flush()
    record("training.section.written", section, by=by, changes={"version": version.number, "course": version.course_id, "item_count": count})
    return section


def drop_section(version: CourseVersion, section: ExamSection, *, by: Person) -> None:
    """Take a section out of a draft. Without any, the exam draws as many questions as before, of any kind."""
    version = open_for_writing(version, by)
    record("training.section.dropped", section, by=by, changes={"version": version.number, "course": version.course_id})
    version.sections.remove(section)
    version.item_count = sum(other.item_count for other in version.sections) or version.item_count
