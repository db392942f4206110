"""Reading openings of exams."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from training.openings.models import CodeTry, ExamOpening
from training.openings.policy import Window, window_of


def window_for(person: Person, course_id: int, *, on: date, at: datetime) -> Window:
    """What the openings of a course (inner key) say to the person, who works where they work on the day; in one statement."""
    works_there = exists().where(
        Employment.person_id == person.id,
        Employment.location_id == ExamOpening.location_id,
        Employment.superseded_at.is_(None),
        Employment.valid_from <= on,
        (Employment.valid_to.is_(None)) | (Employment.valid_to >= on),
    )
    query = select(ExamOpening, ExamOpening.location_id.is_(None) | works_there).where(
        ExamOpening.course_id == course_id, ExamOpening.withdrawn_at.is_(None)
    )
    found = session.execute(query.order_by(ExamOpening.closes_at.desc(), ExamOpening.id).limit(200)).all()
    return window_of([(opening, bool(is_mine)) for opening, is_mine in found], at=at)


def openings_of(course_id: int) -> Sequence[ExamOpening]:
    """The openings of a course (inner key) that were not withdrawn, latest first, with place and who planned them."""
    query = select(ExamOpening).where(ExamOpening.course_id == course_id, ExamOpening.withdrawn_at.is_(None))
    query = query.options(joinedload(ExamOpening.location), joinedload(ExamOpening.planned_by))
    return session.scalars(query.order_by(ExamOpening.opens_at.desc(), ExamOpening.id.desc()).limit(200)).all()


def get_opening(opening_id: UUID) -> ExamOpening:
    """The opening, unless it was withdrawn, with course and place. Raises NotFound."""
    query = select(ExamOpening).where(ExamOpening.public_id == opening_id, ExamOpening.withdrawn_at.is_(None))
    found = session.scalars(query.options(joinedload(ExamOpening.course), joinedload(ExamOpening.location))).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_tries(opening: ExamOpening, person: Person) -> CodeTry | None:
    """The person's wrong codes for the opening, their row held until the transaction ends."""
    query = select(CodeTry).where(CodeTry.opening_id == opening.id, CodeTry.person_id == person.id).order_by(CodeTry.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).one_or_none()
