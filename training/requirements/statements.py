"""Parts of the two statements that read facts about people: whose, which of them stood at an instant, and what stands in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, Integer, Select, String, and_, bindparam, case, cast, literal, null, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from core.db import Instant
from core.leaves.models import Leave
from training.equivalences import conditions as accepting
from training.equivalences.models import Equivalence, EquivalentCourse
from training.locks.models import ExamLock

People = Sequence[int] | Select[int] | None  # inner keys, a select of them, or everybody
COMPLETED, EXEMPT, STARTED, TAGGED, AWAY, EQUIVALENT, EQUIVALENT_HERE, LOCKED = range(1, 9)
NOTHING = (cast(null(), Instant), cast(null(), String), cast(null(), Integer))  # no instant, no time zone, no version


def of(column: InstrumentedAttribute[int], people: People) -> ColumnElement[bool]:
    """Whether a column names one of these people."""
    if people is None:
        return column.is_not(None)
    return column.in_(people if isinstance(people, Select) else bindparam("people", expanding=True))


def stands(recorded: InstrumentedAttribute[datetime], ended: InstrumentedAttribute[datetime | None], *, at_an_instant: bool) -> ColumnElement[bool]:
    """Whether a row was known, and not yet known to be wrong, at the instant `known_at`; or now."""
    if not at_an_instant:
        return ended.is_(None)
    known_at = bindparam("known_at", type_=Instant)
    return and_(recorded <= known_at, or_(ended.is_(None), ended > known_at))


def standing_in(people: People, *, at_an_instant: bool, of_courses: bool) -> list[Select[*tuple[Any, ...]]]:
    """What stops the clock, is accepted in the place of a completion or keeps from it: leaves, certificates from elsewhere, locked exams."""
    known_at = bindparam("known_at", type_=Instant) if at_an_instant else None
    leaves = select(literal(AWAY), Leave.person_id, Leave.return_days, Leave.valid_from, Leave.valid_to, *NOTHING).where(
        of(Leave.person_id, people), stands(Leave.recorded_at, Leave.superseded_at, at_an_instant=at_an_instant)
    )
    accepted = [
        select(literal(kind), *accepting.days(known_at, here=kind == EQUIVALENT_HERE), *NOTHING)
        .join(EquivalentCourse, EquivalentCourse.kind_id == Equivalence.kind_id)
        .where(of(Equivalence.person_id, people), *accepting.counts(known_at, here=kind == EQUIVALENT_HERE))
        for kind in (EQUIVALENT, EQUIVALENT_HERE)
    ]
    lifted: Any = ExamLock.lifted_on
    if known_at is not None:
        lifted = case((ExamLock.lifted_at <= known_at, ExamLock.lifted_on), else_=cast(null(), Date))
    locks = select(literal(LOCKED), ExamLock.person_id, ExamLock.course_id, ExamLock.locked_on, lifted, *NOTHING).where(
        of(ExamLock.person_id, people), true() if known_at is None else ExamLock.locked_at <= known_at
    )
    if of_courses:
        wanted: BindParameter[Any] = bindparam("courses", expanding=True)
        accepted = [one.where(EquivalentCourse.course_id.in_(wanted)) for one in accepted]
        locks = locks.where(ExamLock.course_id.in_(wanted))
    return [leaves, locks, *accepted]
