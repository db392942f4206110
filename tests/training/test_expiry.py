"""How long completions last: the worked examples of the field, day by day."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.compliance.expiry import Recurrence, RuleClock, last_valid_day, periods, window_opens_on

YEAR = 12
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("completed", "months", "until"),
    [
        (date(2023, 2, 12), 12, date(2024, 2, 11)),
        (date(2023, 2, 20), 12, date(2024, 2, 19)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 12, 15), 24, date(2028, 12, 14)),
    ],
)
def test_validity_ends_the_day_before_the_same_day_or_on_the_last_of_a_short_month(completed: date, months: int, until: date) -> None:
    assert last_valid_day(completed, months) == until


def test_the_window_of_a_year_begun_on_1_january_opens_on_2_december() -> None:
    assert window_opens_on(date(2026, 12, 31), 30) == date(2026, 12, 2)


def test_renewing_inside_the_window_loses_no_validity() -> None:
    earned = periods([date(2026, 1, 1), date(2026, 12, 15)], months=YEAR, window_days=30)
    assert [period.until for period in earned] == [date(2026, 12, 31), date(2027, 12, 31)]
    assert window_opens_on(date(2027, 12, 31), 30) == date(2027, 12, 2)


def test_renewing_before_the_window_counts_from_the_day_itself_and_shortens_nothing() -> None:
    earned = periods([date(2026, 1, 1), date(2026, 6, 1)], months=YEAR, window_days=30)
    assert earned[-1].until == date(2027, 5, 31)


def test_renewing_after_expiry_is_possible_and_counts_from_the_day_itself() -> None:
    earned = periods([date(2024, 1, 1), date(2026, 6, 1)], months=YEAR, window_days=30)
    assert earned[-1].until == date(2027, 5, 31)


def test_without_months_it_never_ends() -> None:
    assert periods([date(2020, 5, 5)], months=None, window_days=30)[0].until is None


@given(st.lists(days, min_size=1, max_size=6), st.integers(1, 60), st.integers(0, 90))
def test_another_completion_never_shortens_what_was_valid(completed: list[date], months: int, window: int) -> None:
    ends = [period.until for period in periods(completed, months=months, window_days=window)]
    assert all(before is not None and after is not None and before <= after for before, after in itertools.pairwise(ends))


MARCH = RuleClock(recurrence=Recurrence.CALENDAR, calendar_from=date(2017, 3, 5))
RHYTHM = RuleClock(recurrence=Recurrence.DUE_DATE)
ANY_CLOCK = st.one_of(st.just(RuleClock()), st.just(RHYTHM), st.builds(RuleClock, recurrence=st.just(Recurrence.CALENDAR), calendar_from=days))


@pytest.mark.parametrize(
    ("completed", "until"),
    [
        (date(2017, 3, 5), date(2019, 3, 4)),
        (date(2018, 3, 4), date(2019, 3, 4)),
        (date(2018, 3, 5), date(2020, 3, 4)),
        (date(2019, 2, 20), date(2020, 3, 4)),
        (date(2016, 12, 1), date(2018, 3, 4)),
        (date(2010, 1, 1), date(2018, 3, 4)),
    ],
)
def test_by_calendar_it_lasts_to_the_end_of_the_period_after_and_never_slides(completed: date, until: date) -> None:
    assert periods([completed], months=YEAR, window_days=30, clock=MARCH)[0].until == until


def test_by_calendar_completing_in_january_gives_almost_two_years() -> None:
    clock = RuleClock(recurrence=Recurrence.CALENDAR, calendar_from=date(2020, 1, 1))
    assert periods([date(2026, 1, 2)], months=YEAR, window_days=30, clock=clock)[0].until == date(2027, 12, 31)


def test_calendar_periods_from_a_leap_day_or_the_31st_end_on_the_last_day_of_a_short_month() -> None:
    leap = RuleClock(recurrence=Recurrence.CALENDAR, calendar_from=date(2024, 2, 29))
    assert periods([date(2025, 2, 28), date(2025, 3, 1)], months=YEAR, window_days=0, clock=leap)[0].until == date(2026, 2, 28)
    monthly = RuleClock(recurrence=Recurrence.CALENDAR, calendar_from=date(2026, 1, 31))
    ends = [periods([day], months=1, window_days=0, clock=monthly)[0].until for day in (date(2026, 2, 28), date(2026, 3, 1))]
    assert ends == [date(2026, 3, 30), date(2026, 4, 30)]


def test_from_the_due_date_renewing_late_does_not_move_the_rhythm() -> None:
    earned = periods([date(2024, 1, 1), date(2025, 4, 10), date(2028, 6, 1)], months=YEAR, window_days=30, clock=RHYTHM)
    assert [period.until for period in earned] == [date(2024, 12, 31), date(2025, 12, 31), date(2028, 12, 31)]


def test_from_the_due_date_renewing_before_the_window_earns_nothing_more_and_loses_nothing() -> None:
    earned = periods([date(2024, 1, 1), date(2024, 6, 1), date(2024, 12, 2)], months=YEAR, window_days=30, clock=RHYTHM)
    assert [period.until for period in earned] == [date(2024, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]


@given(st.lists(days, min_size=1, max_size=6), st.integers(1, 60), st.integers(0, 90), ANY_CLOCK)
def test_whatever_the_clock_a_completion_never_shortens_validity_nor_leaves_its_own_day_out(
    completed: list[date], months: int, window: int, clock: RuleClock
) -> None:
    earned = periods(completed, months=months, window_days=window, clock=clock)
    ends = [period.until or date.max for period in earned]
    assert ends == sorted(ends)
    assert all(period.covers(period.completed_on) for period in earned)
