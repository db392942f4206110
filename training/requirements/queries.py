"""Reading rules, and the facts about people from which every standing follows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from core.clock import now
from core.db import Instant, session
from core.errors import NotFound
from core.people.models import Employment, JobRole, Person
from core.people.queries import last_day_known
from training.catalogue.models import Course
from training.compliance.expiry import RuleClock
from training.compliance.standing import RuleFact, Stretch
from training.learning.models import Study
from training.requirements.models import Assignment, Completion, Exemption, Rule

People = Sequence[int] | Select[int] | None  # inner keys, a select of them, or everybody


@dataclass
class PersonFacts:
    """What is known of one person, by course where it belongs to one."""

    stretches: list[Stretch] = field(default_factory=list)
    completed: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    exempt: dict[int, list[tuple[date, date | None]]] = field(default_factory=lambda: defaultdict(list))
    started: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class RuleLine:
    """A rule as pages show it: the fact and the names that go with it."""

    fact: RuleFact
    course_title: str
    course_code: str
    course_public_id: UUID
    role: str | None


_NAMES = ("id", "public_id", "lineage", "revision", "grace_days", "recurrence", "calendar_from")
_TERMS = ("number", "course_id", "job_role_id", "due_days", "valid_months", "window_days", "source", "effective_from", "effective_to", "closed_at")


@cache
def _revisions() -> Select[*tuple[Any, ...]]:
    """Every revision known at the instant `known_at`, by number, with the names that go with it. Built once: pages ask it often."""
    return (
        select(
            *(getattr(Rule, name) for name in _NAMES + _TERMS),
            Course.title.label("course_title"),
            Course.code.label("course_code"),
            Course.public_id.label("course_public_id"),
            JobRole.name.label("role"),
        )
        .join(Course, Course.id == Rule.course_id)
        .outerjoin(JobRole, JobRole.id == Rule.job_role_id)
        .where(Rule.recorded_at <= bindparam("known_at", type_=Instant))
        .order_by(Rule.number, Rule.lineage, Rule.revision)
    )


def rule_lines(*, on: date, known_at: datetime | None = None, with_future: bool = False) -> list[RuleLine]:
    """Rules in effect on the day as they were known at an instant (default: now), by number.

    `with_future` adds those that have ended and those not yet in effect, each once.
    """
    revisions: dict[UUID, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in session.execute(_revisions(), {"known_at": known_at or now()}):
        revisions[row.lineage].append(row)
    lines = [
        RuleLine(_fact(rows, on=on, known_at=known_at), rows[-1].course_title, rows[-1].course_code, rows[-1].course_public_id, rows[-1].role)
        for rows in revisions.values()
    ]
    if with_future:
        return lines
    return [line for line in lines if line.fact.since <= on and (line.fact.until is None or line.fact.until >= on)]


def _fact(rules: Sequence[Row[*tuple[Any, ...]]], *, on: date, known_at: datetime | None) -> RuleFact:
    in_effect = [rule for rule in rules if rule.effective_from <= on] or [rules[0]]
    terms, last = in_effect[-1], rules[-1]
    end_known = known_at is None or (last.closed_at is not None and last.closed_at <= known_at)
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
    )


def _of(column: InstrumentedAttribute[int], people: People) -> ColumnElement[bool]:
    if people is None:
        return column.is_not(None)
    return column.in_(people if isinstance(people, Select) else bindparam("people", expanding=True))


def _named(people: People) -> dict[str, Any]:
    """What a statement made with `_of` is to be run with."""
    return {} if people is None or isinstance(people, Select) else {"people": list(people)}


def _stands(recorded: InstrumentedAttribute[datetime], ended: InstrumentedAttribute[datetime | None], *, at_an_instant: bool) -> ColumnElement[bool]:
    """Whether a row was known, and not yet known to be wrong, at the instant `known_at`; or now."""
    if not at_an_instant:
        return ended.is_(None)
    known_at = bindparam("known_at", type_=Instant)
    return and_(recorded <= known_at, or_(ended.is_(None), ended > known_at))


def facts_of(people: People, *, on: date | None = None, known_at: datetime | None = None) -> dict[int, PersonFacts]:
    """The facts about these people up to a day (default: all), as known at an instant (default: now), in two statements.

    People without employment do not appear: nothing is required of them.
    """
    asked = _named(people) | {name: value for name, value in (("on", on), ("known_at", known_at)) if value is not None}
    build = _questions_of_some if "people" in asked else partial(_questions, people)
    employed, happened = build(to_a_day=on is not None, at_an_instant=known_at is not None)
    found: dict[int, PersonFacts] = {}
    for person_id, since, until, job_role_id in session.execute(employed, asked):
        found.setdefault(person_id, PersonFacts()).stretches.append(Stretch(since, until, job_role_id))
    for kind, person_id, course_id, since, until, at, zone in session.execute(happened, asked):
        facts = found.get(person_id)
        if facts is None:
            continue
        if kind == _COMPLETED:
            facts.completed[course_id].append(since)
        elif kind == _EXEMPT:
            facts.exempt[course_id].append((since, until))
        else:
            facts.started[course_id].append(at.astimezone(_zone(zone)).date())
    return found


_COMPLETED, _EXEMPT, _STARTED = 1, 2, 3


@cache
def _questions_of_some(*, to_a_day: bool, at_an_instant: bool) -> tuple[Select[*tuple[Any, ...]], CompoundSelect[*tuple[Any, ...]]]:
    """The two statements about given people (`people`), built once: building them takes longer than their answers."""
    return _questions((), to_a_day=to_a_day, at_an_instant=at_an_instant)


def _questions(people: People, *, to_a_day: bool, at_an_instant: bool) -> tuple[Select[*tuple[Any, ...]], CompoundSelect[*tuple[Any, ...]]]:
    """What asks for stretches of employment, and for completions, exemptions and beginnings, up to the day `on`."""
    day = bindparam("on", type_=Date)
    last_day = last_day_known(bindparam("known_at", type_=Instant)) if at_an_instant else Employment.valid_to
    employed = select(Employment.person_id, Employment.valid_from, last_day, Employment.job_role_id).where(
        _of(Employment.person_id, people), _stands(Employment.recorded_at, Employment.superseded_at, at_an_instant=at_an_instant)
    )
    no_day, no_instant, no_zone = cast(null(), Date), cast(null(), Instant), cast(null(), String)
    completions = select(
        literal(_COMPLETED).label("kind"), Completion.person_id, Completion.course_id, Completion.completed_on, no_day, no_instant, no_zone
    ).where(_of(Completion.person_id, people), _stands(Completion.recorded_at, Completion.superseded_at, at_an_instant=at_an_instant))
    if to_a_day:
        employed = employed.where(Employment.valid_from <= day)
        completions = completions.where(Completion.completed_on <= day)
    exemptions = select(
        literal(_EXEMPT), Exemption.person_id, Exemption.course_id, Exemption.valid_from, Exemption.valid_to, no_instant, no_zone
    ).where(_of(Exemption.person_id, people), _stands(Exemption.recorded_at, Exemption.revoked_at, at_an_instant=at_an_instant))
    studies = (
        select(literal(_STARTED), Study.person_id, Study.course_id, no_day, no_day, Study.started_at, Person.time_zone)
        .join(Person, Person.id == Study.person_id)
        .where(_of(Study.person_id, people), Study.started_at <= bindparam("known_at", type_=Instant) if at_an_instant else true())
    )
    return (
        employed.order_by(Employment.person_id, Employment.valid_from, Employment.id),
        union_all(completions, exemptions, studies).order_by("kind", "completed_on"),
    )


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def assignments_of(people: People) -> Sequence[Assignment]:
    """Every cycle assigned to these people, by person and rule."""
    query = select(Assignment).where(_of(Assignment.person_id, people))
    return session.scalars(query.order_by(Assignment.person_id, Assignment.lineage, Assignment.cycle), _named(people)).all()


def people_by_key(keys: Sequence[int]) -> Sequence[Person]:
    """The people with these inner keys, by key."""
    return session.scalars(select(Person).where(Person.id.in_(keys)).order_by(Person.id)).all()


def employed_people(*, after: int, limit: int) -> Sequence[int]:
    """Inner keys of people who have or had employment, from a key on."""
    query = select(Employment.person_id).where(Employment.person_id > after).distinct()
    return session.scalars(query.order_by(Employment.person_id).limit(limit)).all()


def get_rule(rule_id: UUID) -> Rule:
    """The rule revision with this public id, with course, role and writer. Raises NotFound."""
    query = select(Rule).where(Rule.public_id == rule_id).options(joinedload(Rule.course), joinedload(Rule.job_role), joinedload(Rule.recorded_by))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_rule_of(lineage: UUID) -> Rule | None:
    """The newest revision of a rule."""
    return session.scalars(select(Rule).where(Rule.lineage == lineage).order_by(Rule.revision.desc()).limit(1)).one_or_none()


def revisions_of(rule: Rule) -> Sequence[Rule]:
    """Every revision of the rule, newest first, with who wrote it."""
    query = select(Rule).where(Rule.lineage == rule.lineage).options(joinedload(Rule.recorded_by))
    return session.scalars(query.order_by(Rule.revision.desc())).all()


def lock_revisions(rule: Rule) -> Sequence[Rule]:
    """The rule's revisions, held until the transaction ends, oldest first."""
    query = select(Rule).where(Rule.lineage == rule.lineage).order_by(Rule.revision)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def next_rule_number() -> int:
    """The number after the highest given to a rule."""
    return (session.scalars(select(func.max(Rule.number))).one() or 0) + 1


def find_same_rule(*, course_id: int, job_role_id: int | None, since: date) -> Rule | None:
    """A rule that asks the same people for the same course and has not ended before the day."""
    role = Rule.job_role_id.is_(None) if job_role_id is None else Rule.job_role_id == job_role_id
    query = select(Rule).where(Rule.course_id == course_id, role, or_(Rule.effective_to.is_(None), Rule.effective_to >= since))
    return session.scalars(query.order_by(Rule.id).limit(1)).one_or_none()


def exemptions_of(person: Person) -> Sequence[Exemption]:
    """Every exemption of the person, newest first, with course and approver."""
    query = select(Exemption).where(Exemption.person_id == person.id).options(joinedload(Exemption.course), joinedload(Exemption.approved_by))
    return session.scalars(query.order_by(Exemption.valid_from.desc(), Exemption.id.desc())).all()


def get_exemption(exemption_id: UUID) -> Exemption:
    """The exemption with its person and course. Raises NotFound."""
    query = select(Exemption).where(Exemption.public_id == exemption_id).options(joinedload(Exemption.person), joinedload(Exemption.course))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found
