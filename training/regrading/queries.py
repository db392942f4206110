"""Reading corrections of keys, the attempts they concern, and what they changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page
from training.auditing.sight import sees_course
from training.catalogue.models import CourseVersion
from training.catalogue.policy import can_see_unpublished
from training.exams.drawing import drawn_order
from training.exams.models import Attempt, AttemptState, Response
from training.items.models import Item
from training.regrading.models import KeyCorrection, Regrade, RegradeOutcome


@dataclass(frozen=True)
class Sat:
    """A graded attempt that asked an item: its score, and what was answered to the item and earned by it."""

    attempt_id: int
    person_id: int
    person: str
    number: int
    earned: Fraction
    possible: int
    passed: bool
    answer: dict[str, Any] | None
    on_item: Fraction


def get_item(item_id: UUID, *, viewer: Person) -> Item:
    """An item with options, version and course, for those who read versions. Raises NotFound."""
    query = select(Item).where(Item.public_id == item_id)
    query = query.options(selectinload(Item.options), joinedload(Item.course_version).joinedload(CourseVersion.course))
    found = session.scalars(query).one_or_none()
    if found is None or not can_see_unpublished(viewer) or not sees_course(viewer, found.course_version.course_id, on=today("UTC")):
        raise NotFound
    return found


def sat_with(item: Item, *, after: int = 0, limit: int | None = None) -> Iterator[Sat]:
    """Graded attempts that asked the item, by inner key, those after one key and up to a number looked at."""
    query = (
        select(
            Attempt.id, Attempt.person_id, Person.name, Attempt.number, Attempt.drawn, Attempt.earned, Attempt.possible, Attempt.passed,
            Response.answer, Response.earned.label("on_item"),
        )
        .join(Person, Person.id == Attempt.person_id)
        .outerjoin(Response, and_(Response.attempt_id == Attempt.id, Response.item_id == item.id))
        .where(Attempt.version_id == item.version_id, Attempt.state == AttemptState.SUBMITTED, Attempt.id > after)
        .order_by(Attempt.id)
        .limit(limit)
    )  # fmt: skip
    for row in session.execute(query):
        if item.id in drawn_order(row.drawn):
            yield Sat(
                attempt_id=row.id,
                person_id=row.person_id,
                person=row.name,
                number=row.number,
                earned=Fraction(row.earned),
                possible=row.possible,
                passed=bool(row.passed),
                answer=row.answer,
                on_item=Fraction(row.on_item or 0),
            )


def next_attempts(item: Item, *, after: int, limit: int) -> Sequence[int]:
    """Inner keys of the next graded attempts at the item's version."""
    query = select(Attempt.id).where(Attempt.version_id == item.version_id, Attempt.state == AttemptState.SUBMITTED, Attempt.id > after)
    return session.scalars(query.order_by(Attempt.id).limit(limit)).all()


def lock_correction(key: int) -> KeyCorrection | None:
    """The correction with its item and version, its row held until the transaction ends."""
    session.scalars(select(KeyCorrection).where(KeyCorrection.id == key).with_for_update()).one_or_none()
    query = select(KeyCorrection).where(KeyCorrection.id == key)
    item = joinedload(KeyCorrection.item)
    return session.scalars(
        query.options(item.selectinload(Item.options), item.joinedload(Item.course_version), joinedload(KeyCorrection.made_by))
    ).one_or_none()


def has_unfinished(version_id: int) -> bool:
    """Whether attempts at the version (inner key) are still being graded again."""
    query = select(KeyCorrection.id).where(KeyCorrection.version_id == version_id, KeyCorrection.finished_at.is_(None))
    return session.scalars(query.order_by(KeyCorrection.id).limit(1)).one_or_none() is not None


def has_newer(correction: KeyCorrection) -> bool:
    """Whether the item was corrected again since."""
    query = select(KeyCorrection.id).where(KeyCorrection.item_id == correction.item_id, KeyCorrection.id > correction.id)
    return session.scalars(query.order_by(KeyCorrection.id).limit(1)).one_or_none() is not None


def regraded(correction: KeyCorrection, attempts: Sequence[int]) -> set[int]:
    """Of the attempts (inner keys), those the correction has changed already."""
    query = select(Regrade.attempt_id).where(Regrade.correction_id == correction.id, Regrade.attempt_id.in_(attempts))
    return set(session.scalars(query.order_by(Regrade.id)))


def lock_graded(key: int) -> Attempt:
    """A graded attempt with person, course and version, its row held until the transaction ends."""
    session.scalars(select(Attempt).where(Attempt.id == key).with_for_update()).one()
    query = select(Attempt).where(Attempt.id == key)
    return session.scalars(query.options(joinedload(Attempt.person), joinedload(Attempt.course), joinedload(Attempt.course_version))).one()


def find_response(attempt: Attempt, item: Item) -> Response | None:
    """What was saved for the item in the attempt."""
    return session.scalars(select(Response).where(Response.attempt_id == attempt.id, Response.item_id == item.id)).one_or_none()


def corrections_page(*, number: int) -> Page[KeyCorrection]:
    """One page of corrections, newest first, with item, version and course, and who made them."""
    return one_page(_whole().order_by(KeyCorrection.made_at.desc(), KeyCorrection.id.desc()), number=number)


def get_correction(correction_id: UUID) -> KeyCorrection:
    """The correction with item, version, course, and who made it. Raises NotFound."""
    found = session.scalars(_whole().where(KeyCorrection.public_id == correction_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _whole() -> Select[KeyCorrection]:
    return select(KeyCorrection).options(
        joinedload(KeyCorrection.item).selectinload(Item.options),
        joinedload(KeyCorrection.course_version).joinedload(CourseVersion.course),
        joinedload(KeyCorrection.made_by),
    )


def regrades_page(correction: KeyCorrection, *, number: int) -> Page[Regrade]:
    """One page of the attempts a correction changed, those whose outcome changed first, with the person."""
    query = select(Regrade).join(Regrade.attempt).where(Regrade.correction_id == correction.id)
    query = query.options(contains_eager(Regrade.attempt).joinedload(Attempt.person))
    return one_page(query.order_by((Regrade.outcome == RegradeOutcome.SAME), Regrade.id), number=number)


def outcomes_of(correction: KeyCorrection) -> dict[RegradeOutcome, int]:
    """How many attempts had which outcome."""
    query = select(Regrade.outcome, func.count()).where(Regrade.correction_id == correction.id).group_by(Regrade.outcome)
    return dict(session.execute(query.order_by(Regrade.outcome)).all())


def regrades_of(attempt: Attempt) -> Sequence[Regrade]:
    """What corrections changed of an attempt, oldest first, with the correction and its item."""
    query = select(Regrade).where(Regrade.attempt_id == attempt.id)
    return session.scalars(query.options(joinedload(Regrade.correction).joinedload(KeyCorrection.item)).order_by(Regrade.id)).all()


def first_scores(person: Person) -> dict[int, Fraction]:
    """Of the person's attempts that were graded again (inner keys): the score in percent before the first time."""
    query = select(Regrade.attempt_id, Regrade.old_earned, Regrade.old_possible).join(Regrade.attempt).where(Attempt.person_id == person.id)
    found: dict[int, Fraction] = {}
    for attempt_id, earned, possible in session.execute(query.order_by(Regrade.id)):
        found.setdefault(attempt_id, Fraction(earned) * 100 / possible if possible else Fraction(0))
    return found
