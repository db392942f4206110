"""Keeping the index of standings in agreement with facts: of one person at once, of everybody in the background."""

from collections.abc import Mapping, Sequence
from datetime import date

import structlog
from sqlalchemy import Table, bindparam, delete, insert, update

from core.clock import now
from core.db import insert_into, session
from core.jobs.queue import enqueue
from core.people.models import Person
from training.requirements.queries import days_of_ends, employed_people, facts_of, rule_histories
from training.standings import queries
from training.standings.intervals import Known, Revisions, intervals
from training.standings.models import DerivedRule, StandingSpan

AT_ONCE = 250
TASK = "training.derive_standings"
BEGUN = 0  # instead of a rule's version while it is derived for the first time
log = structlog.get_logger()

_Span = tuple[int, int, date, date, str]


def keep_standings(person: Person) -> None:
    """Make the index agree with what is known of the person now. Whatever changes facts about a person's training calls this."""
    keep_standings_of([person.id])


def keep_standings_of(people: Sequence[int]) -> None:
    """The same for several people, by inner key.

    Only with rules that are derived or about to be: others are derived for everybody together.
    """
    session.flush()
    queries.hold(people)
    begun = queries.versions_derived()
    if begun:
        _derive(people, _histories_with(begun))


def derive(people: Sequence[int], versions: Mapping[int, int]) -> int:
    """Make the spans of these people, by inner key, with the rules of which these are revisions, what facts say. Returns how many
    rows were wrong or missing."""
    session.flush()
    queries.hold(people)
    return _derive(people, _histories_with(versions))


def _histories_with(versions: Mapping[int, int]) -> list[Revisions]:
    return [history for history in rule_histories() if any(rule.id in versions for _first, rule in history)]


def _derive(people: Sequence[int], histories: Sequence[Revisions]) -> int:
    known = _known(people)
    kept = queries.spans_of(people, [rule.id for history in histories for _first, rule in history])
    wanted = {span for person, facts in known.items() for span in _spans(person, facts, histories)}
    _write(gone=kept - wanted, new=wanted - kept)
    return len(kept ^ wanted)


def _known(people: Sequence[int]) -> dict[int, Known]:
    """The facts about each of them, once for every day from which a version ends what counts of those before it."""
    eras = [(day, facts_of(people, present=day)) for day in (date.min, *days_of_ends())]
    return {person: [(day, facts[person]) for day, facts in eras] for person in eras[0][1]}


def _spans(person: int, facts: Known, histories: Sequence[Revisions]) -> list[_Span]:
    found = (each for history in histories for each in intervals(history, facts))
    return [(person, each.rule_id, each.since, each.until, each.state.value) for each in found]


def _write(*, gone: set[_Span], new: set[_Span]) -> None:
    table: Table = StandingSpan.__table__  # type: ignore[assignment]
    connection = session.connection()
    if gone:
        key = (table.c.person_id == bindparam("person"), table.c.rule_id == bindparam("rule"), table.c.since_on == bindparam("since"))
        connection.execute(delete(table).where(*key), [{"person": span[0], "rule": span[1], "since": span[2]} for span in sorted(gone)])
    if new:
        named = ("person_id", "rule_id", "since_on", "until_on", "state")
        connection.execute(insert(table), [dict(zip(named, span, strict=True)) for span in sorted(new)])


def begin_deriving(*, anew: bool = False) -> None:
    """Have the rules that have changed derived for everybody in the background; or all of them `anew`, to find what went wrong."""
    enqueue(TASK, arguments={"anew": anew})


def distrust_standings() -> None:
    """What many people's standings follow from has changed beside the rules: until all are derived anew, everybody is judged."""
    session.execute(update(DerivedRule).values(rule_version=BEGUN))
    begin_deriving()


def versions_to_derive(*, anew: bool) -> dict[int, int]:
    """The revisions that have to be derived for everybody: those never derived as they are now; all of them `anew`. From now on whoever
    changes somebody's facts keeps their spans with these rules."""
    derived = {} if anew else queries.versions_derived()
    found = {rule_id: version for rule_id, version in queries.versions_of_rules().items() if derived.get(rule_id) != version}
    for rule_id in found:
        session.execute(insert_into(DerivedRule).values(rule_id=rule_id, rule_version=BEGUN, derived_at=now()).on_conflict_do_nothing())
    return found


def derive_next(versions: Mapping[int, int], *, after: int) -> int | None:
    """Derive the next few people, from an inner key on, with the rules of which these are revisions, in these versions. Answers with the
    key to go on from; None when everybody has been derived, which is noted then."""
    people = employed_people(after=after, limit=AT_ONCE)
    if people:
        changed = derive(people, versions)
        if changed and queries.versions_derived().items() >= versions.items():
            log.warning("standings_had_gone_wrong", rows=changed)
        return people[-1]
    for rule_id, version in versions.items():
        row = {"rule_version": version, "derived_at": now()}
        found = insert_into(DerivedRule).values(rule_id=rule_id, **row)
        session.execute(found.on_conflict_do_update(index_elements=["rule_id"], set_=row))
    return None
