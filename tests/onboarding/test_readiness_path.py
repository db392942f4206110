"""The way to working alone, by tables: which step decides the day, what may slip, and what moves when the start does."""

from datetime import date, timedelta

import pytest

from onboarding.readiness.path import CircularSteps, Step, StepKind, critical_path, place, ready_on, slips
from onboarding.readiness.steps import Certificate, OpenTask, Planned, Situation, steps

MONDAY = date(2026, 3, 2)
TITLES = ("First day", "A session")


def on(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def weekday(day: date) -> bool:
    return day.weekday() < 5


def step(key: str, after: tuple[tuple[str, int], ...] = (), not_before: int | None = None) -> Step:
    return Step(key, StepKind.TASK, key, after, None if not_before is None else on(not_before))


def plan(situation: Situation, *, later: int = 0, today: int = 0) -> tuple[date | None, list[str], dict[str, int]]:
    placed = place(steps(situation, starts_on=situation.starts_on + timedelta(days=later), titles=TITLES), today=on(today), is_business_day=weekday)
    return ready_on(placed), [one.step.key for one in critical_path(placed)], {key: one.slack for key, one in placed.items()}


@pytest.mark.parametrize(
    ("made", "expected", "path"),
    [
        ([], None, []),
        ([step("a")], 0, ["a"]),
        ([step("a", not_before=-9)], 0, ["a"]),  # late is today
        ([step("a", not_before=5)], 7, ["a"]),  # Saturday is Monday
        ([step("a", not_before=1), step("b", (("a", 2),))], 3, ["a", "b"]),
        ([step("a", not_before=1), step("b", (("a", 2),), 10)], 10, ["b"]),  # b has a day of its own, later than a asks for
        ([step("a", not_before=3), step("b", (("a", 1),)), step("c", (("b", 1),))], 7, ["a", "b", "c"]),  # over a weekend
        ([step("b", (("a", 1), ("c", 1))), step("a", not_before=1), step("c", not_before=2)], 3, ["c", "b"]),
    ],
)
def test_the_last_step_and_what_decides_it(made: list[Step], expected: int | None, path: list[str]) -> None:
    placed = place(made, today=MONDAY, is_business_day=weekday)
    assert ready_on(placed) == (None if expected is None else on(expected))
    assert [one.step.key for one in critical_path(placed)] == path


@pytest.mark.parametrize("made", [[step("a", (("b", 0),)), step("b", (("a", 0),))], [step("a", (("a", 1),))], [step("a", (("gone", 1),))]])
def test_a_circle_is_refused(made: list[Step]) -> None:
    with pytest.raises(CircularSteps):
        place(made, today=MONDAY, is_business_day=weekday)


def test_what_decides_the_day_has_no_slack_and_the_rest_has_what_is_left() -> None:
    situation = Situation(on(0), (OpenTask("talk", "Talk", on(2)), OpenTask("review", "Review", on(30))), (), 0)
    ready, path, slack = plan(situation)
    assert (ready, path) == (on(30), ["start", "review"])
    assert slack == {"start": 0, "talk": 28, "review": 0}


def test_sessions_nobody_planned_follow_one_another_on_a_day_each() -> None:
    ready, path, _slack = plan(Situation(on(3), sessions_missing=3))  # Thursday, Friday, Monday
    assert ready == on(7)
    assert path == ["start", "unplanned-0", "unplanned-1", "unplanned-2"]


def test_planned_sessions_count_first_and_no_more_than_are_needed() -> None:
    planned = (Planned("late", "Late", on(21)), Planned("soon", "Soon", on(4)))
    assert plan(Situation(on(0), planned=planned, sessions_missing=1))[0] == on(4)
    ready, path, _slack = plan(Situation(on(0), planned=planned, sessions_missing=3))
    assert ready == on(22)
    assert path == ["late", "unplanned-0"]


def test_a_certificate_without_a_day_is_wanted_at_the_start_and_a_late_one_today() -> None:
    assert plan(Situation(on(1), certificates=(Certificate("PLD", None),)))[0] == on(1)
    assert plan(Situation(on(-30), certificates=(Certificate("PLD", on(-3)),)), today=2)[0] == on(2)


@pytest.mark.parametrize(
    ("later", "ready", "moved"),
    [
        (0, 30, {}),
        (7, 37, {"start": 7, "talk": 7, "review": 7}),
        (9, 39, {"start": 9, "talk": 9, "review": 9, "session": 2}),  # the session would lie before the first day
        (-7, 23, {"start": -7, "review": -7, "talk": -2}),  # nothing is done before today
    ],
)
def test_moving_the_start_moves_what_hangs_on_it(later: int, ready: int, moved: dict[str, int]) -> None:
    tasks = (OpenTask("talk", "Talk", on(2)), OpenTask("review", "Review", on(30)))
    situation = Situation(on(0), tasks, (Planned("session", "With Bia", on(7)),), 1)

    def placed(days: int) -> dict[str, object]:
        return dict(place(steps(situation, starts_on=on(days), titles=TITLES), today=MONDAY, is_business_day=weekday))

    now, then = placed(0), placed(later)
    assert {slip.step.key: slip.days for slip in slips(now, then)} == moved  # type: ignore[arg-type]
    assert ready_on(then) == on(ready)  # type: ignore[arg-type]


def test_what_is_due_before_the_start_is_due_before_the_new_one_too() -> None:
    situation = Situation(on(14), (OpenTask("contract", "Contract", on(9)),))
    assert plan(situation)[0] == on(14)
    placed = place(steps(situation, starts_on=on(21), titles=TITLES), today=MONDAY, is_business_day=weekday)
    assert placed["contract"].done_on == on(16)
