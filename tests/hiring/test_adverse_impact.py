"""The arithmetic of adverse impact, by published cases and by properties; nothing here needs a database."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.fairness.analysis import Finding, Group, compare, deviations, exact_probability, one_person
from hiring.fairness.disclosure import Place, Shown, disclosed, together
from hiring.fairness.groups import Gate, Outcome, decisions, tally
from hiring.fairness.periods import Period, next_quarter, periods_over, quarter

Table = dict[tuple[int, int], dict[str, int]]

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


def test_whoever_is_decided_on_is_decided_on_at_every_gate_they_came_to() -> None:
    def at(level: int) -> list[tuple[Gate, bool]]:
        return decisions(Outcome(1, 1, level))

    assert at(0) == [(Gate.SCREENING, False), (Gate.WHOLE, False)]
    assert at(2) == [(Gate.SCREENING, True), (Gate.INTERVIEW, True), (Gate.OFFER, False), (Gate.WHOLE, False)]
    assert at(3) == [(Gate.SCREENING, True), (Gate.INTERVIEW, True), (Gate.OFFER, True), (Gate.WHOLE, True)]
    counted = tally([(Outcome(1, 2, 0), {"gender": "woman"}), (Outcome(1, 2, 3), {})], ["gender"])
    assert {(cell.answer, cell.gate): count for cell, count in counted.items()} == {
        ("woman", Gate.SCREENING): (1, 0),
        ("woman", Gate.WHOLE): (1, 0),
        ("", Gate.SCREENING): (1, 1),
        ("", Gate.INTERVIEW): (1, 1),
        ("", Gate.OFFER): (1, 1),
        ("", Gate.WHOLE): (1, 1),
    }


def test_a_period_is_as_many_whole_quarters_as_it_takes_and_never_the_present_one() -> None:
    decided = {date(2025, 10, 1): 49, date(2026, 1, 1): 1, date(2026, 4, 1): 80, date(2026, 7, 1): 10, date(2026, 10, 1): 500}
    assert periods_over(decided, before=date(2026, 12, 31)) == [
        Period(date(2025, 10, 1), date(2026, 3, 31)),
        Period(date(2026, 4, 1), date(2026, 6, 30)),
    ]
    assert periods_over({}, before=date(2026, 12, 31)) == []
    assert (quarter(date(2026, 12, 31)), next_quarter(date(2026, 12, 31))) == (date(2026, 10, 1), date(2027, 1, 1))


ANSWERS = ("a", "b", "c")
tables = st.dictionaries(
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.dictionaries(st.sampled_from([*ANSWERS, ""]), st.integers(0, 14), min_size=1),
    min_size=1,
    max_size=6,
)


def rows_of(table: Table) -> list[tuple[int, int, Group]]:
    return [(*part, Group(answer, count, 0)) for part, by_answer in table.items() for answer, count in by_answer.items()]


def equations(table: Table, shown: dict[Place, Shown]) -> tuple[list[tuple[int, int, str]], list[list[int]]]:
    """What one who sees all pages, and knows how many were decided on everywhere, can write down: unknowns and sums of them."""
    unknowns = [(*part, answer) for part in table for answer in (*ANSWERS, "")]

    def row(place: Place, answers: tuple[str, ...]) -> list[int]:
        return [int(one[: len(place)] == place and one[2] in answers) for one in unknowns]

    rows = [row(place, (*ANSWERS, "")) for place in shown]
    for place, one in shown.items():
        rows += [row(place, (group.name,)) for group in one.groups]
        if one.undeclared is not None:
            rows.append(row(place, ("",)))
    return unknowns, rows


def follows(rows: list[list[int]], wanted: list[int]) -> bool:
    """Whether the sum wanted can be reckoned from the sums known."""
    basis: list[tuple[int, list[Fraction]]] = []

    def reduced(row: list[Fraction]) -> list[Fraction]:
        for place, other in basis:
            row = [here - row[place] * there for here, there in zip(row, other, strict=True)]
        return row

    for known in rows:
        left = reduced([Fraction(each) for each in known])
        place = next((place for place, each in enumerate(left) if each), None)
        if place is not None:
            basis.append((place, [each / left[place] for each in left]))
    return not any(reduced([Fraction(each) for each in wanted]))


@settings(max_examples=300, deadline=None)
@given(tables)
def test_no_figure_of_a_small_group_follows_from_all_that_is_shown(table: Table) -> None:
    shown = disclosed(rows_of(table), ANSWERS)
    unknowns, rows = equations(table, shown)
    for place, one in shown.items():
        assert all(group.decided >= 5 for group in one.groups)
        every = sum(count for part, by_answer in table.items() if part[: len(place)] == place for count in by_answer.values())
        left = every - sum(group.decided for group in one.groups)
        silent = sum(by_answer.get("", 0) for part, by_answer in table.items() if part[: len(place)] == place)
        assert not one.groups or left >= 5 or left == silent
        for answer in ANSWERS:
            count = sum(by_answer.get(answer, 0) for part, by_answer in table.items() if part[: len(place)] == place)
            if 0 < count < 5:
                wanted = [int(unknown[: len(place)] == place and unknown[2] == answer) for unknown in unknowns]
                assert not follows(rows, wanted), (place, answer)


def test_two_views_that_differ_by_one_person_do_not_tell_of_them() -> None:
    """A department with one woman: the company less the other departments would be she."""
    table = {(1, 1): {"a": 20, "b": 20}, (2, 1): {"a": 12, "b": 12}, (3, 1): {"a": 1, "b": 9, "": 4}}
    shown = disclosed(rows_of(table), ("a", "b"))
    assert {place: sorted(one.names) for place, one in shown.items() if len(place) < 2} == {
        (): ["a", "b"], (1,): ["a", "b"], (2,): ["b"], (3,): ["b"],
    }  # fmt: skip
    assert shown[()].undeclared == 4 and shown[(2,)].undeclared is None and shown[(1,)].undeclared == 0


def test_what_is_hidden_at_a_gate_stays_hidden_at_the_next() -> None:
    first = disclosed([(1, 1, Group("a", 4, 4)), (1, 1, Group("b", 9, 9)), (1, 1, Group("c", 30, 30))], ANSWERS)
    assert sorted(first[()].names) == ["b", "c"] or sorted(first[()].names) == ["c"]
    after = disclosed([(1, 1, Group("a", 4, 1)), (1, 1, Group("b", 9, 1)), (1, 1, Group("c", 30, 9))], ANSWERS, earlier=first)
    assert after[()].names == first[()].names and after[()].undeclared is None


def test_periods_are_added_up_from_what_each_of_them_shows() -> None:
    one = Shown((Group("a", 10, 5), Group("b", 8, 4)), ("c",), None)
    other = Shown((Group("a", 20, 5), Group("c", 8, 4)), ("b",), 7)
    assert together([one, other]) == Shown((Group("a", 30, 10),), ("c", "b"), None)
    assert together([]) == Shown()
