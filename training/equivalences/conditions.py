"""When an accepted certificate from elsewhere counts for a course: the columns and conditions that the facts about people are read with."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, null, or_
from sqlalchemy.orm import InstrumentedAttribute

from core.people.models import Person
from training.equivalences.models import Equivalence, EquivalentCourse


def days(known_at: ColumnElement[datetime] | None, *, here: bool) -> tuple[Any, ...]:
    """Person, course, first and last day, as known now or at an instant.

    `here` asks for what counts only while the employment goes on; otherwise for what counts whether it does or not.
    """
    first = case((EquivalentCourse.valid_from > Equivalence.issued_on, EquivalentCourse.valid_from), else_=Equivalence.issued_on)
    last = Equivalence.counts_until if here else case((Equivalence.needs_employment, Equivalence.without_until), else_=Equivalence.counts_until)
    end = _end_of_course(known_at)
    return Equivalence.person_id, EquivalentCourse.course_id, first, case((and_(end.is_not(None), or_(last.is_(None), end < last)), end), else_=last)


def counts(known_at: ColumnElement[datetime] | None, *, here: bool) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a certificate was accepted and not yet found wrong, for a course its kind stood for, as known then."""
    linked = Equivalence.needs_employment.is_(True) if here else or_(~Equivalence.needs_employment, Equivalence.without_until.is_not(None))
    end = _end_of_course(known_at)
    some_day = or_(end.is_(None), and_(end >= EquivalentCourse.valid_from, end >= Equivalence.issued_on))
    if known_at is None:
        return linked, some_day, Equivalence.approved_at.is_not(None), Equivalence.superseded_at.is_(None)
    still = or_(Equivalence.superseded_at.is_(None), Equivalence.superseded_at > known_at)
    return linked, some_day, Equivalence.approved_at <= known_at, still, EquivalentCourse.recorded_at <= known_at


def accepted_on(person: Person, course_id: InstrumentedAttribute[int], *, on: date) -> ColumnElement[bool]:
    """The condition that something the person handed in stands for the course on the day, as known now, for somebody who has not left since."""
    return accepted_for(person.id, course_id, on=on)


def accepted_for(
    person_id: int | InstrumentedAttribute[int], course_id: int | InstrumentedAttribute[int], *, on: date | InstrumentedAttribute[date]
) -> ColumnElement[bool]:
    """The same for inner keys or columns of them."""
    end, last = EquivalentCourse.ends_on, Equivalence.counts_until
    return exists().where(
        Equivalence.person_id == person_id,
        Equivalence.kind_id == EquivalentCourse.kind_id,
        EquivalentCourse.course_id == course_id,
        Equivalence.approved_at.is_not(None),
        Equivalence.superseded_at.is_(None),
        Equivalence.issued_on <= on,
        EquivalentCourse.valid_from <= on,
        or_(last.is_(None), last >= on),
        or_(end.is_(None), end >= on),
    )


def _end_of_course(known_at: ColumnElement[datetime] | None) -> ColumnElement[date | None]:
    if known_at is None:
        return EquivalentCourse.ends_on.expression
    return case((EquivalentCourse.ended_at <= known_at, EquivalentCourse.ends_on), else_=null())
