"""What an answer is worth, exactly; and which questions are drawn."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from training.exams.drawing import Drawable, draw
from training.exams.grading import Key, is_passed, points_for, read_number
from training.items.models import ItemKind

SINGLE = Key(ItemKind.SINGLE, 2, frozenset({1, 2, 3}), frozenset({2}))
MULTIPLE = Key(ItemKind.MULTIPLE, 3, frozenset({1, 2, 3, 4, 5}), frozenset({1, 2, 3}))
NUMBER = Key(ItemKind.NUMERIC, 1, number="12.5", tolerance="0.1")


@pytest.mark.parametrize(
    ("key", "answer", "points"),
    [
        (SINGLE, {"options": [2]}, 2),
        (SINGLE, {"options": [1]}, 0),
        (SINGLE, {"options": [1, 2]}, 0),
        (SINGLE, {"options": []}, 0),
        (SINGLE, {}, 0),
        (SINGLE, None, 0),
        (MULTIPLE, {"options": [3, 2, 1]}, 3),
        (MULTIPLE, {"options": [1, 2]}, 0),
        (MULTIPLE, {"options": [1, 2, 3, 4]}, 0),
        (NUMBER, {"number": "12,5"}, 1),
        (NUMBER, {"number": "12.6"}, 1),
        (NUMBER, {"number": "12.61"}, 0),
        (NUMBER, {"number": "twelve"}, 0),
        (NUMBER, {"number": "NaN"}, 0),
        (NUMBER, {"number": "1e400"}, 0),
    ],
)
def test_all_points_or_none(key: Key, answer: dict[str, Any] | None, points: int) -> None:
    assert points_for(key, answer, partial_credit=False) == points


@pytest.mark.parametrize(
    ("chosen", "points"),
    [([1], Fraction(1)), ([1, 2], Fraction(2)), ([1, 2, 3, 4], Fraction(3, 2)), ([4], Fraction(0)), ([1, 2, 3, 4, 5], Fraction(0))],
)
def test_partial_credit_gives_a_share_and_takes_one_for_wrong_options(chosen: list[int], points: Fraction) -> None:
    assert points_for(MULTIPLE, {"options": chosen}, partial_credit=True) == points


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        (" 3 % ", "3"),
        ("-0,5", "-0.5"),
        ("1 000", "1000"),
        ("", None),
        ("1,2,3", None),
        ("٣", None),
        ("Infinity", None),
    ],
)
def test_numbers_are_read_with_either_sign_for_decimals(typed: str, number: str | None) -> None:
    assert read_number(typed) == (None if number is None else Decimal(number))


def test_the_pass_mark_is_reached_exactly_or_not_at_all() -> None:
    assert is_passed(Fraction(7), 10, 70)
    assert not is_passed(Fraction(2, 3) * 3, 3, 67)
    assert not is_passed(Fraction(0), 0, 50)


POOL = [
    Drawable(number, ItemKind.TRUE_FALSE if number == 1 else ItemKind.SINGLE, (number * 10, number * 10 + 1, number * 10 + 2))
    for number in range(1, 21)
]


def test_the_same_seed_draws_the_same_paper_and_another_seed_another() -> None:
    assert draw(POOL, 8, seed=5) == draw(list(reversed(POOL)), 8, seed=5)
    assert draw(POOL, 8, seed=5) != draw(POOL, 8, seed=6)


def test_a_retake_asks_what_was_not_asked_before_until_the_pool_is_exhausted() -> None:
    first = {entry["item"] for entry in draw(POOL, 12, seed=1)}
    second = [entry["item"] for entry in draw(POOL, 12, seed=2, seen=first)]
    assert len(set(second)) == 12
    assert {item.id for item in POOL} - first <= set(second)


def test_true_and_false_keep_their_order() -> None:
    drawn = {entry["item"]: entry["options"] for entry in draw(POOL, 20, seed=3)}
    assert drawn[1] == [10, 11, 12]
