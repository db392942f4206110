"""How long completions last: the worked examples of the field, day by day."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.compliance.expiry import last_valid_day, periods, window_opens_on

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
