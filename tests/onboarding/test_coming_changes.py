"""A position that begins on a later day: onboarding follows on that day and not before, and until then the change can be moved or taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from time_machine import travel

import onboarding.public
from core.clock import today
from core.db import session
from core.people.models import Employment, Person
from core.people.queries import employments_of, find_employment, get_person
from core.people.rights import Role
from home.people.changing import Position, change_position, leave, move_start, withdraw
from onboarding.changes.models import ComingChange
from onboarding.changes.tasks import carry_out_changes
from onboarding.checklists.models import Checklist, ChecklistKind, ChecklistState, Task
from onboarding.templates.actions import Match, TaskText, add_task, publish_template, write_template
from onboarding.templates.models import Phase
from tests.factories import make_department, make_employment, make_job_role
from tests.situations import Onboarding, a_colleague, a_place, a_running_checklist

SignIn = Callable[[Person], Person]


@pytest.fixture
def found(app: object) -> Onboarding:
    return a_running_checklist(starts_in=-3)


def held(person: Person, on: date | None = None) -> Employment:
    employment = find_employment(get_person(person.public_id), on=on or today())
    assert employment is not None
    return employment


def with_person(employment: Employment) -> Employment:
    session.refresh(employment, ["person"])
    return employment


def another_position_in(found: Onboarding, days: int, *, manager: Person | None = None, applies: bool = True) -> Employment:
    role = make_job_role("Vault keeper")
    template = write_template(name="For vaults", match=Match(job_roles=[role]), by=get_person(found.hr.public_id))
    add_task(template, text=TaskText("Meet the vault", Phase.FIRST_WEEK, offset_days=2, key="vault"), by=get_person(found.hr.public_id))
    publish_template(template, by=get_person(found.hr.public_id))
    now_held = with_person(held(found.new_hire))
    position = Position(role, now_held.department, now_held.location, now_held.employment_type, manager or now_held.manager)
    return change_position(now_held, position, starts_on=today() + timedelta(days=days), applies=applies, by=get_person(found.hr.public_id))


def vault() -> Task | None:
    return session.scalars(select(Task).where(Task.key == "vault")).one_or_none()


def at_noon_in(days: int) -> Any:
    return travel(f"{today() + timedelta(days=days)} 15:00:00 +0000", tick=False)


def twice(client: FlaskClient, address: str, data: dict[str, Any]) -> Any:
    shown = client.post(address, data=data)
    seen = html.document_fromstring(shown.text).get_element_by_id("seen").get("value")
    return client.post(address, data={**data, "seen": seen})


def test_a_position_of_later_takes_its_tasks_and_manager_on_its_day(found: Onboarding, mailbox: Any) -> None:
    new = a_colleague("Olívia Paz", Role.MANAGER)
    make_employment(new, location=a_place())
    another_position_in(found, 20, manager=new)
    carry_out_changes()
    assert (vault(), found.checklist.manager_id, found.task("talk").owner_id) == (None, found.manager.id, found.manager.id)
    assert "tasks_handed_over" not in [mail.name for mail in mailbox.to(new)]
    with at_noon_in(20):
        carry_out_changes()
        carry_out_changes()  # twice changes nothing
        assert vault() is not None
        assert (found.checklist.manager_id, found.task("talk").owner_id) == (new.id, new.id)
        assert found.checklist.employment_id == held(found.new_hire).id
    assert [mail.name for mail in mailbox.to(new)].count("tasks_handed_over") == 1


def test_without_the_tick_only_the_people_follow_on_the_day(found: Onboarding) -> None:
    another_position_in(found, 20, applies=False)
    with at_noon_in(21):
        carry_out_changes()
        assert vault() is None
        assert found.checklist.employment_id == held(found.new_hire).id


def test_the_preview_says_when(client: FlaskClient, sign_in: SignIn, found: Onboarding) -> None:
    sign_in(found.hr)
    now_held = held(found.new_hire)
    data = {
        "job_role": str(make_job_role("Vault keeper").public_id),
        "department": str(now_held.department.public_id),
        "location": str(now_held.location.public_id),
        "employment_type": "full_time",
        "manager": str(found.manager.public_id),
        "starts_on": "2099-12-31",
    }
    address = f"/people/{found.new_hire.public_id}/position"
    assert "All this happens on Thursday, December 31, 2099." in client.post(address, data=data).text
    assert "All this happens at once." in client.post(address, data={**data, "starts_on": today().isoformat()}).text


def test_a_correction_before_the_first_day_counts_at_once(app: object) -> None:
    found = a_running_checklist(starts_in=14)
    person = get_person(found.new_hire.public_id)
    before = with_person(held(person, today() + timedelta(days=14)))
    position = Position(before.job_role, make_department("Vaults"), before.location, before.employment_type, None)
    change_position(before, position, starts_on=before.valid_from, applies=True, by=get_person(found.hr.public_id))
    assert found.checklist.manager_id is None


def test_the_day_of_a_coming_change_moves_and_the_onboarding_goes_by_the_new_one(client: FlaskClient, sign_in: SignIn, found: Onboarding) -> None:
    another_position_in(found, 20)
    day = today() + timedelta(days=30)
    sign_in(found.hr)
    address = f"/people/{found.new_hire.public_id}/coming-change"
    assert f'{address}"' in client.get(f"/people/{found.new_hire.public_id}").text
    assert client.get(f"/people/{found.new_hire.public_id}/first-day").location.endswith(address)
    assert "Vault keeper" in client.get(address).text
    assert client.post(address, data={"starts_on": (today() - timedelta(days=3)).isoformat()}).status_code == 422
    assert twice(client, address, {"starts_on": day.isoformat()}).status_code == 302
    rows = employments_of(found.new_hire)
    assert (rows[0].valid_from, rows[0].valid_to) == (day, None)
    assert rows[1].valid_to == day - timedelta(days=1)
    assert rows[0].hired_on == rows[1].hired_on
    with at_noon_in(25):
        carry_out_changes()
        assert vault() is None
    with at_noon_in(30):
        carry_out_changes()
        assert vault() is not None


def test_a_coming_change_is_taken_back_and_what_held_goes_on_to_its_own_end(client: FlaskClient, sign_in: SignIn, found: Onboarding) -> None:
    ends_on = today() + timedelta(days=300)
    held(found.new_hire).valid_to = ends_on
    another_position_in(found, 20)
    sign_in(found.hr)
    address = f"/people/{found.new_hire.public_id}/coming-change/take-back"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason": ""}).status_code == 422
    assert client.post(address, data={"reason": "The branch stays open."}).status_code == 302
    assert [row.valid_to for row in employments_of(found.new_hire)] == [ends_on]
    assert found.checklist.state is ChecklistState.RUNNING
    assert client.get(address).status_code == 404
    with at_noon_in(25):
        carry_out_changes()
        assert vault() is None


def a_colleague_who_moves_in(days: int) -> tuple[Person, Employment, Checklist]:
    """A colleague who manages a new hire, and begins an onboarding in another position later."""
    found = a_running_checklist(starts_in=-3)
    make_employment(found.manager, location=a_place())
    later = make_employment(get_person(found.manager.public_id), location=a_place(), starts_on=today() + timedelta(days=days))
    onboarding.public.begin(get_person(found.manager.public_id), employment=later, manager=None, buddy=None, by=None)
    checklist = session.scalars(select(Checklist).where(Checklist.employment_id == later.id)).one()
    return found.manager, later, checklist


def test_the_first_day_of_a_transfer_moves_with_its_onboarding(app: object) -> None:
    person, later, checklist = a_colleague_who_moves_in(20)
    day = today() + timedelta(days=27)
    move_start(with_person(later), day, by=a_colleague("Iris Melo", Role.HR))
    session.expire_all()
    assert checklist.starts_on == day
    assert [(row.valid_from, row.valid_to) for row in employments_of(person)] == [(day, None), (date(2026, 1, 5), day - timedelta(days=1))]


def test_a_transfer_that_does_not_take_place_ends_its_onboarding_alone(app: object) -> None:
    person, later, checklist = a_colleague_who_moves_in(20)
    withdraw(with_person(later), reason="Stays where he is.", by=a_colleague("Iris Melo", Role.HR))
    session.expire_all()
    assert checklist.state is ChecklistState.CANCELLED
    assert session.scalars(select(Checklist).where(Checklist.kind == ChecklistKind.LEAVING)).first() is None
    theirs = session.scalars(select(Checklist).where(Checklist.manager_id == person.id)).all()
    assert [(each.state, each.manager_id) for each in theirs] == [(ChecklistState.RUNNING, person.id)]


def test_after_a_manager_has_left_the_onboarding_still_follows_a_change_of_position(found: Onboarding) -> None:
    own = make_employment(get_person(found.manager.public_id), location=a_place())
    leave(with_person(own), last_day=today() - timedelta(days=2), successor=None, reason="Moves abroad.", by=get_person(found.hr.public_id))
    with at_noon_in(2):
        another_position_in(found, 0)
        assert vault() is not None


def test_a_role_held_for_long_does_not_wait_for_a_day_that_moves(found: Onboarding) -> None:
    from core.people.moving import start_of_day
    from core.people.queries import open_grants

    grant = open_grants(found.new_hire)[0]
    begun = start_of_day(today() - timedelta(days=3), a_place())
    grant.begins_at = begun
    move_start(with_person(another_position_in(found, 20)), today() + timedelta(days=40), by=get_person(found.hr.public_id))
    assert open_grants(found.new_hire)[0].begins_at == begun


def test_what_a_transfer_must_learn_is_derived_when_it_begins(app: object) -> None:
    person, later, _checklist = a_colleague_who_moves_in(20)
    waits = session.scalars(select(ComingChange).where(ComingChange.employment_id == later.id)).one()
    carry_out_changes()
    assert waits.done_at is None
    with at_noon_in(20):
        carry_out_changes()
        assert waits.done_at is not None
    assert find_employment(get_person(person.public_id), on=today()) is not None
