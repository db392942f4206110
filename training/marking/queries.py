"""Reading answers that people mark. Whose they are is never loaded with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.db import session
from core.errors import NotFound
from core.files.models import StoredFile
from core.people.models import Person
from core.web.paging import Page, one_page
from training.catalogue.models import Course
from training.exams.models import Attempt, AttemptState, Response
from training.items.models import Item
from training.marking import policy
from training.marking.models import Mark, MarkAmendment, MarkKind, Script, ScriptState


@dataclass(frozen=True)
class ToMark:
    """How many answers of a course's exams wait for a person, and since when."""

    course_id: UUID
    course: str
    count: int
    since: datetime


def points_by_hand(attempt: Attempt) -> dict[int, Fraction]:
    """Item to the points its answer was given by those who marked it; only answers that are marked."""
    query = select(Script.item_id, Script.earned).where(Script.attempt_id == attempt.id, Script.state == ScriptState.MARKED)
    return {item_id: Fraction(earned) for item_id, earned in session.execute(query.order_by(Script.id))}


def _answered_for(person: Person) -> ColumnElement[bool]:
    """The condition that the exam is of a course whose exams the person marks."""
    return true() if policy.marks_everything(person) else Attempt.course_id.in_(select(Course.id).where(Course.owner_id == person.id))


def waits_for(person: Person) -> ColumnElement[bool]:
    """The condition that an answer waits for the person: of somebody else, in a course of theirs, and not waiting for another's word only."""
    mine = Mark.script_id == Script.id, Mark.marker_id == person.id
    is_marker = exists().where(*mine, Mark.kind == MarkKind.OWN)
    proposed_by_me = exists().where(*mine, Mark.kind == MarkKind.AGREED)
    unmarked = and_(Script.state == ScriptState.OPEN, ~is_marker)
    return and_(Attempt.person_id != person.id, _answered_for(person), or_(unmarked, and_(Script.state == ScriptState.DIFFERING, ~proposed_by_me)))


def has_to_mark(person: Person) -> ColumnElement[bool]:
    """A condition: whether an answer of somebody else waits to be marked in a course of the person's."""
    waiting = (Script.state != ScriptState.MARKED, Script.attempt_id == Attempt.id)
    return exists().where(*waiting, Attempt.person_id != person.id, _answered_for(person))


def to_mark(person: Person) -> list[ToMark]:
    """What waits for the person, course by course, longest waiting first."""
    since = func.min(Script.waits_since)
    query = (
        select(Course.public_id, Course.title, func.count(Script.id), since)
        .join(Attempt, Attempt.course_id == Course.id)
        .join(Script, Script.attempt_id == Attempt.id)
        .where(waits_for(person))
        .group_by(Course.id, Course.public_id, Course.title)
        .order_by(since, Course.id)
    )
    return [ToMark(*row) for row in session.execute(query)]


def worklist_page(person: Person, *, course_id: UUID | None, number: int) -> Page[Script]:
    """One page of answers that wait for the person, longest waiting first, with question and course."""
    query = select(Script).join(Script.attempt).join(Attempt.course).where(waits_for(person))
    if course_id is not None:
        query = query.where(Course.public_id == course_id)
    query = query.options(contains_eager(Script.attempt).contains_eager(Attempt.course), joinedload(Script.item), selectinload(Script.marks))
    return one_page(query.order_by(Script.waits_since, Script.id), number=number)


def marked_page(viewer: Person, *, number: int) -> Page[Script]:
    """One page of answers of others that are marked, in courses of the viewer's, the latest first, with question and course."""
    query = select(Script).join(Script.attempt).where(Script.state == ScriptState.MARKED, Attempt.person_id != viewer.id, _answered_for(viewer))
    query = query.options(contains_eager(Script.attempt).joinedload(Attempt.course), joinedload(Script.item), selectinload(Script.marks))
    return one_page(query.order_by(Script.marked_at.desc(), Script.id.desc()), number=number)


def next_to_mark(person: Person, after: Script) -> Script | None:
    """Another answer that waits for the person, to the same question if there is one: alike answers are marked alike."""
    query = select(Script).join(Script.attempt).where(waits_for(person), Script.id != after.id)
    return session.scalars(query.order_by((Script.item_id != after.item_id), Script.waits_since, Script.id).limit(1)).one_or_none()


def _whole() -> Select[Script]:
    attempt = joinedload(Script.attempt)
    return select(Script).options(
        attempt.joinedload(Attempt.course),
        attempt.joinedload(Attempt.course_version),
        joinedload(Script.item),
        selectinload(Script.marks).joinedload(Mark.marker),
        selectinload(Script.amendments),
    )


def get_script(script_id: UUID, *, viewer: Person) -> Script:
    """The answer with question, course and marks; one's own is not there, nor is that of another's course. Raises NotFound."""
    query = _whole().join(Attempt, Attempt.id == Script.attempt_id).where(Script.public_id == script_id, Attempt.person_id != viewer.id)
    found = session.scalars(query.where(_answered_for(viewer))).one_or_none()
    if found is None:
        raise NotFound
    return found


def lock_script(script: Script) -> Script:
    """The answer as it is now with all that `get_script` loads, its row held until the transaction ends."""
    session.scalars(select(Script).where(Script.id == script.id).with_for_update().execution_options(populate_existing=True)).one()
    session.expire(script, ["marks", "amendments"])
    return session.scalars(_whole().where(Script.id == script.id)).one()


def all_marked(attempt_id: int) -> bool:
    """Whether no answer of the attempt (inner key) waits any more."""
    query = select(Script.id).where(Script.attempt_id == attempt_id, Script.state != ScriptState.MARKED)
    return session.scalars(query.order_by(Script.id).limit(1)).one_or_none() is None


def answer_of(script: Script) -> dict[str, Any]:
    """What was answered, as it was saved."""
    query = select(Response.answer).where(Response.attempt_id == script.attempt_id, Response.item_id == script.item_id)
    return dict(session.scalars(query).one())


def scripts_of(attempt: Attempt) -> Sequence[Script]:
    """The answers of an attempt that people mark, with question, marks and amendments."""
    query = select(Script).where(Script.attempt_id == attempt.id)
    query = query.options(joinedload(Script.item), selectinload(Script.marks), selectinload(Script.amendments))
    return session.scalars(query.order_by(Script.id)).all()


def amended_at(attempt: Attempt) -> list[datetime]:
    """When marks of an attempt were amended, oldest first."""
    return list(session.scalars(select(MarkAmendment.at).where(MarkAmendment.attempt_id == attempt.id).order_by(MarkAmendment.at)))


def get_marked_attempt(attempt_id: UUID, *, viewer: Person) -> Attempt:
    """An attempt of somebody else with person, course and version, once it is graded: before that nobody is to know whose answers wait.

    Raises NotFound.
    """
    query = select(Attempt).where(Attempt.public_id == attempt_id, Attempt.person_id != viewer.id, Attempt.state == AttemptState.SUBMITTED)
    found = session.scalars(query.options(joinedload(Attempt.person), joinedload(Attempt.course), joinedload(Attempt.course_version))).one_or_none()
    if found is None:
        raise NotFound
    return found


def files_by_key(keys: Sequence[int]) -> dict[int, StoredFile]:
    """Files with these inner keys."""
    found = session.scalars(select(StoredFile).where(StoredFile.id.in_(keys)).order_by(StoredFile.id))
    return {file.id: file for file in found}


def file_of_item(attempt: Attempt, item_id: UUID) -> StoredFile:
    """The file somebody answered a question of an attempt with. Raises NotFound."""
    query = select(Response.answer).join(Item, Item.id == Response.item_id).where(Response.attempt_id == attempt.id, Item.public_id == item_id)
    answer = session.scalars(query).one_or_none()
    if not answer or not answer.get("file"):
        raise NotFound
    return files_by_key([answer["file"]])[answer["file"]]
