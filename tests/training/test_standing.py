"""Where a person stands on a day: a pure function of rule, employment, completions and exemptions."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.compliance.expiry import Recurrence, RuleClock
from training.compliance.labels import ICONS, STANDINGS, TONES
from training.compliance.standing import IN_ORDER, OPEN, RuleFact, Standing, Stretch, judge, spells
from training.requirements.derivation import asked

MANAGER, CLERK = 1, 2
NOBODY = UUID(int=0)


def rule(**changes: object) -> RuleFact:
    """Due 30 days after the start as manager, valid 12 months, since 2020."""
    given_values = {
        "id": 1,
        "public_id": NOBODY,
        "lineage": NOBODY,
        "number": 12,
        "revision": 1,
        "course_id": 7,
        "job_role_id": MANAGER,
        "due_days": 30,
        "valid_months": 12,
        "window_days": 30,
        "since": date(2020, 1, 1),
        "until": None,
    }
    return RuleFact(**{**given_values, **changes})  # type: ignore[arg-type]


SINCE_JUNE = [Stretch(date(2017, 6, 1), None, MANAGER)]


def state(
    on: date, *, completed: list[date] | None = None, exempt: list[tuple[date, date | None]] | None = None, started: list[date] | None = None
) -> Standing:
    stretches = [Stretch(date(2026, 3, 1), None, MANAGER)]
    return judge(rule(), stretches, completed=completed or [], exempt=exempt or [], started=started or [], on=on).state


def test_hired_on_1_june_and_due_in_30_days_is_due_on_1_july() -> None:
    judged = judge(rule(since=date(2017, 1, 1)), SINCE_JUNE, completed=[], exempt=[], started=[], on=date(2017, 6, 1))
    assert judged.due_on == date(2017, 7, 1)


def test_people_already_in_the_role_count_from_the_first_day_of_the_rule() -> None:
    judged = judge(rule(), SINCE_JUNE, completed=[], exempt=[], started=[], on=date(2020, 1, 1))
    assert judged.due_on == date(2020, 1, 31)


def test_completed_late_it_was_overdue_in_between() -> None:
    facts = rule(since=date(2023, 2, 1), due_days=14)
    stretches = [Stretch(date(2020, 1, 1), None, MANAGER)]
    done = [date(2023, 2, 20)]
    on = {
        day: judge(facts, stretches, completed=done, exempt=[], started=[], on=day)
        for day in (date(2023, 2, 15), date(2023, 2, 16), date(2023, 2, 19), *done)
    }
    assert [judged.state for judged in on.values()] == [Standing.DUE_SOON, Standing.OVERDUE, Standing.OVERDUE, Standing.COMPLIANT]
    assert on[done[0]].valid_until == date(2024, 2, 19)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 2, 28), Standing.NOT_REQUIRED),
        (date(2026, 3, 1), Standing.NOT_STARTED),
        (date(2026, 3, 16), Standing.NOT_STARTED),
        (date(2026, 3, 17), Standing.DUE_SOON),
        (date(2026, 3, 31), Standing.DUE_SOON),
        (date(2026, 4, 1), Standing.OVERDUE),
    ],
)
def test_before_completion_the_days_to_the_due_date_decide(on: date, expected: Standing) -> None:
    assert state(on) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 9), Standing.NOT_STARTED),
        (date(2026, 3, 10), Standing.COMPLIANT),
        (date(2027, 2, 7), Standing.COMPLIANT),
        (date(2027, 2, 8), Standing.EXPIRING),
        (date(2027, 3, 9), Standing.EXPIRING),
        (date(2027, 3, 10), Standing.EXPIRED),
    ],
)
def test_after_completion_on_10_march_the_last_valid_day_decides(on: date, expected: Standing) -> None:
    assert state(on, completed=[date(2026, 3, 10)]) is expected


def test_begun_but_not_due_soon_is_in_progress() -> None:
    assert state(date(2026, 3, 5), started=[date(2026, 3, 3)]) is Standing.IN_PROGRESS
    assert state(date(2026, 3, 2), started=[date(2026, 3, 3)]) is Standing.NOT_STARTED


def test_an_exemption_holds_from_its_first_to_its_last_day() -> None:
    exempt: list[tuple[date, date | None]] = [(date(2026, 4, 1), date(2026, 4, 30))]
    states = [state(day, exempt=exempt) for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 30), date(2026, 5, 1))]
    assert states == [Standing.DUE_SOON, Standing.EXEMPT, Standing.EXEMPT, Standing.OVERDUE]


def test_a_move_within_the_role_does_not_restart_the_clock_and_leaving_it_ends_the_requirement() -> None:
    stretches = [
        Stretch(date(2026, 1, 1), date(2026, 1, 31), MANAGER),
        Stretch(date(2026, 2, 1), date(2026, 5, 31), MANAGER),
        Stretch(date(2026, 6, 1), None, CLERK),
    ]
    found = spells(rule(), stretches)
    assert [(spell.since, spell.until) for spell in found] == [(date(2026, 1, 1), date(2026, 5, 31))]
    assert judge(rule(), stretches, completed=[], exempt=[], started=[], on=date(2026, 6, 1)).state is Standing.NOT_REQUIRED


def test_who_returns_after_validity_lapsed_gets_a_fresh_due_date() -> None:
    stretches = [Stretch(date(2021, 1, 1), date(2021, 12, 31), MANAGER), Stretch(date(2026, 3, 1), None, MANAGER)]
    judged = judge(rule(), stretches, completed=[date(2021, 1, 10)], exempt=[], started=[], on=date(2026, 3, 2))
    assert (judged.state, judged.due_on) == (Standing.NOT_STARTED, date(2026, 3, 31))


def test_a_rule_for_everybody_follows_people_through_roles() -> None:
    stretches = [Stretch(date(2026, 1, 1), date(2026, 1, 31), MANAGER), Stretch(date(2026, 2, 1), None, CLERK)]
    assert len(spells(rule(job_role_id=None), stretches)) == 1


def test_cycles_are_asked_once_for_the_start_and_once_for_each_validity_that_ends() -> None:
    stretches = [Stretch(date(2026, 1, 1), None, MANAGER)]
    cycles = asked(rule(), stretches, completed=[date(2026, 1, 1), date(2026, 12, 15)])
    assert [(cycle.available_on, cycle.due_on) for cycle in cycles] == [
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 12, 2), date(2026, 12, 31)),
        (date(2027, 12, 2), date(2027, 12, 31)),
    ]


def test_renewed_before_it_was_asked_only_the_later_validity_asks() -> None:
    cycles = asked(rule(), [Stretch(date(2026, 1, 1), None, MANAGER)], completed=[date(2026, 1, 1), date(2026, 6, 1)])
    assert [cycle.due_on for cycle in cycles] == [date(2026, 1, 31), date(2027, 5, 31)]


dates = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(st.lists(dates, max_size=5), dates, st.integers(1, 36), st.integers(0, 60))
def test_later_facts_never_change_an_earlier_day(completed: list[date], on: date, months: int, window: int) -> None:
    facts = rule(valid_months=months, window_days=window)
    stretches = [Stretch(date(2024, 1, 1), None, MANAGER)]
    known = [day for day in completed if day <= on]
    both = [judge(facts, stretches, completed=sorted(days), exempt=[], started=[], on=on) for days in (completed, known)]
    assert both[0] == both[1]


@given(st.lists(dates, min_size=1, max_size=5), st.integers(1, 36))
def test_whoever_completes_is_in_order_on_that_day(completed: list[date], months: int) -> None:
    stretches = [Stretch(date(2024, 1, 1), None, MANAGER)]
    for day in completed:
        judged = judge(rule(valid_months=months), stretches, completed=sorted(completed), exempt=[], started=[], on=day)
        assert judged.state in (Standing.COMPLIANT, Standing.EXPIRING)
        assert judged.valid_until is not None
        assert judged.valid_until >= day + timedelta(days=27)


def test_every_standing_has_a_word_a_tone_and_an_icon_of_its_own() -> None:
    assert set(STANDINGS) == set(TONES) == set(ICONS) == set(Standing)
    assert len({str(icon) for icon in ICONS.values()}) == len(Standing)


def test_nothing_is_both_open_and_settled_except_what_runs_out_soon() -> None:
    assert frozenset({Standing.EXPIRING}) == OPEN.intersection(IN_ORDER)
    assert set(Standing) == {*OPEN, *IN_ORDER, Standing.NOT_REQUIRED}


@pytest.mark.parametrize(
    ("completed", "on", "expected"),
    [
        ([], date(2026, 3, 31), Standing.DUE_SOON),
        ([], date(2026, 4, 1), Standing.IN_GRACE),
        ([], date(2026, 4, 10), Standing.IN_GRACE),
        ([], date(2026, 4, 11), Standing.OVERDUE),
        ([date(2026, 3, 1)], date(2027, 2, 28), Standing.EXPIRING),
        ([date(2026, 3, 1)], date(2027, 3, 1), Standing.IN_GRACE),
        ([date(2026, 3, 1)], date(2027, 3, 10), Standing.IN_GRACE),
        ([date(2026, 3, 1)], date(2027, 3, 11), Standing.EXPIRED),
    ],
)
def test_in_the_days_of_grace_nobody_is_overdue_or_expired_yet(completed: list[date], on: date, expected: Standing) -> None:
    graceful = rule(clock=RuleClock(grace_days=10))
    stretches = [Stretch(date(2026, 3, 1), None, MANAGER)]
    assert judge(graceful, stretches, completed=completed, exempt=[], started=[], on=on).state is expected


def test_by_calendar_the_next_cycle_is_due_on_the_last_day_of_the_next_period() -> None:
    clock = RuleClock(recurrence=Recurrence.CALENDAR, calendar_from=date(2026, 1, 1))
    cycles = asked(rule(clock=clock), [Stretch(date(2026, 3, 1), None, MANAGER)], completed=[date(2026, 9, 1)])
    assert [(cycle.cycle, cycle.available_on, cycle.due_on) for cycle in cycles] == [
        (1, date(2026, 3, 1), date(2026, 3, 31)),
        (2, date(2027, 12, 2), date(2027, 12, 31)),
    ]
