"""Parts of the two statements that read facts about people: whose, which of them stood at an instant, what stands in and what versions end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, Integer, Select, String, Subquery, and_, bindparam, cast, func, literal, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core.db import Instant
from core.leaves.models import Leave
from training.catalogue.models import CourseVersion
from training.equivalences import conditions as accepting
from training.equivalences.models import Equivalence, EquivalentCourse

People = Sequence[int] | Select[int] | None  # inner keys, a select of them, or everybody
COMPLETED, EXEMPT, STARTED, TAGGED, AWAY, EQUIVALENT, EQUIVALENT_HERE = range(1, 8)
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
    """What stops the clock or is accepted in the place of a completion: leaves, and certificates from elsewhere."""
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
    if of_courses:
        wanted: BindParameter[Any] = bindparam("courses", expanding=True)
        accepted = [one.where(EquivalentCourse.course_id.in_(wanted)) for one in accepted]
    return [leaves, *accepted]


def ends_of_versions(*, at_an_instant: bool) -> Subquery:
    """The last day on which completions of a version count, of versions that a revision in force on the day `present` ends; few rows."""
    own, later = aliased(CourseVersion), aliased(CourseVersion)
    ends = select(own.id, func.min(later.older_count_until).label("until")).join(
        later, and_(later.course_id == own.course_id, later.number > own.number)
    )
    ends = ends.where(later.older_count_until.is_not(None), later.in_force_from <= bindparam("present", type_=Date))
    if at_an_instant:
        ends = ends.where(later.approved_at <= bindparam("known_at", type_=Instant))
    return ends.group_by(own.id).subquery()
