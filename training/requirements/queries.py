"""Reading rules, and the facts about people from which every standing follows."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
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

from core.db import Instant, session
from core.errors import NotFound
from core.groups.models import PersonTag
from core.people.models import Employment, Person
from core.people.queries import last_day_known
from training.catalogue.models import CourseVersion
from training.compliance.audience import with_tags
from training.compliance.standing import Stretch
from training.compliance.terms import RuleTerms
from training.learning.models import Study
from training.requirements.lines import RuleLine as RuleLine
from training.requirements.lines import named_conditions as named_conditions
from training.requirements.lines import rule_lines as rule_lines
from training.requirements.models import Assignment, Completion, DerivationRound, Exemption, Rule, RuleCourse

People = Sequence[int] | Select[int] | None  # inner keys, a select of them, or everybody


@dataclass
class PersonFacts:
    """What is known of one person, by course where it belongs to one."""

    stretches: list[Stretch] = field(default_factory=list)
    completed: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    versions: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # of the course, completed on each of these days
    exempt: dict[int, list[tuple[date, date | None]]] = field(default_factory=lambda: defaultdict(list))
    started: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))


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


def facts_of(
    people: People, *, on: date | None = None, known_at: datetime | None = None, courses: Collection[int] | None = None
) -> dict[int, PersonFacts]:
    """The facts about these people up to a day (default: all), as known at an instant (default: now), in two statements.

    People without employment do not appear: nothing is required of them. With `courses` only what belongs to those is read.
    """
    asked = _named(people) | {name: value for name, value in (("on", on), ("known_at", known_at)) if value is not None}
    build = _questions_of_some if "people" in asked else partial(_questions, people)
    employed, happened = build(to_a_day=on is not None, at_an_instant=known_at is not None, of_courses=courses is not None)
    if courses is not None:
        asked |= {"courses": list(courses)}
    found: dict[int, PersonFacts] = {}
    for person_id, *belongs in session.execute(employed, asked):
        found.setdefault(person_id, PersonFacts()).stretches.append(Stretch(*belongs))
    tagged: dict[int, list[tuple[int, date, date | None]]] = {}
    for kind, person_id, course_id, since, until, at, zone, version_id in session.execute(happened, asked):
        facts = found.get(person_id)
        if facts is None:
            continue
        if kind == _COMPLETED:
            facts.completed[course_id].append(since)
            facts.versions[course_id].append(version_id)
        elif kind == _EXEMPT:
            facts.exempt[course_id].append((since, until))
        elif kind == _TAGGED:
            tagged.setdefault(person_id, []).append((course_id, since, until))
        else:
            facts.started[course_id].append(at.astimezone(_zone(zone)).date())
    for person_id, carried in tagged.items():
        found[person_id].stretches = with_tags(found[person_id].stretches, carried)
    return found


_COMPLETED, _EXEMPT, _STARTED, _TAGGED = 1, 2, 3, 4
_BELONGING = (Employment.job_role_id, Employment.department_id, Employment.location_id, Employment.employment_type, Employment.hired_on)


@cache
def _questions_of_some(*, to_a_day: bool, at_an_instant: bool, of_courses: bool) -> tuple[Select[*tuple[Any, ...]], CompoundSelect[*tuple[Any, ...]]]:
    """The two statements about given people (`people`), built once: building them takes longer than their answers."""
    return _questions((), to_a_day=to_a_day, at_an_instant=at_an_instant, of_courses=of_courses)


def _questions(
    people: People, *, to_a_day: bool, at_an_instant: bool, of_courses: bool
) -> tuple[Select[*tuple[Any, ...]], CompoundSelect[*tuple[Any, ...]]]:
    """What asks for stretches of employment, and for completions, exemptions, beginnings and tags, up to the day `on`."""
    day = bindparam("on", type_=Date)
    last_day = last_day_known(bindparam("known_at", type_=Instant)) if at_an_instant else Employment.valid_to
    employed = select(Employment.person_id, Employment.valid_from, last_day, *_BELONGING).where(
        _of(Employment.person_id, people), _stands(Employment.recorded_at, Employment.superseded_at, at_an_instant=at_an_instant)
    )
    no_day, no_instant, no_zone, no_key = cast(null(), Date), cast(null(), Instant), cast(null(), String), cast(null(), Integer)
    done = (Completion.person_id, Completion.course_id, Completion.completed_on, no_day, no_instant, no_zone, Completion.version_id)
    completions = select(literal(_COMPLETED).label("kind"), *done).where(
        _of(Completion.person_id, people), _stands(Completion.recorded_at, Completion.superseded_at, at_an_instant=at_an_instant)
    )
    if to_a_day:
        employed = employed.where(Employment.valid_from <= day)
        completions = completions.where(Completion.completed_on <= day)
    exemptions = select(
        literal(_EXEMPT), Exemption.person_id, Exemption.course_id, Exemption.valid_from, Exemption.valid_to, no_instant, no_zone, no_key
    ).where(_of(Exemption.person_id, people), _stands(Exemption.recorded_at, Exemption.revoked_at, at_an_instant=at_an_instant))
    carried = (PersonTag.person_id, PersonTag.tag_id, PersonTag.valid_from, PersonTag.valid_to, no_instant, no_zone, no_key)
    tags = select(literal(_TAGGED), *carried).where(
        _of(PersonTag.person_id, people), _stands(PersonTag.recorded_at, PersonTag.superseded_at, at_an_instant=at_an_instant)
    )
    studies = (
        select(literal(_STARTED), Study.person_id, Study.course_id, no_day, no_day, Study.started_at, Person.time_zone, no_key)
        .join(Person, Person.id == Study.person_id)
        .where(_of(Study.person_id, people), Study.started_at <= bindparam("known_at", type_=Instant) if at_an_instant else true())
    )
    if of_courses:
        wanted: BindParameter[Any] = bindparam("courses", expanding=True)
        completions = completions.where(Completion.course_id.in_(wanted))
        exemptions, studies = exemptions.where(Exemption.course_id.in_(wanted)), studies.where(Study.course_id.in_(wanted))
    return (
        employed.order_by(Employment.person_id, Employment.valid_from, Employment.id),
        union_all(completions, exemptions, studies, tags).order_by("kind", "completed_on"),
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


def terms_of(rule: Rule) -> RuleTerms:
    """How a revision counts."""
    return RuleTerms(**{term.name: getattr(rule, term.name) for term in fields(RuleTerms)})


def further_courses(rule: Rule) -> Sequence[int]:
    """Inner keys of the courses of a revision after its first, in order."""
    return session.scalars(select(RuleCourse.course_id).where(RuleCourse.rule_id == rule.id).order_by(RuleCourse.position)).all()


def chain_of(rule: Rule) -> str:
    """What the rule asks for, as assignments name it."""
    return next(line.fact.chain for line in rule_lines(on=rule.effective_from, with_future=True) if line.fact.lineage == rule.lineage)


def count_employed() -> int:
    """How many people have or had employment."""
    return session.scalars(select(func.count(Employment.person_id.distinct()))).one()


def lock_round(key: int) -> DerivationRound | None:
    """The round with this inner key, held until the transaction ends."""
    query = select(DerivationRound).where(DerivationRound.id == key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def last_round(rule: Rule) -> DerivationRound | None:
    """The latest round after a change of the rule."""
    query = select(DerivationRound).join(Rule, Rule.id == DerivationRound.rule_id).where(Rule.lineage == rule.lineage)
    return session.scalars(query.order_by(DerivationRound.id.desc()).limit(1)).one_or_none()


def something_begins(*, since: date, until: date) -> bool:
    """Whether a revision of a rule, or a version of a course, takes effect in these days."""
    rule = select(Rule.id).where(Rule.effective_from.between(since, until), Rule.revision > 1)
    version = select(CourseVersion.id).where(CourseVersion.in_force_from.between(since, until), CourseVersion.number > 1)
    return session.scalars(rule.order_by(Rule.id).limit(1)).first() is not None or (
        session.scalars(version.order_by(CourseVersion.id).limit(1)).first() is not None
    )


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
