"""What somebody who leaves does for new hires stays theirs until the last day, and goes to another on the day after."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from time_machine import travel

from core.accounts.actions import open_account
from core.clock import today
from core.people.models import Employment, Person
from core.people.queries import find_employment, get_person, standing_employment
from core.people.rights import Role
from home.people.changing import leave
from home.people.tasks import lock_out_who_has_gone
from onboarding.changes.tasks import carry_out_changes
from tests.factories import make_employment
from tests.situations import Onboarding, a_colleague, a_place, a_running_checklist

SignIn = Callable[[Person], Person]


@pytest.fixture
def found(app: object) -> Onboarding:
    return a_running_checklist(manager=a_colleague("Marcos Vidal", Role.MANAGER), starts_in=-3)


def employed(person: Person, manager: Person | None = None) -> Employment:
    return make_employment(get_person(person.public_id), location=a_place(), manager=manager)


def leaves_in(found: Onboarding, days: int, successor: Person | None) -> None:
    own = find_employment(found.manager, on=today()) or employed(found.manager)
    own = standing_employment(get_person(found.manager.public_id), on=today()) or own
    leave(own, last_day=today() + timedelta(days=days), successor=successor, reason="Moves abroad.", by=get_person(found.hr.public_id))


def at_noon_in(days: int) -> Any:
    return travel(f"{today() + timedelta(days=days)} 15:00:00 +0000", tick=False)


def test_what_is_open_goes_to_the_successor_on_the_day_after_the_last_day_and_not_before(found: Onboarding, mailbox: Any) -> None:
    successor = a_colleague("Dora Luz", Role.MANAGER)
    employed(successor)
    leaves_in(found, 20, successor)
    carry_out_changes()
    assert found.task("talk").owner_id == found.manager.id
    assert found.checklist.manager_id == found.manager.id
    assert "tasks_handed_over" not in [mail.name for mail in mailbox.to(successor)]
    with at_noon_in(20):
        carry_out_changes()
        assert found.task("talk").owner_id == found.manager.id
    with at_noon_in(21):
        carry_out_changes()
        carry_out_changes()  # twice changes nothing
        assert found.task("talk").owner_id == successor.id
        assert found.checklist.manager_id == successor.id
    assert [mail.name for mail in mailbox.to(successor)].count("tasks_handed_over") == 1
    assert "tasks_handed_over" not in [mail.name for mail in mailbox.to(found.manager)]


def test_human_resources_hears_of_it_once_and_ahead(found: Onboarding, mailbox: Any) -> None:
    successor, other = a_colleague("Dora Luz", Role.MANAGER), a_colleague("Iris Melo", Role.HR)
    employed(successor)
    leaves_in(found, 20, successor)
    with at_noon_in(22):
        carry_out_changes()
        lock_out_who_has_gone()
    told = [mail.text for mail in mailbox.to(other) if mail.name == "colleague_leaves"]
    assert len(told) == 1
    assert "stays with them until then" in told[0]
    assert "Dora Luz becomes the manager of these new hires: Nina Alves." in told[0]
    assert "need another manager" not in told[0]


def test_the_preview_says_on_which_day_and_who_takes_over(client: FlaskClient, sign_in: SignIn, found: Onboarding) -> None:
    successor = a_colleague("Dora Luz", Role.MANAGER)
    employed(successor)
    employed(found.manager)
    sign_in(found.hr)
    data = {"last_day": "2099-12-30", "successor": str(successor.public_id), "reason": "Moves abroad."}
    text = client.post(f"/people/{found.manager.public_id}/end", data=data).text
    assert "still open on December 31, 2099, it goes to Dora Luz" in text
    assert "On December 31, 2099 Dora Luz becomes the manager of these new hires: Nina Alves." in text
    assert "need another manager" not in text
    text = client.post(f"/people/{found.manager.public_id}/end", data={**data, "successor": ""}).text
    assert "it goes to human resources" in text
    assert "these new hires need another manager, buddy or contact: Nina Alves." in text
    yesterday = {**data, "last_day": (today() - timedelta(days=2)).isoformat()}
    assert "goes to Dora Luz at once" in client.post(f"/people/{found.manager.public_id}/end", data=yesterday).text


def test_who_was_to_take_over_and_left_as_well_gets_nothing(found: Onboarding) -> None:
    above, successor = a_colleague("Olga Sá", Role.MANAGER), a_colleague("Dora Luz", Role.MANAGER)
    employed(above)
    employed(successor)
    employed(found.manager, manager=above)
    leaves_in(found, 20, successor)
    gone = standing_employment(get_person(successor.public_id), on=today())
    assert gone is not None
    leave(gone, last_day=today() + timedelta(days=5), successor=above, reason="Studies.", by=get_person(found.hr.public_id))
    with at_noon_in(21):
        carry_out_changes()
        assert found.task("talk").owner_id == above.id


def test_another_successor_named_later_is_the_one(found: Onboarding) -> None:
    first, second = a_colleague("Dora Luz", Role.MANAGER), a_colleague("Olga Sá", Role.MANAGER)
    employed(first)
    employed(second)
    leaves_in(found, 20, first)
    leaves_in(found, 20, second)
    with at_noon_in(21):
        carry_out_changes()
        assert found.task("talk").owner_id == second.id


def test_who_starts_after_the_manager_has_gone_starts_under_the_successor(app: object) -> None:
    found = a_running_checklist(manager=a_colleague("Marcos Vidal", Role.MANAGER), starts_in=40)
    successor = a_colleague("Dora Luz", Role.MANAGER)
    employed(successor)
    leaves_in(found, 10, successor)
    with at_noon_in(41):
        held = find_employment(get_person(found.new_hire.public_id), on=today())
        assert held is not None
        assert held.manager_id == successor.id


def test_a_gone_colleague_with_an_account_passes_on_by_what_was_written_down(found: Onboarding) -> None:
    successor = a_colleague("Dora Luz", Role.MANAGER)
    employed(successor)
    open_account(get_person(found.manager.public_id), password="a long enough one")
    leaves_in(found, 20, successor)
    with at_noon_in(23):
        lock_out_who_has_gone()
        assert found.task("talk").owner_id == successor.id
