"""Reading who has seen what, what nobody sees, and how much mentors do."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from core.db import session
from core.people.models import Person
from onboarding.mentors.queries import LOST
from onboarding.programmes.models import Programme, ProgrammeStage, StageObjective
from onboarding.shadowing.models import Observation, Session, SessionDay, SessionState
from onboarding.shadowing.queries import sees_session


def _was_seen() -> ColumnElement[bool]:
    """As `Observation.counts_as_seen` says."""
    both = and_(Observation.decided_seen.is_(None), Observation.seen.is_(True), Observation.mentor_seen.is_not(False))
    return or_(Observation.decided_seen.is_(True), both)


def times_seen(participation_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """In how many signed sessions each saw each objective: inner keys of participation and objective → count."""
    query = (
        select(Session.participation_id, Observation.objective_id, func.count(Observation.id))
        .join(Session, Session.id == Observation.session_id)
        .where(Session.participation_id.in_(participation_ids), Session.state == SessionState.SIGNED_OFF, _was_seen())
        .group_by(Session.participation_id, Observation.objective_id)
        .order_by(Session.participation_id, Observation.objective_id)
    )
    return {(participation_id or 0, objective_id): count for participation_id, objective_id, count in session.execute(query)}


def sightings_since(since: datetime, *, viewer: Person) -> dict[int, int]:
    """In how many signed sessions that the viewer sees each objective (inner key) was seen since then."""
    query = (
        select(Observation.objective_id, func.count(Observation.id).label("times"))
        .join(Session, Session.id == Observation.session_id)
        .where(Session.starts_at >= since, Session.state == SessionState.SIGNED_OFF, _was_seen(), sees_session(viewer))
        .group_by(Observation.objective_id)
        .order_by(Observation.objective_id)
    )
    return {row.objective_id: row.times for row in session.execute(query)}


def programmes_asking() -> dict[int, list[str]]:
    """Which programmes in use ask for each objective (inner key), by name."""
    query = (
        select(StageObjective.objective_id, Programme.name)
        .join(ProgrammeStage, ProgrammeStage.id == StageObjective.stage_id)
        .join(Programme, Programme.id == ProgrammeStage.programme_id)
        .where(Programme.is_active.is_(True))
        .distinct()
        .order_by(StageObjective.objective_id, Programme.name)
    )
    found: dict[int, list[str]] = {}
    for key, name in session.execute(query):
        found.setdefault(key, []).append(name)
    return found


@dataclass(frozen=True)
class Load:
    """A mentor's sessions week by week, and the minutes they take."""

    name: str
    weeks: tuple[int, ...]
    minutes: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of the sessions."""
        return sum(self.weeks)

    @property
    def hours(self) -> float:
        """All of the time, in hours."""
        return sum(self.minutes) / 60


def loads_by_week(viewer: Person, mondays: Sequence[datetime], *, limit: int = 60) -> list[Load]:
    """Sessions of each mentor in the weeks between these instants, of those the viewer sees, the most loaded first; two statements.

    The time is that of the days that begin in a week; sessions that were called off or missed take none.
    """
    weeks = [func.count(case((and_(Session.starts_at >= begins, Session.starts_at < ends), Session.id))) for begins, ends in pairwise(mondays)]
    query = (
        select(Person.id, Person.name, *weeks)
        .join(Session, Session.mentor_id == Person.id)
        .where(Session.starts_at >= mondays[0], Session.starts_at < mondays[-1], Session.state.not_in(LOST), sees_session(viewer))
        .group_by(Person.id, Person.name)
        .order_by(func.count(Session.id).desc(), Person.name, Person.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    minutes = _minutes_by_week([row[0] for row in rows], viewer, mondays)
    return [Load(name, tuple(counts), tuple(minutes.get((key, number), 0) for number in range(len(weeks)))) for key, name, *counts in rows]


def _minutes_by_week(mentors: Sequence[int], viewer: Person, mondays: Sequence[datetime]) -> dict[tuple[int, int], int]:
    query = (
        select(Session.mentor_id, SessionDay.starts_at, SessionDay.ends_at)
        .join(Session, Session.id == SessionDay.session_id)
        .where(Session.mentor_id.in_(mentors), SessionDay.starts_at >= mondays[0], SessionDay.starts_at < mondays[-1])
        .where(Session.state.not_in(LOST), sees_session(viewer))
        .order_by(SessionDay.id)
    )
    found: dict[tuple[int, int], int] = {}
    for mentor, starts_at, ends_at in session.execute(query):
        week = (mentor, bisect_right(mondays, starts_at) - 1)
        found[week] = found.get(week, 0) + int((ends_at - starts_at).total_seconds() // 60)
    return found
