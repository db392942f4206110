"""Reading rules as they stood on a day and as they were known then, with whom they ask and the names that go with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, func, or_, select

from core.clock import now
from core.db import Instant, session
from core.groups.models import DepartmentPlace, Tag
from core.people.models import Department, JobRole, Location
from training.catalogue.models import Course
from training.compliance.audience import Audience, Condition, Trait, below
from training.compliance.expiry import RuleClock
from training.compliance.standing import RuleFact
from training.compliance.terms import PLAIN, Combination, RuleTerms, VersionPolicy
from training.requirements.models import Rule, RuleCondition, RuleCourse
from training.requirements.retaking import VersionFact, retakes_of, versions_of
from training.requirements.wording import NamedCondition, audience_words

Line = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class NamedCourse:
    """A course of a rule, as pages show it."""

    id: int
    public_id: UUID
    title: str
    code: str
    minutes: int


@dataclass(frozen=True)
class RuleLine:
    """A rule as pages show it: the fact and the names that go with it. `role` says in words whom it asks; None is everybody."""

    fact: RuleFact
    course_title: str
    course_code: str
    course_public_id: UUID
    role: str | None
    courses: tuple[NamedCourse, ...] = ()  # every course it names, in order, also if it is one
    regulation: str = ""
    clause: str = ""


_NAMES = ("id", "public_id", "lineage", "revision", "grace_days", "recurrence", "calendar_from")
_TERMS = ("number", "course_id", "job_role_id", "due_days", "valid_months", "window_days", "source", "effective_from", "effective_to", "closed_at")
_CLAUSES = ("title", "regulation", "clause", "recorded_at")
_RULE_TERMS = tuple(term.name for term in fields(RuleTerms))
_DAYS = ("due_from", "due_days", "fixed_due_on", "minimum_notice_days")  # a change of these gives notice anew


@cache
def _revisions() -> Select[*tuple[Any, ...]]:
    """Every revision known at the instant `known_at`, by number, with the names that go with it. Built once: pages ask it often."""
    return (
        select(
            *(getattr(Rule, name) for name in _NAMES + _TERMS + _CLAUSES + _RULE_TERMS),
            Course.title.label("course_title"),
            Course.code.label("course_code"),
            Course.public_id.label("course_public_id"),
            Course.duration_minutes.label("course_minutes"),
            JobRole.name.label("role"),
            select(func.count()).where(RuleCondition.rule_id == Rule.id).scalar_subquery().label("conditions"),
        )
        .join(Course, Course.id == Rule.course_id)
        .outerjoin(JobRole, JobRole.id == Rule.job_role_id)
        .where(Rule.recorded_at <= bindparam("known_at", type_=Instant))
        .order_by(Rule.number, Rule.lineage, Rule.revision)
    )


@cache
def _conditions() -> Select[*tuple[Any, ...]]:
    """The conditions of the revisions `rules`, with the names of what they ask for."""
    return (
        select(
            RuleCondition.rule_id,
            RuleCondition.joins,
            RuleCondition.job_role_id,
            RuleCondition.department_id,
            RuleCondition.with_below,
            RuleCondition.location_id,
            RuleCondition.employment_type,
            RuleCondition.tag_id,
            func.coalesce(JobRole.name, Department.name, Location.name, Tag.name, "").label("name"),
        )
        .outerjoin(JobRole, JobRole.id == RuleCondition.job_role_id)
        .outerjoin(Department, Department.id == RuleCondition.department_id)
        .outerjoin(Location, Location.id == RuleCondition.location_id)
        .outerjoin(Tag, Tag.id == RuleCondition.tag_id)
        .where(RuleCondition.rule_id.in_(bindparam("rules", expanding=True)))
        .order_by(RuleCondition.rule_id, RuleCondition.id)
    )


def rule_lines(*, on: date, known_at: datetime | None = None, with_future: bool = False) -> list[RuleLine]:
    """Rules in effect on the day as they were known at an instant (default: now), by number.

    `with_future` adds those that have ended and those not yet in effect, each once.
    """
    revisions = _by_lineage(known_at)
    terms = {lineage: _in_effect(rows, on) for lineage, rows in revisions.items()}
    around = _around(terms.values(), known_at)
    lines = []
    for lineage, rows in revisions.items():
        last, term = rows[-1], terms[lineage]
        courses = around.courses_of(term)
        words = audience_words(around.asked[term.id]) if term.conditions else last.role
        title, code = term.title or last.course_title, " / ".join(course.code for course in courses)
        fact = _fact(rows, term, around, known_at=known_at)
        lines.append(RuleLine(fact, title, code, last.course_public_id, words, courses, term.regulation, term.clause))
    if with_future:
        return lines
    return [line for line in lines if line.fact.since <= on and (line.fact.until is None or line.fact.until >= on)]


def rule_histories() -> list[list[tuple[date, RuleFact]]]:
    """Every rule as it is known now, by number: its revisions, oldest first, each with the first day on which it asks in that way."""
    revisions = _by_lineage(None)
    around = _around([row for rows in revisions.values() for row in rows], None)
    return [[(row.effective_from, _fact(rows, row, around, known_at=None)) for row in rows] for rows in revisions.values()]


def _by_lineage(known_at: datetime | None) -> dict[UUID, list[Line]]:
    found: dict[UUID, list[Line]] = defaultdict(list)
    for row in session.execute(_revisions(), {"known_at": known_at or now()}):
        found[row.lineage].append(row)
    return found


@dataclass(frozen=True)
class Around:
    """What belongs to revisions of rules and is in other tables, read for all of them at once."""

    asked: Mapping[int, list[NamedCondition]]
    audiences: Mapping[int, Audience]
    also: Mapping[int, list[NamedCourse]]
    versions: Mapping[int, list[VersionFact]]

    def courses_of(self, rule: Line) -> tuple[NamedCourse, ...]:
        """Every course of a revision, in order."""
        first = NamedCourse(rule.course_id, rule.course_public_id, rule.course_title, rule.course_code, rule.course_minutes)
        return (first, *self.also.get(rule.id, ()))


def _around(rules: Iterable[Line], known_at: datetime | None) -> Around:
    rules = list(rules)
    asked = named_conditions([row.id for row in rules if row.conditions])
    also = _further_courses([row.id for row in rules if row.combines is not Combination.COURSE])
    return Around(asked, audiences_of(asked, known_at=known_at), also, versions_of(_versioned(rules, also), known_at=known_at))


def _in_effect(rules: Sequence[Line], on: date) -> Line:
    return ([rule for rule in rules if rule.effective_from <= on] or [rules[0]])[-1]


def _versioned(rules: Iterable[Line], also: Mapping[int, list[NamedCourse]]) -> set[int]:
    """The courses of which it matters which version was completed."""
    found: set[int] = set()
    for rule in rules:
        if rule.version_policy is not VersionPolicy.ANY:
            found |= {rule.course_id, *(course.id for course in also.get(rule.id, ()))}
    return found


def _further_courses(rules: Sequence[int]) -> dict[int, list[NamedCourse]]:
    """The courses of these revisions (inner keys) after the first; without any revision nothing is asked of the database."""
    found: dict[int, list[NamedCourse]] = defaultdict(list)
    if rules:
        query = (
            select(RuleCourse.rule_id, Course.id, Course.public_id, Course.title, Course.code, Course.duration_minutes)
            .join(Course, Course.id == RuleCourse.course_id)
            .where(RuleCourse.rule_id.in_(rules))
        )
        for row in session.execute(query.order_by(RuleCourse.rule_id, RuleCourse.position)):
            found[row[0]].append(NamedCourse(*row[1:]))
    return found


def _noticed_from(rules: Sequence[Line], terms: Line) -> date:
    """The latest day on which what decides about due days was written down or took effect, up to the terms that hold."""
    told, before = rules[0], rules[0]
    for rule in rules[: rules.index(terms) + 1]:
        if any(getattr(rule, name) != getattr(before, name) for name in _DAYS):
            told = rule
        before = rule
    began: date = told.effective_from
    written: date = told.recorded_at.date()
    return began if began > written else written


def _fact(rules: Sequence[Line], terms: Line, around: Around, *, known_at: datetime | None) -> RuleFact:
    last = rules[-1]
    end_known = known_at is None or (last.closed_at is not None and last.closed_at <= known_at)
    more = RuleTerms(**{name: getattr(terms, name) for name in _RULE_TERMS})
    keys = tuple(course.id for course in around.courses_of(terms))
    return RuleFact(
        id=terms.id,
        public_id=terms.public_id,
        lineage=terms.lineage,
        number=terms.number,
        revision=terms.revision,
        course_id=terms.course_id,
        job_role_id=terms.job_role_id,
        due_days=terms.due_days,
        valid_months=terms.valid_months,
        window_days=terms.window_days,
        since=rules[0].effective_from,
        until=last.effective_to if end_known else None,
        source=terms.source,
        clock=RuleClock(terms.grace_days, terms.recurrence, terms.calendar_from),
        audience=around.audiences.get(terms.id),
        terms=PLAIN if more == PLAIN else more,
        also=keys[1:],
        retakes=retakes_of(keys, more, around.versions),
        noticed_from=_noticed_from(rules, terms),
    )


def named_conditions(rules: Sequence[int]) -> dict[int, list[NamedCondition]]:
    """The conditions of these revisions (inner keys) with names; without any revision nothing is asked of the database."""
    found: dict[int, list[NamedCondition]] = defaultdict(list)
    if rules:
        for row in session.execute(_conditions(), {"rules": list(rules)}):
            trait, value = _trait(row)
            found[row.rule_id].append(NamedCondition(row.joins, trait, value, row.name))
    return found


def _trait(row: Line) -> tuple[Trait, int | str]:
    if row.job_role_id is not None:
        return Trait.JOB_ROLE, row.job_role_id
    if row.department_id is not None:
        return Trait.BELOW if row.with_below else Trait.DEPARTMENT, row.department_id
    if row.location_id is not None:
        return Trait.LOCATION, row.location_id
    if row.tag_id is not None:
        return Trait.TAG, row.tag_id
    return Trait.EMPLOYMENT_TYPE, row.employment_type.value


def audiences_of(asked: Mapping[int, Iterable[NamedCondition]], *, known_at: datetime | None = None) -> dict[int, Audience]:
    """The audiences that conditions make. Where departments stood is read only if some are asked with those below them."""
    wanted = {int(one.value) for conditions in asked.values() for one in conditions if one.trait is Trait.BELOW}
    rows = _places(known_at) if wanted else []
    trees = {department: below(rows, department) for department in wanted}
    found = {}
    for key, named in asked.items():
        conditions = tuple(Condition(one.joins, one.trait, one.value) for one in named)
        found[key] = Audience(conditions, {int(one.value): trees[int(one.value)] for one in conditions if one.trait is Trait.BELOW})
    return found


def _places(known_at: datetime | None) -> list[tuple[int, int | None, date]]:
    """Which department stood below which from which day on, oldest first, as known at an instant (default: now)."""
    query = select(DepartmentPlace.department_id, DepartmentPlace.parent_id, DepartmentPlace.valid_from)
    if known_at is None:
        query = query.where(DepartmentPlace.superseded_at.is_(None))
    else:
        query = query.where(
            DepartmentPlace.recorded_at <= known_at, or_(DepartmentPlace.superseded_at.is_(None), DepartmentPlace.superseded_at > known_at)
        )
    rows = session.execute(query.order_by(DepartmentPlace.valid_from, DepartmentPlace.id))
    return [(department, parent, since) for department, parent, since in rows]
