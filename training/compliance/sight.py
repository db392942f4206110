"""The question page, totals and export share: who is seen, how each stands, which of them the filter leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from core.people.models import Person
from core.web.paging import Page
from training.auditing.sight import lines_within
from training.compliance import matrix, queries
from training.compliance.difference import Change, Side, changes
from training.compliance.filtering import ComplianceFilter, asking
from training.compliance.fingerprint import fingerprint
from training.compliance.matrix import Row, Totals
from training.compliance.moment import Moment
from training.compliance.queries import PersonLine
from training.compliance.standing import Judgement, Standing
from training.requirements.queries import People, PersonFacts, RuleLine, facts_of, rule_lines
from training.standings.queries import is_relied_on, stand_so, who_stands_how

PAGE_SIZE = 15


@dataclass(frozen=True)
class Sight:
    """What a viewer sees of compliance on a day."""

    lines: list[RuleLine]
    people: dict[int, PersonLine]
    rows: list[Row]
    facts: Mapping[int, PersonFacts] = field(default_factory=dict)
    regulations: list[str] = field(default_factory=list)  # what the rules in effect answer to, whatever the filter


def look(viewer: Person, wanted: ComplianceFilter, *, state: Standing | None, moment: Moment) -> Sight:
    """Who the viewer sees on the day and how each stands, as it was known, in four statements whatever their number."""
    people = queries.people_in_sight(viewer, wanted, on=moment.on, known_at=moment.known_at)
    keys = queries.keys_in_sight(viewer, on=moment.on, known_at=moment.known_at)
    sight = _judged(people, wanted, lines_within(viewer, rule_lines(on=moment.on, known_at=moment.known_at)), keys, moment)
    return replace(sight, rows=matrix.with_state(sight.rows, state))


def look_at_page(viewer: Person, wanted: ComplianceFilter, *, state: Standing | None, moment: Moment, number: int) -> tuple[Sight, Page[Row]]:
    """One page of what `look` gives, by name. With a state, and rules the index does not know, everybody is judged to know who is on it."""
    first = (number - 1) * PAGE_SIZE
    lines, among = lines_within(viewer, rule_lines(on=moment.on, known_at=moment.known_at)), None
    if state is not None:
        if state is Standing.NOT_REQUIRED or not is_indexed(moment):
            sight = look(viewer, wanted, state=state, moment=moment)
            return sight, Page(sight.rows[first : first + PAGE_SIZE], number, len(sight.rows) > first + PAGE_SIZE)
        among = stand_so(state, [line.fact.id for line in asking(wanted, lines)], on=moment.on)
    people = queries.people_in_sight(viewer, wanted, on=moment.on, known_at=moment.known_at, among=among, skip=first, at_most=PAGE_SIZE + 1)
    shown = people[:PAGE_SIZE]
    sight = _judged(shown, wanted, lines, [person.key for person in shown], moment)
    return sight, Page(sight.rows, number, len(people) > PAGE_SIZE)


def totals_of(viewer: Person, wanted: ComplianceFilter, *, moment: Moment) -> tuple[Totals, Sight | None]:
    """How many of those the viewer sees stand how: read from the index; or judged one by one, and then with all of them."""
    if not is_indexed(moment):
        sight = look(viewer, wanted, state=None, moment=moment)
        return matrix.count(sight.rows), sight
    rules = [line.fact.id for line in asking(wanted, lines_within(viewer, rule_lines(on=moment.on)))]
    return matrix.count_of(who_stands_how(rules, on=moment.on, among=queries.keys_that_fit(viewer, wanted, on=moment.on))), None


def is_indexed(moment: Moment) -> bool:
    """Whether the index of standings tells this report: it knows what is known now, and every rule as it is."""
    return moment.known_on is None and is_relied_on()


def _judged(people: list[PersonLine], wanted: ComplianceFilter, lines: list[RuleLine], keys: People, moment: Moment) -> Sight:
    asked = asking(wanted, lines)
    facts = facts_of(keys, on=moment.on, known_at=moment.known_at)
    rows = matrix.judge_people([person.key for person in people], asked, facts, on=moment.on)
    return Sight(asked, {person.key: person for person in people}, rows, facts, sorted({line.fact.source for line in lines} - {""}))


def fingerprint_of(sight: Sight, moment: Moment, wanted: ComplianceFilter) -> str:
    """The hash of what everybody in sight stands with."""
    rules = [line.fact for line in sight.lines]
    told = ((sight.people[row.person_id].id, zip(rules, row.cells, strict=True)) for row in sight.rows)
    return fingerprint(told, moment=moment, wanted=wanted)


def compare(viewer: Person, wanted: ComplianceFilter, before: Moment, after: Moment) -> tuple[Sight, Sight, list[Change]]:
    """What two reports say, and who stands otherwise in the second, by name and rule. Whoever is in one of them is compared."""
    sights = tuple(look(viewer, wanted, state=None, moment=moment) for moment in (before, after))
    first, second = sights
    people = first.people | second.people
    keys = sorted(people, key=lambda key: (people[key].name, key))
    known = [_known(sight, moment) for sight, moment in zip(sights, (before, after), strict=True)]
    lineages = sorted({line.fact.lineage: line.fact.number for sight in sights for line in sight.lines}.items(), key=lambda one: one[1])
    pairs = ((key, lineage, known[0](key, lineage), known[1](key, lineage)) for key in keys for lineage, _number in lineages)
    return first, second, changes(pairs)


def _known(sight: Sight, moment: Moment) -> Callable[[int, UUID], Side]:
    rules = {line.fact.lineage: (place, line.fact) for place, line in enumerate(sight.lines)}
    cells = {row.person_id: row.cells for row in sight.rows}
    nothing = PersonFacts()

    def side(key: int, lineage: UUID) -> Side:
        facts = sight.facts.get(key, nothing)
        if lineage not in rules:
            return Side(moment.on, None, Judgement(Standing.NOT_REQUIRED), facts.stretches)
        place, rule = rules[lineage]
        judged = cells[key][place] if key in cells else Judgement(Standing.NOT_REQUIRED)
        course = rule.course_id
        return Side(
            moment.on,
            rule,
            judged,
            facts.stretches,
            facts.completed.get(course, ()),
            facts.exempt.get(course, ()),
            facts.ends.get(course, {}),
            facts.accepted_for(rule),
            facts.away,
        )

    return side
