"""Days by histograms; nothing here needs a database."""

from fractions import Fraction
from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import median, percentile, share, total

NINETY = Fraction(9, 10)


@pytest.mark.parametrize(
    ("days", "middle", "ninety"),
    [
        ({}, None, None),
        ({4: 1}, 4, 4),
        ({1: 1, 2: 1}, Fraction(3, 2), 2),
        ({0: 3, 10: 1}, 0, 10),
        ({1: 9, 30: 1}, 1, 1),
        ({1: 8, 30: 2}, 1, 30),
    ],
)
def test_the_middle_and_nine_of_ten(days: dict[int, int], middle: int | Fraction | None, ninety: int | None) -> None:
    assert (median(days), percentile(days, NINETY)) == (middle, ninety)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_a_histogram_says_what_the_list_says(lengths: list[int]) -> None:
    days = {length: lengths.count(length) for length in lengths}
    assert total(days) == len(lengths)
    assert median(days) == plain_median(lengths)
    within = percentile(days, NINETY)
    assert within is not None
    assert sum(length <= within for length in lengths) >= NINETY * len(lengths) > sum(length < within for length in lengths)


def test_a_share_of_nothing_is_none() -> None:
    assert (share(1, 3), share(0, 0)) == (Fraction(1, 3), None)
