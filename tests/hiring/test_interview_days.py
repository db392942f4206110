"""The day view: half hours as a table of people, and the interviews of the day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient

from core.calendars.free_slots import Interval, WorkingHours
from core.calendars.panels import Availability
from core.db import session
from core.people.models import Person
from hiring.scheduling.day_grid import Stretch, grid
from tests.hiring.test_interviews import MONDAY, Scene

HOUR = timedelta(hours=1)
DAY = date(2026, 12, 3)
NINE = datetime(2026, 12, 3, 9, tzinfo=UTC)
HOURS = WorkingHours("UTC", time(9), time(12))
HELD = Interval(NINE + HOUR, NINE + 2 * HOUR)


@pytest.mark.parametrize(
    ("one", "runs"),
    [
        (Availability(1, HOURS), [("closed", 4), ("free", 6), ("closed", 16)]),
        (Availability(1, HOURS, (HELD,)), [("closed", 4), ("free", 2), ("taken", 2), ("free", 2), ("closed", 16)]),
        (
            Availability(1, HOURS, (HELD,), (HELD,), timedelta(minutes=30)),
            [("closed", 4), ("free", 1), ("kept", 1), ("interview", 2), ("kept", 1), ("free", 1), ("closed", 16)],
        ),
        (Availability(1, HOURS, (HELD,), (HELD,), daily_cap=1), [("closed", 4), ("kept", 2), ("interview", 2), ("kept", 2), ("closed", 16)]),
        (Availability(1, WorkingHours("UTC", closed=frozenset({DAY}))), [("closed", 26)]),
    ],
)
def test_half_hours_that_are_the_same_stand_together(one: Availability, runs: list[tuple[str, int]]) -> None:
    rows = grid([one], DAY, "UTC")
    assert len(rows) == 26
    assert [(cell.stretch, cell.rows) for row in rows for cell in row.cells if cell] == [(Stretch(word), length) for word, length in runs]


def test_the_day_shows_who_is_free_and_which_interviews_stand(app: object, client: FlaskClient, sign_in: Callable[[Person], object]) -> None:
    scene = Scene()
    name = scene.application.candidate.person.name
    scene.schedule(scene.livia)
    session.commit()
    address = f"/interviews/day?on={MONDAY.date()}"
    sign_in(scene.recruiter)
    shown = client.get(address).text
    assert name in shown
    assert "Lívia Prates 1 of 4" in shown
    assert 'class="day-interview" rowspan="2"' in shown
    assert client.last_statements <= 12  # type: ignore[attr-defined]
    assert name not in client.get("/interviews/day?on=never").text
    assert "Day view" in client.get("/interviews").text
