"""The arithmetic of adverse impact, by published cases and by properties; nothing here needs a database."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.fairness.analysis import Finding, Group, compare, deviations, exact_probability, one_person
from hiring.fairness.groups import Gate, Outcome, decisions, quarter, suppressed, tally

CASES = [  # passed and decided of the top group and of the other: ratio, deviations, Fisher's p, ratio after moving one, what it says
    ((48, 80), (12, 40), Fraction(1, 2), 3.098, 0.00341, 0.5532, Finding.RATIO_AND_SIGNIFICANT),
    ((60, 120), (24, 60), Fraction(4, 5), 1.268, 0.26725, 0.8475, Finding.NOTHING),
    ((6, 10), (4, 10), Fraction(2, 3), 0.894, 0.65628, 1.0, Finding.RATIO_TOO_SMALL),
    ((3, 4), (1, 4), Fraction(1, 3), 1.414, 0.48571, 1.0, Finding.RATIO_TOO_SMALL),
    ((480, 800), (444, 800), Fraction(37, 40), 1.822, 0.07646, 0.9290, Finding.NOTHING),
]


@pytest.mark.parametrize(("top", "other", "ratio", "z", "p", "after", "finding"), CASES)
def test_the_published_cases(
    top: tuple[int, int], other: tuple[int, int], ratio: Fraction, z: float, p: float, after: float, finding: Finding
) -> None:
    first, second = Group("top", top[1], top[0]), Group("other", other[1], other[0])
    reference, compared = compare([second, first])
    assert (reference.group, reference.finding) == (first, Finding.REFERENCE)
    assert (compared.ratio, compared.finding) == (ratio, finding)
    assert deviations(first, second) == pytest.approx(z, abs=0.0005)
    assert float(exact_probability(first, second)) == pytest.approx(p, abs=0.000005)
    moved, turns = one_person(first, second)
    assert float(moved or 0) == pytest.approx(after, abs=0.00005)
    assert turns is (after >= 0.8)


def test_48_of_60_is_exactly_four_fifths_of_60_of_60_and_not_flagged() -> None:
    compared = compare([Group("a", 60, 60), Group("b", 60, 48), Group("c", 60, 47)])
    assert [(one.group.name, one.ratio, one.flagged, one.shortfall) for one in compared] == [
        ("a", Fraction(1), False, 0),
        ("b", Fraction(4, 5), False, 0),
        ("c", Fraction(47, 60), True, 1),
    ]
    assert all((one.holm or 0) >= (one.p or 0) for one in compared[1:])


def test_the_guidelines_own_example_of_four_rates() -> None:
    found = compare([Group("a", 100, 60), Group("b", 100, 45), Group("c", 100, 48), Group("d", 100, 51)])
    assert [(one.group.name, one.ratio, one.flagged) for one in found] == [
        ("a", 1, False), ("d", Fraction(17, 20), False), ("c", Fraction(4, 5), False), ("b", Fraction(3, 4), True),
    ]  # fmt: skip


def test_what_cannot_be_compared_says_so() -> None:
    assert [one.finding for one in compare([Group("a", 30, 0), Group("b", 20, 0)])] == [Finding.NO_SELECTIONS] * 2
    assert [one.finding for one in compare([Group("a", 30, 3), Group("b", 0, 0)])] == [Finding.ALONE]
    assert compare([]) == []
    tiny = compare([Group("large", 990, 99), Group("tiny", 10, 10)])  # one per cent of all is not what others are measured by
    assert tiny[0].group.name == "large" and not tiny[1].flagged


groups = st.builds(lambda decided, share: (decided, decided * share // 100), st.integers(1, 60), st.integers(0, 100))


@given(groups, groups)
def test_fishers_probability_is_one_and_the_same_whichever_group_comes_first(one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = Group("a", *one), Group("b", *other)
    p = exact_probability(first, second)
    assert 0 < p <= 1
    assert p == exact_probability(second, first)


def test_who_waits_or_withdrew_at_a_step_is_not_decided_on_there() -> None:
    def at(level: int, *, declined: bool = False) -> list[tuple[Gate, bool]]:
        return decisions(Outcome(1, date(2026, 2, 3), level, declined))

    assert at(0) == []
    assert at(0, declined=True) == [(Gate.SCREENING, False), (Gate.WHOLE, False)]
    assert at(1) == [(Gate.SCREENING, True)]
    assert at(2, declined=True) == [(Gate.SCREENING, True), (Gate.INTERVIEW, True), (Gate.OFFER, False), (Gate.WHOLE, False)]
    assert at(3) == [(Gate.SCREENING, True), (Gate.INTERVIEW, True), (Gate.OFFER, True), (Gate.WHOLE, True)]
    counted = tally([(Outcome(1, date(2026, 5, 31), 0, True), {"gender": "woman"}), (Outcome(1, date(2026, 4, 1), 3, False), {})], ["gender"])
    assert {(cell.answer, cell.gate, cell.quarter_on): count for cell, count in counted.items()} == {
        ("woman", Gate.SCREENING, date(2026, 4, 1)): (1, 0),
        ("woman", Gate.WHOLE, date(2026, 4, 1)): (1, 0),
        ("", Gate.SCREENING, date(2026, 4, 1)): (1, 1),
        ("", Gate.INTERVIEW, date(2026, 4, 1)): (1, 1),
        ("", Gate.OFFER, date(2026, 4, 1)): (1, 1),
        ("", Gate.WHOLE, date(2026, 4, 1)): (1, 1),
    }
    assert quarter(date(2026, 12, 31)) == date(2026, 10, 1)


counts = st.lists(st.integers(0, 12), min_size=1, max_size=5)


@given(counts, st.integers(0, 12))
def test_no_small_group_is_shown_nor_can_be_reckoned_from_what_is(decided: list[int], silent: int) -> None:
    every = [Group(f"g{place}", count, 0) for place, count in enumerate(decided)] + [Group("", silent, 0)]
    shown = suppressed(every)
    assert all(group.decided >= 5 for group in shown.groups)
    seen = [*shown.groups, *([shown.undeclared] if shown.undeclared else [])]
    hidden = sum(group.decided for group in every) - sum(group.decided for group in seen)
    assert hidden == 0 or hidden >= 5 or not shown.groups
