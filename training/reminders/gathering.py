"""What the daily mail says of required training, gathered for many people in a handful of statements."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.people.queries import managers_by_key
from training.compliance.matrix import judge_person
from training.compliance.standing import Standing
from training.reminders import queries
from training.reminders.models import Audience
from training.reminders.steps import Reached, nearest_at_work, reached
from training.requirements.lines import RuleLine, rule_lines
from training.requirements.queries import facts_of


@dataclass(frozen=True)
class Line:
    """One requirement of one person as somebody is told of it."""

    recipient_id: int
    person_id: int
    lineage: UUID
    course: str
    course_public_id: UUID
    state: Standing
    due_on: date
    days_left: int
    audience: Audience
    step: int

    @property
    def told(self) -> queries.Told:
        """What keeps it from being told twice."""
        return self.recipient_id, self.person_id, str(self.lineage), self.due_on, self.audience, self.step


Days = Mapping[int, date]  # inner key → the day it is there


def to_remind(*, on: date) -> set[int]:
    """Inner keys of everybody who has something to be told on the day and has not been told."""
    known = queries.told_since(on, to=None)
    return {line.recipient_id for line in _lines(None, on=on, days=None) if line.told not in known}


def gather(days: Days) -> dict[int, list[Line]]:
    """What each of these people is to be told on their own day and has not been told, the longest overdue first."""
    if not days:
        return {}
    on = max(days.values())
    known = queries.told_since(min(days.values()), to=days.keys())
    found: dict[int, list[Line]] = {}
    for line in _lines(_whom(days, on), on=on, days=days):
        if line.recipient_id in days and line.told not in known:
            found.setdefault(line.recipient_id, []).append(line)
    for lines in found.values():
        lines.sort(key=lambda line: (line.days_left, line.course, line.person_id))
    return found


def _whom(days: Days, on: date) -> list[int] | None:
    """Of whom these people may hear: themselves and those below them; an officer hears of everybody (None)."""
    if queries.officers() & days.keys():
        return None
    below = [person for person, manager in managers_by_key(on=on).items() if manager in days]
    away = queries.people_away(on)
    if away & set(below):  # who stands in for a manager on leave hears of the level below too
        return None
    return sorted({*days, *below})


def _lines(people: Collection[int] | None, *, on: date, days: Days | None) -> Iterator[Line]:
    rules = rule_lines(on=on)
    facts = facts_of(None if people is None else list(people), on=on)
    managers, away, officers = managers_by_key(on=on), queries.people_away(on), queries.officers() - queries.people_away(on)
    for key, known in facts.items():
        day = on if days is None else days.get(key, on)
        for rule, judged in zip(rules, judge_person(rules, known, on=day), strict=True):
            step = reached(rule.fact, judged, on=day)
            if step is not None:
                yield from _told_to(key, rule, judged.state, step, nearest_at_work(key, managers, away), officers)


def _told_to(key: int, rule: RuleLine, state: Standing, step: Reached, manager: int | None, officers: frozenset[int]) -> Iterator[Line]:
    whom: dict[Audience, list[int]] = {
        Audience.PERSON: [key],
        Audience.MANAGER: [] if manager is None else [manager],
        Audience.COMPLIANCE: sorted(officers - {key}),
    }
    for audience, number in step.steps.items():
        for recipient in whom[audience]:
            course = (rule.course_title, rule.course_public_id)
            yield Line(recipient, key, rule.fact.lineage, *course, state, step.due_on, step.days_left, audience, number)
