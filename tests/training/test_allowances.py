"""Leaves stop the clock and equivalences stand in for completions: pure tables and properties, then the facts behind them."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.compliance.allowances import Away, allow, due_after, while_employed
from training.compliance.difference import Cause, Side, changes
from training.compliance.expiry import RuleClock
from training.compliance.fingerprint import fingerprint
from training.compliance.matrix import URGENCY
from training.compliance.moment import Moment
from training.compliance.queries import ComplianceFilter
from training.compliance.standing import IN_ORDER, Judgement, RuleFact, Standing, Stretch, judge
from training.requirements.derivation import asked

MANAGER = 1
ID = UUID(int=5)
SINCE = [Stretch(date(2026, 1, 1), None, MANAGER)]


def rule(**given_: object) -> RuleFact:
    terms: dict[str, object] = {"due_days": 30, "valid_months": 12, "window_days": 30, "since": date(2020, 1, 1), "until": None} | given_
    return RuleFact(id=1, public_id=ID, lineage=ID, number=1, revision=1, course_id=1, job_role_id=MANAGER, **terms)  # type: ignore[arg-type]


def stands(
    on: date,
    *,
    completed: tuple[date, ...] = (),
    away: tuple[Away, ...] = (),
    equivalent: tuple[tuple[date, date | None], ...] = (),
    grace: int = 0,
    exempt: tuple[tuple[date, date | None], ...] = (),
) -> Judgement:
    facts = rule(clock=RuleClock(grace_days=grace))
    judged = judge(facts, SINCE, completed=completed, exempt=exempt, started=(), on=on)
    return allow(facts, judged, equivalent=equivalent, away=away, on=on)


FEB = Away(date(2026, 1, 20), date(2026, 2, 28), 14)  # due on 31 January falls into it
OPEN_END = Away(date(2026, 1, 20), None, 14)
S = Standing


@pytest.mark.parametrize(
    ("on", "leaves", "state", "due_on"),
    [
        (date(2026, 1, 10), (), S.NOT_STARTED, date(2026, 1, 31)),
        (date(2026, 1, 19), (FEB,), S.NOT_STARTED, date(2026, 3, 15)),  # known ahead: what falls into it is due after it
        (date(2026, 1, 20), (FEB,), S.ON_LEAVE, date(2026, 3, 15)),
        (date(2026, 2, 28), (FEB,), S.ON_LEAVE, date(2026, 3, 15)),
        (date(2026, 3, 1), (FEB,), S.DUE_SOON, date(2026, 3, 15)),  # the return; fourteen days to catch up
        (date(2026, 3, 15), (FEB,), S.DUE_SOON, date(2026, 3, 15)),
        (date(2026, 3, 16), (FEB,), S.OVERDUE, date(2026, 3, 15)),
        (date(2026, 6, 1), (OPEN_END,), S.ON_LEAVE, date(2026, 1, 31)),  # nobody knows yet when
        (date(2026, 1, 19), (OPEN_END,), S.DUE_SOON, date(2026, 1, 31)),
        (date(2026, 1, 25), (Away(date(2026, 1, 5), date(2026, 1, 9), 14),), S.DUE_SOON, date(2026, 1, 31)),  # back in time: nothing moves
        (date(2026, 2, 20), (Away(date(2026, 3, 1), date(2026, 3, 31), 14),), S.OVERDUE, date(2026, 1, 31)),  # overdue before it begins
        (date(2026, 4, 1), (Away(date(2026, 3, 1), date(2026, 3, 31), 14),), S.DUE_SOON, date(2026, 4, 15)),
        (date(2026, 3, 31), (FEB, Away(date(2026, 3, 10), date(2026, 3, 31), 30)), S.ON_LEAVE, date(2026, 5, 1)),  # two, one after the other
        (date(2026, 4, 1), (FEB, Away(date(2026, 3, 10), date(2026, 3, 31), 30)), S.NOT_STARTED, date(2026, 5, 1)),
        (date(2026, 3, 1), (Away(date(2026, 1, 20), date(2026, 2, 28), 0),), S.DUE_SOON, date(2026, 3, 1)),
    ],
)
def test_a_leave_stops_the_clock_of_the_first_time(on: date, leaves: tuple[Away, ...], state: Standing, due_on: date) -> None:
    judged = stands(on, away=leaves)
    assert (judged.state, judged.due_on) == (state, due_on)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 12, 10), S.COMPLIANT),
        (date(2026, 12, 20), S.EXPIRING),
        (date(2027, 1, 5), S.ON_LEAVE),  # what would only run out soon does not trouble who is away
        (date(2027, 2, 10), S.ON_LEAVE),  # it ran out on 9 January
        (date(2027, 3, 1), S.DUE_SOON),
        (date(2027, 3, 14), S.DUE_SOON),
        (date(2027, 3, 15), S.IN_GRACE),
        (date(2027, 3, 20), S.EXPIRED),
    ],
)
def test_what_runs_out_during_a_leave_is_due_after_the_return(on: date, state: Standing) -> None:
    judged = stands(on, completed=(date(2026, 1, 10),), away=(Away(date(2027, 1, 1), date(2027, 2, 28), 13),), grace=5)
    assert judged.state is state
    assert judged.valid_until == date(2027, 1, 9)


def test_who_holds_it_is_shown_compliant_while_away_and_who_is_exempt_exempt() -> None:
    assert stands(date(2026, 2, 1), completed=(date(2026, 1, 10),), away=(FEB,)).state is S.COMPLIANT
    assert stands(date(2026, 2, 1), exempt=((date(2026, 1, 1), None),), away=(FEB,)).state is S.EXEMPT


@pytest.mark.parametrize(
    ("on", "equivalent", "state", "until"),
    [
        (date(2026, 3, 1), ((date(2024, 5, 1), date(2026, 4, 30)),), S.EQUIVALENT, date(2026, 4, 30)),
        (date(2026, 4, 30), ((date(2024, 5, 1), date(2026, 4, 30)),), S.EQUIVALENT, date(2026, 4, 30)),
        (date(2026, 5, 1), ((date(2024, 5, 1), date(2026, 4, 30)),), S.IN_GRACE, date(2026, 4, 30)),
        (date(2026, 5, 6), ((date(2024, 5, 1), date(2026, 4, 30)),), S.EXPIRED, date(2026, 4, 30)),
        (date(2026, 5, 6), ((date(2024, 5, 1), None),), S.EQUIVALENT, None),
        (date(2026, 1, 20), ((date(2024, 5, 1), date(2026, 1, 15)),), S.DUE_SOON, None),  # it ended before the first time is due
        (date(2026, 3, 1), ((date(2026, 3, 2), None),), S.OVERDUE, None),  # not yet issued
        (date(2026, 3, 1), ((date(2022, 1, 1), date(2025, 12, 31)),), S.OVERDUE, None),  # over before it was required
    ],
)
def test_an_equivalence_stands_in_while_it_is_valid(
    on: date, equivalent: tuple[tuple[date, date | None], ...], state: Standing, until: date | None
) -> None:
    judged = stands(on, equivalent=equivalent, grace=5)
    assert (judged.state, judged.valid_until) == (state, until)


def test_ones_own_completion_counts_before_an_equivalence_and_the_longer_of_both() -> None:
    done, longer = (date(2026, 1, 10),), ((date(2025, 1, 1), date(2028, 1, 1)),)
    assert stands(date(2026, 6, 1), completed=done, equivalent=longer).state is S.COMPLIANT
    assert stands(date(2027, 1, 5), completed=done, equivalent=longer).state is S.EQUIVALENT  # else it would run out soon
    assert stands(date(2027, 3, 1), completed=done, equivalent=((date(2025, 1, 1), date(2026, 12, 1)),)).valid_until == date(2027, 1, 9)


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([Stretch(date(2026, 1, 1), None, 1)], date(2028, 1, 1)),
        ([Stretch(date(2026, 1, 1), date(2026, 5, 31), 1), Stretch(date(2026, 6, 1), None, 2)], date(2028, 1, 1)),  # a move
        ([Stretch(date(2026, 1, 1), date(2026, 5, 31), 1)], date(2026, 5, 31)),  # left
        ([Stretch(date(2026, 1, 1), date(2026, 5, 31), 1), Stretch(date(2026, 6, 2), None, 1)], date(2026, 5, 31)),  # a day between: hired again
        ([Stretch(date(2020, 1, 1), date(2023, 1, 1), 1), Stretch(date(2026, 1, 1), None, 1)], date(2028, 1, 1)),  # issued between the two
        ([], date(2028, 1, 1)),
    ],
)
def test_what_hangs_on_the_employment_ends_with_it(stretches: list[Stretch], expected: date) -> None:
    assert while_employed(date(2025, 6, 1), date(2028, 1, 1), stretches) == expected


days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
leave = st.builds(lambda since, length, days_: Away(since, since + timedelta(days=length), days_), days, st.integers(0, 400), st.integers(0, 60))
accepted = st.tuples(days, st.integers(0, 900)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))


@given(st.lists(days, max_size=3), st.lists(leave, max_size=3), st.lists(accepted, max_size=2), days, st.integers(0, 30))
def test_neither_a_leave_nor_an_equivalence_ever_makes_anybody_worse_off(
    completed: list[date], leaves: list[Away], equivalent: list[tuple[date, date]], on: date, grace: int
) -> None:
    plain = stands(on, completed=tuple(sorted(completed)), grace=grace)
    for away, eq in ((tuple(leaves), ()), ((), tuple(equivalent)), (tuple(leaves), tuple(equivalent))):
        found = stands(on, completed=tuple(sorted(completed)), away=away, equivalent=eq, grace=grace)
        assert found.state in IN_ORDER or URGENCY[found.state] >= URGENCY[plain.state]
        assert plain.state not in IN_ORDER or found.state in IN_ORDER
        if plain.due_on is not None and found.due_on is not None:
            assert found.due_on >= plain.due_on


@given(st.lists(leave, max_size=3), days)
def test_due_days_only_ever_move_back_and_doing_it_twice_moves_nothing(leaves: list[Away], due_on: date) -> None:
    moved = due_after(due_on, leaves)
    assert moved >= due_on
    assert due_after(moved, [one for one in leaves if one.since <= due_on]) >= moved


def test_assignments_that_fall_due_within_a_leave_are_due_after_it() -> None:
    cycles = asked(rule(), SINCE, completed=[date(2026, 1, 10)], away=[Away(date(2027, 1, 1), date(2027, 2, 28), 14)])
    assert [one.due_on for one in cycles] == [date(2026, 1, 31), date(2027, 3, 15)]


def test_a_report_without_leaves_keeps_its_hash_and_one_with_tells_the_last_day() -> None:
    def told(judged: Judgement) -> str:
        return fingerprint([(ID, [(rule(), judged)])], moment=Moment(date(2026, 2, 1)), wanted=ComplianceFilter())

    away = Judgement(S.ON_LEAVE, away_until=date(2026, 3, 1))
    assert len({told(away), told(Judgement(S.ON_LEAVE)), told(Judgement(S.ON_LEAVE, away_until=date(2026, 3, 2)))}) == 3


def test_a_difference_names_leaves_and_equivalences() -> None:
    def side(on: date, *, away: tuple[Away, ...] = (), equivalent: tuple[tuple[date, date | None], ...] = ()) -> Side:
        return Side(on, rule(), stands(on, away=away, equivalent=equivalent), SINCE, equivalent=equivalent, away=away)

    def causes(before: Side, after: Side) -> list[tuple[Cause, date | None]]:
        return changes([(1, ID, before, after)])[0].causes

    first, second, third = date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10)
    assert causes(side(first), side(second, away=(FEB,))) == [(Cause.LEAVE_BEGAN, FEB.since)]
    assert causes(side(second, away=(FEB,)), side(third, away=(FEB,))) == [(Cause.LEAVE_ENDED, FEB.until)]
    assert causes(side(third), side(third, away=(FEB,))) == [(Cause.LEAVE_CORRECTED, None)]  # known later
    held = ((date(2025, 1, 1), None),)
    assert causes(side(second), side(second, equivalent=held)) == [(Cause.ACCEPTED, date(2025, 1, 1))]
    assert causes(side(second, equivalent=held), side(second)) == [(Cause.NO_LONGER_ACCEPTED, date(2025, 1, 1))]
