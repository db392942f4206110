"""Reading the index of standings: whether it can be relied on, and who stands how on a day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Date, Integer, Select, String, UnaryExpression, and_, bindparam, cast, func, literal, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.operators import custom_op

from core.clock import today
from core.db import session
from core.people.models import Person
from training.compliance.standing import Standing
from training.requirements.models import Rule
from training.standings.models import DerivedRule, StandingSpan

MIDDLE = timedelta(days=900)  # before that fewer spans began than ended after it
ASKED = tuple(state for state in Standing if state is not Standing.NOT_REQUIRED)

Who = Mapping[tuple[int, Standing], Sequence[str]]  # inner key of a revision and standing → inner keys of people, as text


def is_relied_on() -> bool:
    """Whether every revision of every rule has been derived for everybody as it is now."""
    return session.scalars(_not_derived().limit(1)).one_or_none() is None


def _not_derived() -> Select[int]:
    derived = and_(DerivedRule.rule_id == Rule.id, DerivedRule.rule_version == Rule.version)
    return select(Rule.id).outerjoin(DerivedRule, derived).where(DerivedRule.rule_id.is_(None))


def count_people(states: Sequence[Standing], *, on: date, among: Select[int] | None = None) -> dict[Standing, int] | None:
    """How many people (or of those `among` a select of inner keys) stand so with some rule on a day of late, in one statement.

    None while the index cannot be relied on.
    """
    counts = []
    for state in states:
        stands = (_beside(StandingSpan.since_on, wanted=True) <= on, StandingSpan.until_on >= on)
        query = select(func.count(StandingSpan.person_id.distinct())).where(StandingSpan.rule_id.in_(select(Rule.id)), StandingSpan.state == state)
        counts.append((query if among is None else query.where(StandingSpan.person_id.in_(among))).where(*stands).scalar_subquery())
    not_derived, *found = session.execute(select(_not_derived().exists(), *counts)).one()
    return None if not_derived else dict(zip(states, found, strict=True))


def who_stands_how(rules: Sequence[int], *, on: date, among: Select[int] | None = None) -> Who:
    """Everybody (or `among` a select of inner keys) by how they stand on the day with these revisions, in one statement."""
    if not rules:
        return {}
    long_ago = on < today() - MIDDLE
    dialect = session.get_bind().dialect.name
    statement = _everybody(long_ago=long_ago, dialect=dialect) if among is None else _who(among, long_ago=long_ago)
    rows = session.execute(statement, {"rules": list(rules), "on": on})
    return {(rule_id, Standing(state)): people.split(",") for rule_id, state, people in rows if people}


@cache
def _everybody(*, long_ago: bool, dialect: str) -> Select[int, str, str]:
    return _who(None, long_ago=long_ago)


def _who(among: Select[int] | None, *, long_ago: bool) -> Select[int, str, str]:
    """For each revision and standing the people, read from an index that lists them in the order of days."""
    day = bindparam("on", type_=Date)
    rules = select(Rule.id.label("rule_id")).where(Rule.id.in_(bindparam("rules", expanding=True, type_=Integer))).subquery()
    states = union_all(*(select(literal(state.value).label("state")) for state in ASKED)).subquery()
    people = (
        select(func.aggregate_strings(cast(StandingSpan.person_id, String), ","))
        .where(StandingSpan.rule_id == rules.c.rule_id, StandingSpan.state == states.c.state)
        .where(_beside(StandingSpan.since_on, wanted=not long_ago) <= day, _beside(StandingSpan.until_on, wanted=long_ago) >= day)
        .correlate(rules, states)
    )
    if among is not None:
        people = people.where(StandingSpan.person_id.in_(among))
    found = select(rules.c.rule_id, states.c.state, people.scalar_subquery()).join_from(rules, states, true())
    return found.order_by(rules.c.rule_id, states.c.state)


def _beside(column: InstrumentedAttribute[date], *, wanted: bool) -> ColumnElement[date]:
    """A column, on SQLite such that no index is sought for it: PostgreSQL counts by itself which of the two is the shorter way."""
    if wanted and session.get_bind().dialect.name == "sqlite":
        return UnaryExpression(column.expression, operator=custom_op("+"), type_=column.type)
    return column.expression


def stand_so(state: Standing, rules: Sequence[int], *, on: date) -> Select[int]:
    """A select of the inner keys of those who stand so with one of these revisions on the day."""
    return select(StandingSpan.person_id).where(
        StandingSpan.rule_id.in_(rules), StandingSpan.state == state, StandingSpan.since_on <= on, StandingSpan.until_on >= on
    )


def spans_of(people: Sequence[int], rules: Sequence[int]) -> set[tuple[int, int, date, date, str]]:
    """The spans of these people with these revisions: person, revision, first day, last day and standing."""
    query = select(StandingSpan.person_id, StandingSpan.rule_id, StandingSpan.since_on, StandingSpan.until_on, StandingSpan.state)
    rows = session.execute(query.where(StandingSpan.person_id.in_(people), StandingSpan.rule_id.in_(rules)))
    return {tuple(row) for row in rows}  # type: ignore[misc]


def hold(people: Sequence[int]) -> None:
    """Let nobody else derive these people's spans until the transaction ends. Facts read from now on include what others wrote before."""
    query = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
    session.execute(query.with_for_update(key_share=True)).all()


def versions_of_rules() -> dict[int, int]:
    """Every revision of every rule, by inner key, with the number that rises when it changes."""
    return dict(session.execute(select(Rule.id, Rule.version).order_by(Rule.id)).all())


def versions_derived() -> dict[int, int]:
    """The same of those derived for everybody, as they were then."""
    query = select(DerivedRule.rule_id, DerivedRule.rule_version).order_by(DerivedRule.rule_id)
    return dict(session.execute(query).all())
