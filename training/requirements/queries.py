"""Reading rules, and the facts about people from which every standing follows."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    Select,
    bindparam,
    cast,
    literal,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import joinedload

from core.clock import today
from core.db import Instant, session
from core.errors import NotFound
from core.groups.models import PersonTag
from core.people.models import Employment, Person
from core.people.queries import last_day_known
from training.catalogue.models import CourseVersion
from training.compliance.allowances import Away, while_employed
from training.compliance.audience import with_tags
from training.compliance.rule import RuleFact
from training.compliance.standing import Stretch
from training.compliance.terms import Combination
from training.exemptions import queries as exempting
from training.exemptions.models import Exemption
from training.learning.models import Study
from training.requirements.changing import chain_of as chain_of
from training.requirements.changing import count_employed as count_employed
from training.requirements.changing import further_courses as further_courses
from training.requirements.changing import last_round as last_round
from training.requirements.changing import lock_round as lock_round
from training.requirements.changing import next_rule_number as next_rule_number
from training.requirements.changing import something_begins as something_begins
from training.requirements.changing import terms_of as terms_of
from training.requirements.ends import ends_of_versions
from training.requirements.lines import RuleLine as RuleLine
from training.requirements.lines import named_conditions as named_conditions
from training.requirements.lines import rule_histories as rule_histories
from training.requirements.lines import rule_lines as rule_lines
from training.requirements.models import Assignment, Completion, Rule
from training.requirements.statements import (
    AWAY,
    COMPLETED,
    EQUIVALENT,
    EQUIVALENT_HERE,
    EXEMPT,
    LOCKED,
    NOTHING,
    STARTED,
    TAGGED,
    of,
    standing_in,
    stands,
)
from training.requirements.statements import People as People


@dataclass
class PersonFacts:
    """What is known of one person, by course where it belongs to one."""

    stretches: list[Stretch] = field(default_factory=list)
    completed: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    versions: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # of the course, completed on each of these days
    exempt: dict[int, list[tuple[date, date | None]]] = field(default_factory=lambda: defaultdict(list))
    started: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    locked: dict[int, list[tuple[date, date | None]]] = field(default_factory=dict)  # until: the first day without
    ends: dict[int, dict[date, date]] = field(default_factory=dict)  # day of completion to the last it counts, where a revision ends it
    equivalent: dict[int, list[tuple[date, date | None]]] = field(default_factory=lambda: defaultdict(list))
    away: list[Away] = field(default_factory=list)

    def accepted_for(self, rule: RuleFact) -> Sequence[tuple[date, date | None]]:
        """What is accepted in the place of what the rule asks: for a list, of any of its courses; a curriculum is not met at one stroke."""
        if rule.terms.combines is Combination.IN_ORDER:
            return ()
        return [days for course in rule.courses for days in self.equivalent.get(course, ())]

    def complete(self, course_id: int, day: date, end: date | None, version_id: int = 0) -> None:
        """Note a completion, by day; of two on one day the one that counts longer decides."""
        days = self.completed[course_id]
        self.versions[course_id].append(version_id)
        if end is not None or self.ends:
            ends = self.ends.setdefault(course_id, {})
            if end is None:
                ends.pop(day, None)
            elif days[-1:] != [day] or day in ends:
                ends[day] = max(end, ends.get(day, end))
        days.append(day)


def _named(people: People) -> dict[str, Any]:
    """What a statement made with `_of` is to be run with."""
    return {} if people is None or isinstance(people, Select) else {"people": list(people)}


def facts_of(
    people: People,
    *,
    on: date | None = None,
    known_at: datetime | None = None,
    present: date | None = None,
    courses: Collection[int] | None = None,
) -> dict[int, PersonFacts]:
    """The facts about these people up to a day (default: all), as known at an instant (default: now), in two statements.

    People without employment do not appear: nothing is required of them. Versions end completions of others as they do on the day, or on `present`.
    With `courses` only what belongs to those is read.
    """
    asked = _named(people) | {"present": present or on or today()}
    asked |= {name: value for name, value in (("on", on), ("known_at", known_at)) if value is not None}
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
        if kind == COMPLETED:
            facts.complete(course_id, since, until, version_id)
        elif kind == EXEMPT:
            facts.exempt[course_id].append((since, until))
        elif kind == AWAY:
            facts.away.append(Away(since, until, course_id))  # a leave is of no course; its days to catch up stand there
        elif kind in (EQUIVALENT, EQUIVALENT_HERE):
            last = while_employed(since, until, facts.stretches) if kind == EQUIVALENT_HERE else until
            facts.equivalent[course_id].append((since, last))
        elif kind == LOCKED:
            facts.locked.setdefault(course_id, []).append((since, until))
        elif kind == TAGGED:
            tagged.setdefault(person_id, []).append((course_id, since, until))
        else:
            facts.started[course_id].append(at.astimezone(_zone(zone)).date())
    for person_id, carried in tagged.items():
        found[person_id].stretches = with_tags(found[person_id].stretches, carried)
    return found


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
        of(Employment.person_id, people), stands(Employment.recorded_at, Employment.superseded_at, at_an_instant=at_an_instant)
    )
    no_day, no_key = cast(null(), Date), NOTHING[-1]
    completions = _completions(people, at_an_instant=at_an_instant)
    if to_a_day:
        employed = employed.where(Employment.valid_from <= day)
        completions = completions.where(Completion.completed_on <= day)
    known_at = bindparam("known_at", type_=Instant) if at_an_instant else None
    exemptions = select(
        literal(EXEMPT), Exemption.person_id, Exemption.course_id, Exemption.valid_from, exempting.last_day(known_at), *NOTHING
    ).where(of(Exemption.person_id, people), exempting.counts(known_at))
    tags = select(literal(TAGGED), PersonTag.person_id, PersonTag.tag_id, PersonTag.valid_from, PersonTag.valid_to, *NOTHING).where(
        of(PersonTag.person_id, people), stands(PersonTag.recorded_at, PersonTag.superseded_at, at_an_instant=at_an_instant)
    )
    studies = (
        select(literal(STARTED), Study.person_id, Study.course_id, no_day, no_day, Study.started_at, Person.time_zone, no_key)
        .join(Person, Person.id == Study.person_id)
        .where(of(Study.person_id, people), Study.started_at <= bindparam("known_at", type_=Instant) if at_an_instant else true())
    )
    if of_courses:
        wanted: BindParameter[Any] = bindparam("courses", expanding=True)
        completions = completions.where(Completion.course_id.in_(wanted))
        exemptions, studies = exemptions.where(Exemption.course_id.in_(wanted)), studies.where(Study.course_id.in_(wanted))
    instead = standing_in(people, at_an_instant=at_an_instant, of_courses=of_courses)
    return (
        employed.order_by(Employment.person_id, Employment.valid_from, Employment.id),
        union_all(completions, exemptions, studies, tags, *instead).order_by("kind", "completed_on"),
    )


def days_of_ends() -> list[date]:
    """The days from which a version ends what counts of those before it; few, mostly none."""
    query = select(CourseVersion.in_force_from).where(CourseVersion.older_count_until.is_not(None), CourseVersion.in_force_from.is_not(None))
    return sorted({day for day in session.scalars(query.order_by(CourseVersion.in_force_from)) if day is not None})


def _completions(people: People, *, at_an_instant: bool) -> Select[*tuple[Any, ...]]:
    """What was completed, with the last day each counts where a revision of its course ends it."""
    no_instant, no_zone, _no_key = NOTHING
    ends = ends_of_versions(at_an_instant=at_an_instant)
    return (
        select(
            literal(COMPLETED).label("kind"),
            Completion.person_id,
            Completion.course_id,
            Completion.completed_on,
            ends.c.until,
            no_instant,
            no_zone,
            Completion.version_id,
        )
        .outerjoin(ends, ends.c.id == Completion.version_id)
        .where(of(Completion.person_id, people), stands(Completion.recorded_at, Completion.superseded_at, at_an_instant=at_an_instant))
    )


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def assignments_of(people: People) -> Sequence[Assignment]:
    """Every cycle assigned to these people, by person and rule."""
    query = select(Assignment).where(of(Assignment.person_id, people))
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
