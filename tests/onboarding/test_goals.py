"""Goals: proposed by one side, agreed on by the other, changed only so, and measured."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.clock import today
from core.db import session
from core.errors import Invalid
from core.people.models import Person
from core.people.rights import Role
from onboarding.goals.figures import hundredths, parse_actuals, percent_reached
from onboarding.goals.models import Actual, Goal, GoalState
from tests.onboarding.reviewing import Reviewed, a_review_near, waiting
from tests.situations import a_colleague

SignIn = Callable[[Person], Person]
pytestmark = pytest.mark.usefixtures("app")


def smart(**changes: Any) -> dict[str, Any]:
    known = {
        "specific": "Keep the clients",
        "kpi": "client_retention",
        "start": "80",
        "target": "95,5",
        "unit": "%",
        "attainable": "The list is known.",
        "relevant": "Clients bring clients.",
        "due_on": (today() + timedelta(days=60)).isoformat(),
        "weight": "100",
    }
    return {**known, **changes}


def proposed(client: FlaskClient, near: Reviewed, /, **changes: Any) -> str:
    """The address of a goal that the one who is signed in has proposed."""
    answer = client.post(f"/first-ninety-days/{near.new_hire.public_id}/goals/new", data=smart(**changes))
    assert answer.status_code == 302
    return str(answer.headers["Location"])


@pytest.mark.parametrize(
    ("text", "value"), [("92", 9200), ("92,5", 9250), ("1.234,56", 123456), ("1,234.56", 123456), ("-3", -300), ("12 %", 1200), ("1 000,5", 100050)]
)
def test_figures_are_read_as_people_type_them(text: str, value: int) -> None:
    assert hundredths(text) == value


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "", "NaN", "1e9", "1,2,3,4.5.6", "0,125", "9" * 20])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        hundredths(text)


@pytest.mark.parametrize(
    ("start", "target", "value", "lower", "percent"),
    [
        (8000, 9000, 8500, False, 50),
        (None, 1000, 250, False, 25),
        (4000, 2000, 3000, True, 50),
        (None, 200, 400, True, 50),
        (None, 200, 100, True, 100),
    ]
    + [(8000, 9000, 7000, False, 0), (8000, 9000, 9900, False, 100), (None, 1000, None, False, 0), (None, 0, -5, False, 0)],
)
def test_progress_goes_from_the_start_to_the_target(start: int | None, target: int, value: int | None, lower: bool, percent: int) -> None:
    assert percent_reached(start=start, target=target, value=value, lower_is_better=lower) == percent


def test_lines_that_cannot_be_taken_are_named_with_their_numbers() -> None:
    text = "dia;valor\n2026-01-05;92,5\n05/01/2026;93\n2026-01-06;=HYPERLINK(1)\n2026-01-07;90\n2999-01-01;1\nx;1\n2026-01-08"
    found = parse_actuals(text, present={date(2026, 1, 7)})
    assert found.values == {date(2026, 1, 5): 9250}
    assert [number for number, _why in found.refused] == [3, 4, 5, 6, 7, 8]
    assert parse_actuals("2026-01-05,92,5\n2026-01-06,91", present=()).values == {date(2026, 1, 5): 9250, date(2026, 1, 6): 9100}


def test_a_goal_counts_once_the_other_side_agrees_and_changes_only_so_again(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    sign_in(near.new_hire)
    address = proposed(client, near)
    assert client.post(f"{address}/agree", data={"number": "1"}).status_code == 403  # one's own
    assert client.post(f"{address}/actuals", data={"on": today().isoformat(), "value": "82"}).status_code == 409
    assert "Agree on a goal, or refuse it" in [item.title for item in waiting(near.manager)]
    sign_in(near.manager)
    assert "Keep the clients" in client.get(address).text
    assert client.post(f"{address}/agree", data={"number": "2"}).status_code == 409
    assert client.post(f"{address}/agree", data={"number": "1"}).status_code == 302
    assert client.post(f"{address}/change", data=smart(target="99")).status_code == 302
    goal = session.scalars(select(Goal)).one()
    assert goal.state is GoalState.AGREED
    assert "95.5" in client.get(f"/first-ninety-days/{near.new_hire.public_id}/goals").text  # holds until agreed on
    sign_in(near.new_hire)
    assert client.post(f"{address}/change", data=smart()).status_code == 409
    assert client.post(f"{address}/refuse", data={"number": "2", "reason": ""}).status_code == 422
    assert client.post(f"{address}/refuse", data={"number": "2", "reason": "Too much."}).status_code == 302
    assert client.post(f"{address}/let-go").status_code == 302
    sign_in(near.manager)
    assert "Too much." in client.get(address).text
    assert client.post(f"{address}/agree", data={"number": "3"}).status_code == 302
    session.expire_all()
    assert goal.state is GoalState.ENDED
    assert client.post(f"{address}/change", data=smart()).status_code == 409


def test_goals_that_do_not_weigh_a_hundred_together_are_not_agreed_on(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    everything = f"/first-ninety-days/{near.new_hire.public_id}/goals"
    sign_in(near.manager)
    first, second = proposed(client, near, weight="60"), proposed(client, near, weight="50")
    assert client.post(f"{everything}/new", data=smart(weight="101")).status_code == 422
    sign_in(near.new_hire)
    assert "weigh 110 together, and not 100. Propose what is missing" in client.get(first).text
    answer = client.post(f"{first}/agree", data={"number": "1", "reason": "We begin with these."})
    assert answer.status_code == 422 and "weigh 110 together" in answer.text  # a reason is for the manager to give
    sign_in(near.manager)
    assert client.post(f"{second}/change", data=smart(weight="40")).status_code == 302
    sign_in(near.new_hire)
    assert client.post(f"{first}/agree", data={"number": "1"}).status_code == 302
    assert "40 are still to be agreed on" in client.get(everything).text
    assert client.post(f"{second}/agree", data={"number": "2"}).status_code == 302
    assert "still to be agreed on" not in client.get(everything).text
    assert client.last_statements <= 12


def test_a_manager_agrees_to_goals_that_do_not_weigh_a_hundred_with_a_reason_that_is_kept(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    sign_in(near.new_hire)
    address = proposed(client, near, weight="60")
    sign_in(near.manager)
    assert "Why you agree all the same" in client.get(address).text
    assert client.post(f"{address}/agree", data={"number": "1", "reason": " "}).status_code == 422
    assert client.post(f"{address}/agree", data={"number": "1", "reason": "The rest follows in March."}).status_code == 302
    assert "The rest follows in March." in client.get(address).text
    assert client.last_statements <= 12
    heavy = proposed(client, near, weight="50")
    sign_in(near.new_hire)
    assert client.post(f"{heavy}/agree", data={"number": "1"}).status_code == 422


def test_a_goal_that_is_not_smart_is_refused_at_its_field(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    sign_in(near.manager)
    for wrong in ({"target": "=1"}, {"target": "80"}, {"due_on": "2020-01-01"}, {"unit": ""}, {"relevant": " "}, {"kpi": "luck"}, {"weight": "0"}):
        assert client.post(f"/first-ninety-days/{near.new_hire.public_id}/goals/new", data=smart(**wrong)).status_code == 422, wrong


def test_figures_are_written_down_once_a_day_by_hand_or_from_a_file_shown_first(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    sign_in(near.new_hire)
    address = proposed(client, near)
    sign_in(near.manager)
    client.post(f"{address}/agree", data={"number": "1"})
    day = today() - timedelta(days=3)
    assert client.post(f"{address}/actuals", data={"on": day.isoformat(), "value": "85"}).status_code == 302
    assert client.post(f"{address}/actuals", data={"on": day.isoformat(), "value": "86"}).status_code == 422
    assert client.post(f"{address}/actuals", data={"on": (today() + timedelta(days=3)).isoformat(), "value": "86"}).status_code == 422
    text = f"{day.isoformat()};99\n2026-01-05;90\n2026-01-06;=2+2<script>"
    shown = client.post(f"{address}/actuals/import", data={"text": text})
    assert "Line 1:" in shown.text and "Line 3:" in shown.text
    assert "<script>" not in shown.text.split("</head>")[1].split("</main>")[0].replace("<script src", "")
    assert session.query(Actual).count() == 1  # nothing is taken before it is confirmed
    for _twice in range(2):
        assert client.post(f"{address}/actuals/import", data={"text": text, "step": "take"}).status_code == 302
    assert session.query(Actual).count() == 2
    picture = client.get(f"{address}/chart.svg")
    assert picture.mimetype == "image/svg+xml"
    assert "<script" not in picture.text
    assert client.get(address).status_code == 200
    assert client.last_statements <= 12
    assert client.post(f"{address}/actuals/remove", data={"on": "2026-01-05"}).status_code == 302
    assert session.query(Actual).count() == 1


def test_goals_are_seen_by_the_new_hire_their_manager_and_human_resources_and_nobody_else(client: FlaskClient, sign_in: SignIn) -> None:
    near, other = a_review_near(), a_review_near(name="Otto Reis")
    sign_in(near.new_hire)
    address = proposed(client, near)
    everything = f"/first-ninety-days/{near.new_hire.public_id}/goals"
    for viewer in (near.manager, near.hr):
        sign_in(viewer)
        assert client.get(address).status_code == client.get(everything).status_code == 200
    assert client.post(f"{address}/agree", data={"number": "1"}).status_code == 403  # human resources takes no side
    for stranger in (other.new_hire, other.manager, near.onboarding.buddy, a_colleague("Aldo Reis", Role.AUDITOR)):
        sign_in(stranger)
        for page in (address, everything, f"{everything}/new", f"{address}/change", f"{address}/actuals/import", f"{address}/chart.svg"):
            assert client.get(page).status_code == 404, page
        for act in ("agree", "refuse", "let-go", "actuals", "actuals/remove", "change"):
            assert client.post(f"{address}/{act}", data=smart(number="1", on="2026-01-05")).status_code == 404, act
