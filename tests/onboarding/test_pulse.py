"""How new hires are doing: asked once at the right day, kept apart from who answered, told of five or more at once and never of fewer."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, inspect, select

from core.audit.models import AuditEvent
from core.clock import now, standing_at, today
from core.db import session
from core.errors import Conflict, Invalid
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.public import waiting_for
from onboarding.pulse.actions import answer, decline, tell_pulse
from onboarding.pulse.grouping import SMALLEST_GROUP, Given, groups
from onboarding.pulse.models import PulseAnswer, PulseGroup, PulseText, PulseTurn
from onboarding.pulse.queries import PulseFilter, find_asked, texts, told
from onboarding.pulse.questions import QUESTIONS, Wave, wave_on
from tests.situations import Onboarding, a_colleague, a_running_checklist

SignIn = Callable[[Person], Person]
EVERYTHING = PulseFilter()
DAY = date(2026, 3, 2)


def all_of(value: int) -> dict[str, int]:
    return dict.fromkeys(QUESTIONS, value)


def after_a_week(number: int = 0, *, manager: Person | None = None, hr: Person | None = None) -> Onboarding:
    return a_running_checklist(name=f"Nina{number} Alves", starts_in=-8, manager=manager, hr=hr)


def some_who_answered(values: list[int], *, text: str = "") -> tuple[Onboarding, list[Onboarding]]:
    first = after_a_week()
    every = [first, *(after_a_week(number, manager=first.manager, hr=first.hr) for number in range(1, len(values)))]
    for each, value in zip(every, values, strict=True):
        answer(Wave.WEEK_1, all_of(value), text and f"{text} {value}", by=each.new_hire, on=today())
    return first, every


@pytest.mark.parametrize(
    ("days", "wave"),
    [(6, None), (7, Wave.WEEK_1), (26, Wave.WEEK_1), (27, None), (29, None), (30, Wave.DAY_30), (49, Wave.DAY_30), (50, None), (90, Wave.DAY_90),
     (109, Wave.DAY_90), (110, None), (-3, None)],
)  # fmt: skip
def test_it_is_asked_after_a_week_a_month_and_three_months(days: int, wave: Wave | None) -> None:
    assert wave_on(DAY, DAY + timedelta(days=days)) is wave


def test_it_waits_for_the_new_hire_until_answered_and_is_asked_once(app: Flask) -> None:
    nina = after_a_week().new_hire
    with app.test_request_context():
        assert "Say how you are doing, in a minute" in [thing.title for thing in waiting_for(nina, on=today())]
        answer(Wave.WEEK_1, all_of(4), "", by=nina, on=today())
        assert "Say how you are doing, in a minute" not in [thing.title for thing in waiting_for(nina, on=today())]
    with pytest.raises(Conflict):
        answer(Wave.WEEK_1, all_of(1), "", by=nina, on=today())
    assert find_asked(nina, on=today() + timedelta(days=22)) is not None  # a month after the start it is asked again


def test_who_would_rather_not_is_not_asked_again_and_leaves_no_answer(app: object) -> None:
    nina = after_a_week().new_hire
    decline(Wave.WEEK_1, by=nina, on=today())
    assert find_asked(nina, on=today()) is None
    assert session.scalars(select(func.count()).select_from(PulseAnswer)).one() == 0


def test_a_gap_is_refused_for_a_mean_of_fewer_would_tell_too_much(app: object) -> None:
    nina = after_a_week().new_hire
    with pytest.raises(Invalid):
        answer(Wave.WEEK_1, {"clear": 3}, "", by=nina, on=today())
    assert find_asked(nina, on=today()) is not None


def test_nothing_kept_leads_from_an_answer_to_a_person(app: object) -> None:
    onboarding = after_a_week()
    before = session.scalars(select(func.count()).select_from(AuditEvent)).one()
    answer(Wave.WEEK_1, all_of(2), "O crachá demorou.", by=onboarding.new_hire, on=today())
    assert session.scalars(select(func.count()).select_from(AuditEvent)).one() == before
    columns = {model: {column.key for column in inspect(model).columns} for model in (PulseTurn, PulseAnswer, PulseText)}
    assert columns == {
        PulseTurn: {"checklist_id", "wave"},
        PulseAnswer: {"key", "wave", "quarter_on", "department_id", "manager_id", "answers"},
        PulseText: {"key", "wave", "text", "is_told"},
    }
    kept = session.scalars(select(PulseAnswer)).one()
    assert kept.manager_id == onboarding.manager.id  # whose team it is, not who


def test_four_answers_are_not_told_and_five_are(app: object) -> None:
    first, every = some_who_answered([1, 2, 3, 4])
    assert tell_pulse(on=today()) == 0
    assert told(get_person(first.hr.public_id), EVERYTHING) == []
    answer(Wave.WEEK_1, all_of(5), "", by=after_a_week(9, manager=first.manager, hr=first.hr).new_hire, on=today())
    _in_one_department(every)
    assert tell_pulse(on=today()) == 1
    found = told(get_person(first.hr.public_id), EVERYTHING)
    assert [(one.wave, one.people, set(one.averages.values())) for one in found] == [(Wave.WEEK_1, 5, {3.0})]


def test_small_departments_wait_for_the_quarters_end_and_are_told_together(app: object) -> None:
    first, _every = some_who_answered([1, 2, 3, 4, 5])  # each of a department of their own
    assert tell_pulse(on=today()) == 0
    assert tell_pulse(on=today() + timedelta(days=100)) == 1
    assert [one.people for one in told(get_person(first.hr.public_id), EVERYTHING)] == [5]
    assert told(get_person(first.manager.public_id), EVERYTHING) == []  # it is a group of several managers


def _in_one_department(every: list[Onboarding]) -> None:
    """The departments of answers that wait are as they were given; groups of one manager need one department."""
    department = session.scalars(select(PulseAnswer.department_id).order_by(PulseAnswer.key).limit(1)).one()
    for row in session.scalars(select(PulseAnswer).order_by(PulseAnswer.key)):
        row.department_id = department
    session.flush()


def test_answers_told_are_deleted_and_a_sixth_waits_for_others(app: object) -> None:
    first, every = some_who_answered([1, 2, 3, 4, 5])
    _in_one_department(every)
    assert tell_pulse(on=today()) == 1
    assert session.scalars(select(func.count()).select_from(PulseAnswer)).one() == 0
    answer(Wave.WEEK_1, all_of(1), "", by=after_a_week(9, manager=first.manager, hr=first.hr).new_hire, on=today())
    assert tell_pulse(on=today()) == 0
    assert [one.people for one in told(get_person(first.hr.public_id), EVERYTHING)] == [5]
    assert [one.people for one in told(get_person(first.manager.public_id), EVERYTHING)] == [5]
    other = a_colleague("Outra Gestora", Role.MANAGER)
    assert told(other, EVERYTHING) == []


def test_what_waits_is_written_anew_under_other_keys_each_night(app: object) -> None:
    some_who_answered([1, 2])
    before = set(session.scalars(select(PulseAnswer.key)))
    tell_pulse(on=today())
    assert not before & set(session.scalars(select(PulseAnswer.key)))
    assert sorted(row["clear"] for row in session.scalars(select(PulseAnswer.answers))) == [1, 2]


def test_texts_are_read_from_five_on_and_then_again_only_by_fives(app: object) -> None:
    first, _every = some_who_answered([1, 2, 3, 4, 5], text="Melhor")
    assert texts(Wave.WEEK_1) == []
    tell_pulse(on=today())
    assert sorted(texts(Wave.WEEK_1)) == [f"Melhor {number}" for number in range(1, 6)]
    answer(Wave.WEEK_1, all_of(1), "Sozinha", by=after_a_week(9, manager=first.manager, hr=first.hr).new_hire, on=today())
    tell_pulse(on=today())
    assert "Sozinha" not in texts(Wave.WEEK_1)


@pytest.mark.parametrize("seed", range(12))
def test_no_two_figures_differ_by_fewer_than_five_people(seed: int) -> None:
    """Groups made night after night are disjoint, whole and of five or more: so is whatever is left when two figures are subtracted."""
    dice, waiting, made, number = Random(seed), [], [], 0
    for night in range(200):
        on = DAY + timedelta(days=night)
        for _one in range(dice.randrange(4)):
            number += 1
            given = Given(
                number,
                dice.choice(list(Wave)),
                DAY.replace(month=(on.month - 1) // 3 * 3 + 1, day=1),
                dice.randrange(1, 4),
                dice.choice([None, 7, 8, 9]),
                (3,),
            )
            waiting.append(given)
        for group in groups(waiting, on=on):
            made.append({member.key for member in group.members})
        told_now = set().union(*made) if made else set()
        waiting = [given for given in waiting if given.key not in told_now]
    assert made
    assert all(len(group) >= SMALLEST_GROUP for group in made)
    assert all(not one & other for one, other in combinations(made, 2))
    figures = [set().union(*dice.sample(made, dice.randrange(1, len(made) + 1))) for _turn in range(60)]
    assert all(len(one - other) == 0 or len(one - other) >= SMALLEST_GROUP for one in figures for other in figures)


def test_the_database_holds_that_a_group_is_of_five_or_more(app: object) -> None:
    session.add(PulseGroup(wave=Wave.DAY_30, quarter_on=DAY, people=4, sums=all_of(12)))
    with pytest.raises(Exception, match="five_or_more"):
        session.flush()


def test_a_new_hire_answers_on_the_page_and_is_led_back(client: FlaskClient, sign_in: SignIn) -> None:
    nina = after_a_week().new_hire
    sign_in(nina)
    assert "/onboarding/pulse/week_1" in client.get("/onboarding/mine").get_data(as_text=True)
    shown = client.get("/onboarding/pulse/week_1").get_data(as_text=True)
    assert "without your name" in shown
    assert client.post("/onboarding/pulse/week_1", data={"clear": "3"}).status_code == 422
    sent = client.post("/onboarding/pulse/week_1", data={**dict.fromkeys(QUESTIONS, "4"), "text": "Tudo bem."})
    assert sent.status_code == 302
    assert client.get("/onboarding/pulse/week_1").status_code == 404
    assert "/onboarding/pulse/week_1" not in client.get("/onboarding/mine").get_data(as_text=True)
    assert client.post("/onboarding/pulse/week_1", data=dict.fromkeys(QUESTIONS, "4")).status_code == 409
    assert client.post("/onboarding/pulse/day_30/decline").status_code == 409


def test_who_is_not_new_has_no_survey(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(a_colleague("Beatriz Moura", Role.MENTOR))
    assert client.get("/onboarding/pulse/week_1").status_code == 404
    assert client.post("/onboarding/pulse/week_1", data=dict.fromkeys(QUESTIONS, "4")).status_code == 409


def test_the_nightly_turn_twice_changes_nothing_more(app: object) -> None:
    _first, every = some_who_answered([1, 2, 3, 4, 5])
    _in_one_department(every)
    with standing_at(now()):
        assert tell_pulse(on=today()) == 1
        assert tell_pulse(on=today()) == 0
    assert session.scalars(select(func.count()).select_from(PulseGroup)).one() == 1
