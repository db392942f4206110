"""The first day moves: what is unfinished follows, what is finished or chosen by hand stays, and what makes no sense is refused in a sentence."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from time_machine import travel

from core.clock import today
from core.db import session
from core.people.models import Employment, Person
from core.people.queries import get_person, standing_employment
from core.people.rights import Role
from home.people.changing import move_start
from onboarding.checklists.actions import change_task, let_off, tick_task
from onboarding.checklists.models import TaskState
from onboarding.templates.actions import Match, TaskText, add_task, publish_template, write_template
from onboarding.templates.models import Phase
from tests.counting import statements_of
from tests.situations import Onboarding, a_colleague, a_running_checklist

SignIn = Callable[[Person], Person]
MONDAY = date(2027, 3, 1)


@pytest.fixture
def scene(app: object) -> Any:
    """A new hire who starts on Monday the 15th, seen two weeks before."""
    with travel("2027-03-01 12:00:00 +0000", tick=False):
        yield a_running_checklist(starts_in=14)


def ask(client: FlaskClient, found: Onboarding, day: date, *, seen: str = "") -> Any:
    return client.post(f"/people/{found.new_hire.public_id}/first-day", data={"starts_on": day.isoformat(), "seen": seen})


def move(client: FlaskClient, found: Onboarding, day: date) -> Any:
    return ask(client, found, day, seen=day.isoformat())


def days(found: Onboarding) -> dict[str, date]:
    return {key: found.task(key).due_on for key in ("laptop", "hello", "talk", "lunch", "shadowing")}


def test_what_moves_is_shown_before_it_moves(client: FlaskClient, sign_in: SignIn, scene: Onboarding) -> None:
    before = days(scene)
    sign_in(scene.hr)
    assert client.get(f"/people/{scene.new_hire.public_id}/first-day").status_code == 200
    answer = ask(client, scene, date(2027, 3, 22))
    assert answer.status_code == 200
    assert "Prepare the laptop" in answer.text
    assert "18 Mar 2027" in answer.text or "Mar 18, 2027" in answer.text
    assert days(scene) == before
    other = ask(client, scene, date(2027, 3, 23), seen="2027-03-22")  # another day than the one that was shown
    assert other.status_code == 200
    assert days(scene) == before


def test_unfinished_tasks_follow_by_business_days_and_the_rest_stays(client: FlaskClient, sign_in: SignIn, scene: Onboarding, mailbox: Any) -> None:
    tick_task(scene.task("hello"), by=get_person(scene.new_hire.public_id))
    talk = scene.task("talk")
    change_task(talk, title=talk.title, due_on=date(2027, 3, 17), owner=scene.manager, version=talk.version, by=get_person(scene.hr.public_id))
    sign_in(scene.hr)
    assert move(client, scene, date(2027, 3, 24)).status_code == 302
    session.expire_all()
    assert days(scene) == {
        "laptop": date(2027, 3, 22),
        "hello": date(2027, 3, 15),  # done
        "talk": date(2027, 3, 17),  # somebody chose the day
        "lunch": date(2027, 3, 30),  # over Good Friday, the 26th, and a weekend
        "shadowing": date(2027, 4, 1),
    }
    assert scene.checklist.starts_on == date(2027, 3, 24)
    employment = standing_employment(scene.new_hire, on=today())
    assert employment is not None and employment.valid_from == employment.hired_on == date(2027, 3, 24)
    assert scene.checklist.employment_id == employment.id
    for person in (scene.new_hire, scene.manager, scene.buddy):
        assert [mail.name for mail in mailbox.to(person)].count("start_moved") == 1


def test_what_was_believed_before_stays_on_record(scene: Onboarding) -> None:
    employment = standing_employment(scene.new_hire, on=today())
    assert employment is not None
    move_start(employment, date(2027, 3, 22), by=get_person(scene.hr.public_id))
    rows = session.scalars(select(Employment).where(Employment.person_id == scene.new_hire.id).order_by(Employment.id)).all()
    assert [(row.valid_from, row.superseded_at is None) for row in rows] == [(date(2027, 3, 15), False), (date(2027, 3, 22), True)]


@pytest.mark.parametrize(
    ("day", "status", "words"),
    [
        (date(2027, 3, 26), 200, "public holiday"),
        (date(2027, 3, 20), 200, "weekend"),
        (date(2027, 2, 26), 422, "That day is over"),
        (date(2027, 3, 15), 422, "first day already"),
    ],
)
def test_an_odd_day_is_warned_of_and_one_that_cannot_be_is_refused(
    client: FlaskClient, sign_in: SignIn, scene: Onboarding, day: date, status: int, words: str
) -> None:
    sign_in(scene.hr)
    answer = ask(client, scene, day)
    assert answer.status_code == status
    assert words in answer.text


def test_after_the_onboarding_is_finished_nothing_moves(client: FlaskClient, sign_in: SignIn, scene: Onboarding) -> None:
    for key in ("document", "laptop", "contract", "hello", "policy", "talk", "lunch", "shadowing"):
        let_off(scene.task(key), TaskState.WAIVED, reason="Came back.", until=date(2027, 12, 1), by=get_person(scene.hr.public_id))
    sign_in(scene.hr)
    assert "does not move any more" in ask(client, scene, date(2027, 3, 22)).text
    answer = move(client, scene, date(2027, 3, 22))
    assert answer.status_code == 422
    assert "is finished" in answer.text
    assert scene.task("hello").due_on == date(2027, 3, 15)
    employment = standing_employment(scene.new_hire, on=today())
    assert employment is not None and employment.valid_from == date(2027, 3, 15)


def test_only_human_resources_moves_it_and_nobody_their_own(client: FlaskClient, sign_in: SignIn, scene: Onboarding) -> None:
    for person in (scene.manager, scene.buddy, scene.new_hire, a_colleague("Olga Reis", Role.AUDITOR)):
        sign_in(person)
        assert move(client, scene, date(2027, 3, 22)).status_code == 403
    sign_in(scene.hr)
    assert client.get(f"/people/{UUID(int=9)}/first-day").status_code == 404
    assert scene.checklist.starts_on == date(2027, 3, 15)


def test_a_first_day_in_the_middle_of_the_night_moves_the_day_the_account_opens_too(scene: Onboarding) -> None:
    from core.people.actions import grant_role
    from core.people.moving import start_of_day
    from tests.situations import a_place

    session.expire_all()
    person = get_person(scene.new_hire.public_id)
    grant_role(person, Role.BUDDY, by=None, begins_at=start_of_day(date(2027, 3, 15), a_place()))
    employment = standing_employment(person, on=today())
    assert employment is not None
    move_start(employment, date(2027, 3, 22), by=get_person(scene.hr.public_id))
    session.expire_all()
    grant = next(grant for grant in get_person(scene.new_hire.public_id).grants if grant.role is Role.BUDDY)
    assert grant.begins_at is not None and grant.begins_at.isoformat() == "2027-03-22T03:00:00+00:00"


def test_moving_a_first_day_costs_as_many_statements_with_sixty_tasks_more(scene: Onboarding) -> None:
    hr = get_person(scene.hr.public_id)
    template = write_template(name="Many", match=Match(), by=hr)
    for number in range(60):
        add_task(template, text=TaskText(f"Task {number}", Phase.FIRST_WEEK, offset_days=number), by=hr)
    publish_template(template, by=hr)
    found = a_running_checklist(name="Otto Reis", starts_in=14, hr=scene.hr)

    def move(person: Person) -> None:
        employment = standing_employment(person, on=today())
        assert employment is not None
        move_start(employment, MONDAY + timedelta(days=24), by=get_person(scene.hr.public_id))
        session.commit()

    costs: list[int] = []
    for person in (scene.new_hire, found.new_hire):
        session.commit()
        costs.append(statements_of(partial(move, person)))
    assert found.task("task-59").due_on == date(2027, 6, 18)  # working days, and Good Friday is none
    assert costs[1] <= costs[0] + 1
