"""Figures of compliance: the trend of two years, who will lack what, departments beside each other, and the people behind a number."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest

from core.clock import today
from core.db import session
from core.people.models import Department, Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_learner, an_officer
from training.completions.actions import complete
from training.compliance.filtering import ComplianceFilter
from training.compliance.moment import Moment
from training.compliance.sight import totals_of
from training.compliance.standing import Standing
from training.insight.gathering import Asked, read_forecast, read_grid, read_trend
from training.insight.queries import CourseAsked, SeatsAhead
from training.insight.reports import Outlook, Share, month_ends, trend
from training.requirements.actions import rederive
from training.requirements.models import CompletionSource

ZONE = "America/Sao_Paulo"
INSIGHT = "/compliance/insight"
REPORTS = ("trend", "forecast", "league", "heat-map")


def test_a_trend_has_the_ends_of_two_years_and_the_day() -> None:
    days = month_ends(date(2026, 3, 15))
    assert days[-3:] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15)]
    assert (len(days), days[0]) == (25, date(2024, 3, 31))


def test_a_trend_adds_what_moved_to_how_it_began() -> None:
    days = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    moved = {(days[1], Standing.COMPLIANT): 2, (days[1], Standing.OVERDUE): -1, (days[2], Standing.COMPLIANT): -1, (days[2], Standing.EXPIRED): 1}
    points = trend(days, {Standing.OVERDUE: 2}, moved)
    assert [(point.required, point.in_order, point.percent) for point in points] == [(3, 2, 66), (3, 1, 33)]


def test_sessions_needed_follow_from_who_lacks_it_and_free_seats() -> None:
    def needed(people: int, seats: SeatsAhead | None, *, in_sessions: bool = True) -> int | None:
        lapsing = frozenset(str(number) for number in range(people))
        return Outlook(CourseAsked(1, "C", "Course", in_sessions), frozenset(), (frozenset(), frozenset(), lapsing), seats).sessions_needed

    assert needed(25, None) == 3
    assert needed(25, SeatsAhead(1, 5, 10)) == 2
    assert needed(5, SeatsAhead(1, 5, 10)) == 0
    assert needed(25, None, in_sessions=False) is None


def test_a_share_is_cut_and_not_told_of_few() -> None:
    share = Share()
    share.add(Standing.COMPLIANT, ("1", "2", "3"), 3)
    share.add(Standing.OVERDUE, ("4",), 1)
    assert (share.percent, share.missing, share.is_told) == (75, 1, False)
    share.add(Standing.EXEMPT, ("5",), 1)
    assert share.is_told


def a_department_in_figures(run_jobs: Callable[[], Any]) -> tuple[Learner, Person]:
    """Six people of whom a course is asked: three completed it long ago, lately and so that it ends in 45 days; three are overdue, one of a team."""
    learner = a_learner(starts_on=today(ZONE) - timedelta(days=500))
    officer = an_officer("Rui Officer")
    boss = make_person("Bia Boss", roles=(Role.MANAGER,))
    people = [make_person(f"Person {number}") for number in range(5)]
    for person in people:
        make_employment(person, job_role=learner.job_role, manager=boss if person is people[0] else None, starts_on=today(ZONE) - timedelta(days=450))
        rederive(person)
    for person, ago in zip(people[:3], (400, 10, 320), strict=True):
        complete(person, learner.version, completed_on=today(ZONE) - timedelta(days=ago), by=officer, source=CompletionSource.RECORDED)
    session.commit()
    run_jobs()
    return learner, get_person_by_key(boss.id)


@pytest.mark.parametrize("is_derived", [True, False])
def test_what_is_told_agrees_with_the_matrix(app: Any, run_jobs: Any, is_derived: bool) -> None:
    learner, boss = a_department_in_figures(run_jobs if is_derived else lambda: None)
    officer = an_officer("Ana Officer")
    everybody = Asked(officer, ComplianceFilter(), today(ZONE))
    (outlook,) = read_forecast(everybody)
    assert (len(outlook.lacking), [len(people) for people in outlook.lapsing]) == (4, [0, 1, 1])
    grid = read_grid(everybody)
    assert sum(share.required for share in grid.of_department.values()) == 6
    assert grid.of_course[learner.course.id].percent == 33
    assert len(read_forecast(Asked(boss, ComplianceFilter(), today(ZONE)))[0].lacking) == 1
    points = read_trend(everybody)
    assert len(points) == (24 if is_derived else 0)
    for point in points:
        counted, _sight = totals_of(officer, ComplianceFilter(), moment=Moment(point.day))
        assert (point.required, point.in_order) == (counted.required, counted.in_order), point.day
    of_team = read_trend(Asked(boss, ComplianceFilter(), today(ZONE)))
    assert [point.required for point in of_team[-1:]] == [1] * is_derived


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_is_a_page_and_a_table(client: Any, sign_in: Any, run_jobs: Any, name: str) -> None:
    a_department_in_figures(run_jobs)
    sign_in(an_officer("Ana Officer"))
    assert "Preventing money laundering" in client.get(f"{INSIGHT}/{name}").get_data(as_text=True) or name in ("trend", "league")
    text = client.get(f"{INSIGHT}/{name}.csv").get_data(as_text=True).removeprefix("\ufeff")
    assert len(list(csv.reader(StringIO(text)))) > 1
    assert client.get(f"{INSIGHT}/{name}.xlsx").data.startswith(b"PK")
    if name in ("trend", "league"):
        for address in (f"{INSIGHT}/{name}/chart.svg", f"{INSIGHT}/{name}/chart.svg?narrow=yes"):
            drawn = client.get(address)
            assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
            assert "<script" not in drawn.get_data(as_text=True)


def test_numbers_lead_to_the_people_one_sees(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, boss = a_department_in_figures(run_jobs)
    behind = f"{INSIGHT}/forecast/people?course={learner.course.code}"
    sign_in(an_officer("Ana Officer"))
    assert f"forecast/people?course={learner.course.code}" in client.get(f"{INSIGHT}/forecast").get_data(as_text=True).replace("&amp;", "&")
    soon, already = (client.get(f"{behind}&within={days}").get_data(as_text=True) for days in (60, 0))
    assert "Person 2" in soon
    assert "Person 1" not in soon
    assert "Person 3" in already
    assert [client.get(f"{INSIGHT}/forecast/people?{asked}").status_code for asked in (f"course={learner.course.code}&within=7", "course=junk")] == [
        404,
        404,
    ]
    sign_in(boss)
    assert "Person 3" not in client.get(f"{behind}&within=0").get_data(as_text=True)
    assert "Person 0" in client.get(f"{behind}&within=0").get_data(as_text=True)


def test_small_departments_have_no_share(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, _boss = a_department_in_figures(run_jobs)
    alone = make_person("Eva Alone")
    make_employment(alone, job_role=learner.job_role, department=Department(name="Tiny department"), starts_on=today(ZONE) - timedelta(days=300))
    rederive(alone)
    session.commit()
    sign_in(an_officer("Ana Officer"))
    rows = list(csv.DictReader(StringIO(client.get(f"{INSIGHT}/league.csv").get_data(as_text=True).removeprefix("\ufeff"))))
    (tiny,) = (row for row in rows if row["Department"] == "Tiny department")
    assert (tiny["Rank"], tiny["Percent"], tiny["Requirements"]) == ("", "", "1")
    assert "too few people" in client.get(f"{INSIGHT}/heat-map").get_data(as_text=True)


def test_figures_are_not_for_everybody(client: Any, sign_in: Any) -> None:
    sign_in(make_person("Nina Rocha", roles=(Role.NEW_HIRE,)))
    assert {client.get(f"{INSIGHT}/{name}").status_code for name in REPORTS} == {403}
