"""What the daily mails say, gathered for many people in a handful of statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from core.db import session
from core.people.models import Person
from core.people.queries import managers_by_key, people_with_right
from core.people.rights import Right
from onboarding.checklists.models import ASKED_KINDS, Checklist, ChecklistState, Task, TaskState
from onboarding.checklists.policy import QUEUES
from onboarding.checklists.queries import finished_elsewhere
from onboarding.checklists.standing import TaskFact
from onboarding.reminders.escalation import Escalated, LateTasks, escalated, long_late
from onboarding.reminders.models import ReminderSettings
from onboarding.reminders.turns import TurnLine, turns
from onboarding.shadowing.models import TIME_TO_CONFIRM, UNSETTLED, Session, SessionState
from onboarding.teams.models import Team, TeamMembership
from onboarding.templates.models import Part

MINE = (TaskState.OPEN, TaskState.RETURNED)
_IN_QUEUE = (Checklist.state == ChecklistState.RUNNING, Task.owner_id.is_(None), Task.state == TaskState.OPEN)


@dataclass(frozen=True)
class TaskLine:
    """A task as the mail names it; `for_whom` is empty for one's own."""

    task_id: UUID
    title: str
    for_whom: str
    due_on: date


@dataclass(frozen=True)
class SessionLine:
    """A shadowing session that waits: `act` is confirm, log or sign_off."""

    session_id: UUID
    act: str
    with_whom: str
    on: datetime


@dataclass(frozen=True)
class QueueLine:
    """The queue of a team: so many due by today, and documents to look at. `team` names one that was made."""

    part: Part
    due: int
    review: int = 0
    team: str = ""


@dataclass
class Gathered:
    """What waits for one person on a day."""

    overdue: list[TaskLine] = field(default_factory=list)
    today: list[TaskLine] = field(default_factory=list)
    soon: list[TaskLine] = field(default_factory=list)
    sessions: list[SessionLine] = field(default_factory=list)
    queues: list[QueueLine] = field(default_factory=list)
    turns: list[TurnLine] = field(default_factory=list)
    others: list[tuple[str, Escalated]] = field(default_factory=list)

    @property
    def lines(self) -> int:
        """How many there are."""
        lists = (self.overdue, self.today, self.soon, self.sessions, self.queues, self.turns, self.others)
        return sum(len(lines) for lines in lists)


def gather(days: dict[int, date], settings: ReminderSettings, *, at: datetime) -> dict[int, Gathered]:
    """What waits for each of the people on their own day: inner key → what. The same number of statements for one and for a thousand."""
    found = {key: Gathered() for key in days}
    _tasks(found, days, settings)
    _sessions(found, at=at)
    _queues(found, days)
    _teams(found, days)
    for key, line in turns(found.keys(), on=max(days.values()), soon=timedelta(days=settings.soon_days), at=at):
        found[key].turns.append(line)
    _others(found, days, settings)
    return found


def _tasks(found: dict[int, Gathered], days: dict[int, date], settings: ReminderSettings) -> None:
    last = max(days.values()) + timedelta(days=settings.soon_days)
    query = (
        select(
            Task.id, Task.public_id, Task.kind, Task.state, Task.title, Task.due_on, Task.required, Task.checklist_id, Task.course_id, Task.owner_id
        )
        .add_columns(Checklist.person_id, Person.name, Task.moment)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .join(Person, Person.id == Checklist.person_id)
        .where(Task.owner_id.in_(found), Task.state.in_(MINE), Task.due_on <= last, Checklist.state == ChecklistState.RUNNING)
        .order_by(Task.due_on, Task.id)
    )
    rows = session.execute(query).all()
    facts = [
        TaskFact(row.id, row.kind, row.state, row.title, row.due_on, row.required, row.checklist_id, row.person_id, "", row.course_id, row.moment)
        for row in rows
        if row.kind in ASKED_KINDS
    ]
    done = finished_elsewhere(facts, on=max(days.values()))
    for row in rows:
        if row.id in done:
            continue
        day, lists = days[row.owner_id], found[row.owner_id]
        line = TaskLine(row.public_id, row.title, "" if row.person_id == row.owner_id else row.name, row.due_on)
        if row.due_on < day:
            lists.overdue.append(line)
        elif row.due_on == day:
            lists.today.append(line)
        elif row.due_on <= day + timedelta(days=settings.soon_days):
            lists.soon.append(line)


def _sessions(found: dict[int, Gathered], *, at: datetime) -> None:
    keys = list(found)
    query = (
        select(Session.public_id, Session.person_id, Session.mentor_id, Session.state, Session.starts_at, Session.ends_at, Session.logged_at)
        .add_columns(Session.person_accepted_at, Session.mentor_accepted_at)
        .where(_open_sessions(at), or_(Session.person_id.in_(keys), Session.mentor_id.in_(keys)))
        .order_by(Session.starts_at, Session.id)
    )
    rows = session.execute(query).all()
    names = _names({key for row in rows for key in (row.person_id, row.mentor_id)})
    for row in rows:
        if row.person_id in found and row.logged_at is None and row.starts_at <= at:
            found[row.person_id].sessions.append(SessionLine(row.public_id, "log", names[row.mentor_id], row.starts_at))
        elif row.person_id in found and row.state is SessionState.PROPOSED and row.person_accepted_at is None and row.ends_at > at:
            found[row.person_id].sessions.append(SessionLine(row.public_id, "confirm", names[row.mentor_id], row.starts_at))
        if row.mentor_id in found and row.ends_at <= at and row.state in UNSETTLED:
            found[row.mentor_id].sessions.append(SessionLine(row.public_id, "sign_off", names[row.person_id], row.starts_at))
        elif row.mentor_id in found and row.state is SessionState.PROPOSED and row.mentor_accepted_at is None:
            found[row.mentor_id].sessions.append(SessionLine(row.public_id, "confirm", names[row.person_id], row.starts_at))


def _open_sessions(at: datetime) -> ColumnElement[bool]:
    """Sessions in which it may be the turn of one of the two; after a week the manager decides."""
    unlogged = (Session.state == SessionState.SIGNED_OFF) & Session.logged_at.is_(None)
    return or_(Session.state.in_(UNSETTLED), unlogged) & (Session.ends_at >= at - TIME_TO_CONFIRM)


def _teams(found: dict[int, Gathered], days: dict[int, date]) -> None:
    """The queues of teams that were made."""
    query = (
        select(TeamMembership.person_id, Team.name, func.count())
        .join(Team, Team.id == TeamMembership.team_id)
        .join(Task, Task.team_id == Team.id)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(TeamMembership.person_id.in_(found), *_IN_QUEUE, Task.due_on <= max(days.values()))
        .group_by(TeamMembership.person_id, Team.id, Team.name)
        .order_by(Team.name, Team.id)
    )
    for key, name, count in session.execute(query):
        found[key].queues.append(QueueLine(Part.TEAM, count, team=name))


def _queues(found: dict[int, Gathered], days: dict[int, date]) -> None:
    teams = {part: [person.id for person in people_with_right(right) if person.id in found] for part, right in QUEUES.items()}
    if not any(teams.values()):
        return
    due = Task.due_on <= max(days.values())
    query = (
        select(Task.part, func.count())
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(*_IN_QUEUE, due)
        .group_by(Task.part)
        .order_by(Task.part)
    )
    waiting = {part: count for part, count in session.execute(query)}  # noqa: C416  (rows are not pairs to mypy)
    review = select(func.count()).select_from(Task).join(Checklist, Checklist.id == Task.checklist_id)
    handed_in = session.scalars(review.where(Checklist.state == ChecklistState.RUNNING, Task.state == TaskState.SUBMITTED)).one()
    for part, keys in teams.items():
        line = QueueLine(part, waiting.get(part, 0), handed_in if part is Part.HR else 0)
        for key in keys if line.due or line.review else ():
            found[key].queues.append(line)


def _others(found: dict[int, Gathered], days: dict[int, date], settings: ReminderSettings) -> None:
    day = max(days.values())
    late = late_tasks(before=day - timedelta(days=min(settings.escalate_after_days, settings.hr_after_days) - 1))
    above = escalated(late, managers_by_key(on=day), every=settings.escalate_after_days, on=day)
    team = {person.id for person in people_with_right(Right.RUN_ONBOARDING)} & set(found)
    for_hr = long_late(late, days=settings.hr_after_days, on=day) if team else []
    names = _names({line.owner_id for lines in [*above.values(), for_hr] for line in lines})
    for key in found:
        lines = {line.owner_id: line for line in [*(for_hr if key in team else ()), *above.get(key, ())]}
        found[key].others = [(names[line.owner_id], line) for line in lines.values() if line.owner_id != key]


def late_tasks(*, before: date) -> list[LateTasks]:
    """How many tasks each owner has that were due on each day before that one. What other areas may have finished is left out."""
    query = (
        select(Task.owner_id, Task.due_on, func.count())
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(
            Task.state.in_(MINE),
            Task.due_on < before,
            Task.owner_id.is_not(None),
            Task.kind.not_in(ASKED_KINDS),
            Checklist.state == ChecklistState.RUNNING,
        )
        .group_by(Task.owner_id, Task.due_on)
        .order_by(Task.owner_id, Task.due_on)
    )
    return [LateTasks(owner_id, due_on, count) for owner_id, due_on, count in session.execute(query) if owner_id is not None]


def people_concerned(settings: ReminderSettings, *, on: date, at: datetime) -> set[int]:
    """Inner keys of everybody who may have something to read on a day: owners, those in shadowing, teams, whose turn it is, above late owners."""
    until = on + timedelta(days=settings.soon_days + 1)
    owners = (
        select(Task.owner_id)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Task.state.in_(MINE), Task.due_on <= until, Task.owner_id.is_not(None), Checklist.state == ChecklistState.RUNNING)
    )
    found = {key for key in session.scalars(owners.distinct().order_by(Task.owner_id)) if key is not None}
    pairs = select(Session.person_id, Session.mentor_id).where(_open_sessions(at)).order_by(Session.id)
    found |= {key for pair in session.execute(pairs) for key in pair}
    found |= {person.id for right in QUEUES.values() for person in people_with_right(right)}
    members = select(TeamMembership.person_id).join(Task, Task.team_id == TeamMembership.team_id).join(Checklist, Checklist.id == Task.checklist_id)
    in_teams = members.where(*_IN_QUEUE, Task.due_on <= until).distinct().order_by(TeamMembership.person_id)
    found |= set(session.scalars(in_teams))
    found |= {key for key, _line in turns(None, on=on, soon=timedelta(days=settings.soon_days + 1), at=at)}
    late = late_tasks(before=on)
    return found | set(escalated(late, managers_by_key(on=on), every=settings.escalate_after_days, on=on))


def _names(keys: Collection[int]) -> dict[int, str]:
    query = select(Person.id, Person.name).where(Person.id.in_(keys)).order_by(Person.id)
    return {key: name for key, name in session.execute(query)} if keys else {}  # noqa: C416  (rows are not pairs to mypy)


def people_by_key(keys: Sequence[int]) -> Sequence[Person]:
    """The people with these inner keys."""
    return session.scalars(select(Person).where(Person.id.in_(keys)).order_by(Person.id)).all()
