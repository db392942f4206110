"""The figures of item analysis against published worked examples, against their own laws, and on their page."""

from math import isclose, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from core.clock import now
from core.db import session
from tests.factories import make_person
from tests.training.situations import a_course, a_trainer
from training.analysis.item_analysis import Asked, ExamFigures, ItemFigures, OptionFigures, Sitting, alpha, analyse
from training.analysis.item_analysis import reliability as reliability_of
from training.analysis.verdicts import Band, Reason, band_of, reasons_of, reliability_band
from training.catalogue.models import CourseVersion
from training.exams.models import Attempt, AttemptState, Response
from training.items.models import Item

# Ten students, ten questions: K. L. Wuensch, East Carolina University, "The Kuder-Richardson 20",
# https://core.ecu.edu/wuenschk/StatHelp/KR20.txt, which gives p, pq and the variance of the totals.
WUENSCH = ["1111110110", "1011011101", "1111011001", "0010001000", "0000010010", "1110111111", "1101110111", "1111111101", "0101111101", "1101101110"]
WUENSCH_P = [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6]
WUENSCH_SUM_OF_PQ, WUENSCH_VARIANCE = 2.18, 5.84

# 25 attempts, seven questions, with the figures Moodle expects of them: github.com/moodle/moodle,
# mod/quiz/report/statistics/tests/fixtures/results00.csv and qstats00.csv.
THIRD = 0.3333333
MOODLE = [
    (1, 1, 1, 1, 1, 0, 1), (1, 1, 1, 1, 0.5, 1, 0), (1, 1, 1, 1, 0.5, 0, 1), (0, 0, 1, 1, 1, 0, 0), (1, 0, 1, 0, 0, 1, 0.5),
    (1, 1, 1, 1, 0.5, 0, 0.5), (0, 1, 1, 1, 0.5, 1, 0.5), (1, 1, 1, 0, 0.5, 1, 0.5), (1, 0, 1, 1, 1, 1, 1), (0, 1, 1, 0, 0.5, 1, 0.5),
    (0.8, 0, 1, 1, 0.5, 1, 0.5), (1, 1, 1, 0, 0.5, 1, 1), (1, 0, 1, 1, 0.5, 1, 0.5), (1, 0, 1, 1, 1, 0, 0.5), (0, 0, 1, 1, 0, 1, 1),
    (1, 0, 1, 0, 0.5, 1, 1), (0.8, 0, 1, 1, 0.5, 0, 1), (1, 0, 1, 1, 0, 1, 0.5), (1, 0, 1, 1, 0.5, 0, 0.5), (0, 1, 1, 0, 0.5, 1, 0),
    (1, 1, THIRD, 1, 0.5, 0, 0.5), (1, 1, 1, 0, 0.5, 0, 0.5), (1, 1, 1, 1, 0, 1, 0.5), (0, 0, 1, 0, 0.5, 1, 1), (0, 0, 1, 1, 1, 1, 1),
]  # fmt: skip
MOODLE_FIGURES = [  # facility, standard deviation, discrimination, efficiency
    (0.704, 0.4513682901, -7.0650767526, -9.4550536967),
    (0.48, 0.5099019514, -28.8982125772, -36.7834118938),
    (0.973333332, 0.13333334, -9.1230674268, -21.6545012165),
    (0.68, 0.4760952286, -22.6306444113, -31.4411395613),
    (0.52, 0.3055050463, -17.6997047674, -21.1794802584),
    (0.64, 0.4898979486, -45.3785178421, -56.9365974439),
    (0.62, 0.331662479, -5.6543166602, -6.5043742058),
]


def sat(rows: list[tuple[float, ...]]) -> list[Sitting]:
    return [Sitting(dict(enumerate(row))) for row in rows]


def ones(count: int) -> list[Asked]:
    return [Asked(place, 1) for place in range(count)]


def test_kr20_of_a_published_example() -> None:
    found = analyse(ones(10), sat([tuple(map(int, row)) for row in WUENSCH]))
    assert [round(item.facility / 100, 6) for item in found.items] == WUENSCH_P
    assert (found.is_dichotomous, found.is_complete, found.sittings) == (True, True, 10)
    wanted = 10 / 9 * (1 - WUENSCH_SUM_OF_PQ / WUENSCH_VARIANCE)
    assert found.reliability is not None and isclose(found.reliability, wanted)
    assert round(wanted, 4) == 0.6963
    spread = sqrt(WUENSCH_VARIANCE * 10 / 9) * 10  # in percent, of a sample
    assert found.deviation is not None and isclose(found.deviation, spread)
    assert found.standard_error is not None and isclose(found.standard_error, spread * sqrt(1 - wanted))


def test_the_reliability_of_published_variances() -> None:
    # R. Hart, "Rasch Model Audit", table 25: 21 questions, variance within questions 2.96, of scores 4.08, KR20 0.29 (richard-hart.blogspot.com)
    assert round(reliability_of(21, 2.96, 4.08), 2) == 0.29


def test_facility_discrimination_and_efficiency_are_those_moodle_expects() -> None:
    found = analyse(ones(7), sat(MOODLE))
    for item, (facility, deviation, correlation, share) in zip(found.items, MOODLE_FIGURES, strict=True):
        assert isclose(item.facility / 100, facility, abs_tol=1e-6)
        assert item.spread is not None and isclose(item.spread / 100, deviation, abs_tol=1e-6)
        assert item.discrimination is not None and isclose(item.discrimination, correlation, abs_tol=1e-4)
        assert item.efficiency is not None and isclose(item.efficiency, share, abs_tol=1e-4)


MARKS = st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=3, max_size=25)


@given(MARKS)
def test_figures_lie_within_their_bounds(rows: list[list[int]]) -> None:
    found = analyse([Asked(place, 4) for place in range(4)], sat([tuple(row) for row in rows]))
    for item in found.items:
        assert 0 <= item.facility <= 100
        assert item.discrimination is None or abs(item.discrimination) <= 100.0001
        assert item.efficiency is None or item.efficiency <= 100.0001
        assert item.upper_lower is None or abs(item.upper_lower) <= 100
    assert found.reliability is None or found.reliability <= 1.0001


@given(MARKS, st.integers(1, 9), st.randoms())
def test_neither_order_nor_unit_changes_a_figure(rows: list[list[int]], times: int, chance: Any) -> None:
    before = analyse([Asked(place, 4) for place in range(4)], sat([tuple(row) for row in rows]))
    chance.shuffle(rows)
    scaled = [tuple(mark * times for mark in row) for row in rows]
    after = analyse([Asked(place, 4 * times) for place in range(4)], sat(scaled))
    for one, other in zip(before.items, after.items, strict=True):
        assert _alike(one.facility, other.facility) and _alike(one.discrimination, other.discrimination) and _alike(one.efficiency, other.efficiency)
    assert _alike(before.reliability, after.reliability) and _alike(before.deviation, after.deviation)


def _alike(one: float | None, other: float | None) -> bool:
    return (one is None and other is None) or (one is not None and other is not None and isclose(one, other, rel_tol=1e-6, abs_tol=1e-6))


def test_an_estimate_for_drawn_questions_comes_near_alpha_of_all() -> None:
    rows = [tuple(map(int, row)) for row in WUENSCH] * 12
    whole = alpha(sat(rows))
    drawn = [Sitting({key: mark for key, mark in enumerate(row) if (key + place // 10) % 10}) for place, row in enumerate(rows)]  # nine of ten each
    estimate = alpha(drawn)
    assert whole is not None and estimate is not None
    shorter = 0.9 * whole / (1 - 0.1 * whole)  # Spearman and Brown, for an exam of nine of the ten questions
    assert abs(shorter - estimate) < 0.02


def figures(*, asked: int = 40, facility: float = 60, discrimination_: float | None = 40, **more: Any) -> ItemFigures:
    given_ = {"spread": 1.0, "efficiency": 1.0, "upper_lower": 1.0, "guess": 25.0, **more}
    return ItemFigures(1, asked, facility, discrimination=discrimination_, **given_)


OPTIONS = (OptionFigures(1, True, 30, 30, 30), OptionFigures(2, False, 66, 60, 40), OptionFigures(3, False, 4, 10, 30))


@pytest.mark.parametrize(
    ("item", "reasons"),
    [
        (figures(), []),
        (figures(discrimination_=-3), [Reason.NEGATIVE]),
        (figures(options=OPTIONS), [Reason.WRONG_KEY, Reason.DEAD_OPTION]),
        (figures(facility=20), [Reason.BELOW_GUESSING]),
        (figures(facility=4, guess=None), [Reason.TOO_HARD]),
        (figures(facility=96), [Reason.TOO_EASY]),
        (figures(discrimination_=12), [Reason.VERY_WEAK]),
        (figures(timed=40, hurried=5), [Reason.HURRIED]),
        (figures(asked=29, facility=1, discrimination_=-50, options=OPTIONS), []),
    ],
)
def test_what_is_to_be_mended_has_its_reason_and_nothing_is_said_below_thirty(item: ItemFigures, reasons: list[Reason]) -> None:
    assert reasons_of(item) == reasons
    assert (band_of(item) is None) == (item.asked < 30)


def test_bands_are_those_of_the_literature() -> None:
    bands = [band_of(figures(discrimination_=value)) for value in (50, 49, 30, 29, 20, 19, 0, -1)]
    assert bands == [Band.VERY_GOOD, Band.ADEQUATE, Band.ADEQUATE, Band.WEAK, Band.WEAK, Band.VERY_WEAK, Band.VERY_WEAK, Band.NEGATIVE]
    assert reliability_band(ExamFigures(29, 50, 10, 0.9, 3, True, True)) is None


def test_answer_times_name_the_quick_and_the_slow() -> None:
    seconds = [20.0, 22, 24, 25, 26, 27, 28, 30, 1, 400]
    found = analyse(ones(1), [Sitting({0: 1.0}, {}, {0: value}) for value in seconds])
    (item,) = found.items
    assert (item.timed, item.hurried, item.dragged) == (10, 1, 1)
    assert item.median_seconds == 25.5


def sit_many(version: CourseVersion, count: int, *, number: int = 1) -> None:
    """Graded attempts made at once: the better somebody is, the more they get right."""
    items = list(session.scalars(select(Item).where(Item.version_id == version.id).order_by(Item.id)))
    people = [make_person(f"Person {place}").id for place in range(count)]
    at = now()
    for place, person in enumerate(people):
        right = [(place * 7 + step * 3) % count < place for step in range(len(items))]
        attempt = Attempt(
            person_id=person, course_id=version.course_id, version_id=version.id, number=number, seed=1,
            drawn=[{"item": item.id, "options": []} for item in items], started_at=at, deadline_at=at.replace(year=2099), submitted_at=at,
            state=AttemptState.SUBMITTED, earned=str(sum(i.points for i, hit in zip(items, right, strict=True) if hit)),
            possible=sum(i.points for i in items), passed=True,
        )  # fmt: skip
        session.add(attempt)
        session.flush()
        rows = [
            {
                "attempt_id": attempt.id,
                "item_id": item.id,
                "answer": {"options": [1]},
                "sequence": 1,
                "saved_at": at,
                "earned": str(item.points * hit),
            }
            for item, hit in zip(items, right, strict=True)
        ]
        session.execute(insert(Response), rows)


def test_the_page_says_nothing_of_so_few_and_names_no_verdict_below_thirty(client: Any, sign_in: Any) -> None:
    _course, version = a_course()
    address = f"/course-versions/{version.public_id}/analysis"
    trainer = a_trainer("Tereza Outra")
    sign_in(trainer)
    sit_many(version, 4)
    assert "Fewer than 5 attempts" in client.get(address).get_data(as_text=True)
    sit_many(version, 8)
    few = client.get(address).get_data(as_text=True)
    assert "Not enough data" in few
    assert "10" in few and "tag-danger" not in few and "tag-success" not in few  # twelve people, counted in steps of five
    sit_many(version, 20)
    enough = client.get(address).get_data(as_text=True)
    assert "To mend" in enough
    assert client.last_statements <= 12
    assert "statistically weaker" in client.get(f"{address}?attempts=all").get_data(as_text=True)
    for ending in ("questions.csv", "questions.xlsx", "chart.svg", "narrow-chart.svg"):
        assert client.get(f"{address}/{ending}").status_code == 200
    assert "Facility" in client.get(f"{address}/questions.csv").get_data(as_text=True)
    assert "Person 1" not in enough


def test_only_first_attempts_count_unless_all_are_asked_for(client: Any, sign_in: Any) -> None:
    _course, version = a_course()
    sit_many(version, 10)
    sit_many(version, 10, number=2)
    sign_in(a_trainer("Tereza Outra"))
    address = f"/course-versions/{version.public_id}/analysis"
    assert ">10<" in client.get(address).get_data(as_text=True)
    assert ">20<" in client.get(f"{address}?attempts=all").get_data(as_text=True)


def test_a_link_to_the_analysis_stands_on_the_version(client: Any, sign_in: Any) -> None:
    _course, version = a_course()
    sign_in(a_trainer("Tereza Outra"))
    assert f"/course-versions/{version.public_id}/analysis" in client.get(f"/course-versions/{version.public_id}").get_data(as_text=True)
