"""Interviewers who have left, or may no longer interview: whoever schedules is told once, sees it, and puts somebody else in their place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from core.accounts.models import Account
from core.calendars.models import Answer
from core.clock import now, today
from core.db import session
from core.people.actions import end_role
from core.people.models import Employment, Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import decline_application
from hiring.applications.models import DeclineReason
from hiring.interviews.actions import cancel_interview, move_interview
from hiring.interviews.cards import Findings, keep_card
from hiring.public import waiting_for
from hiring.scheduling.reminding import tell_of_seats_to_fill
from hiring.scheduling.seats import change_interviewers
from tests.conftest import Mailbox
from tests.factories import make_employment
from tests.hiring.pages_costs import statements
from tests.hiring.test_interview_changes import anew, answer
from tests.hiring.test_interviews import MONDAY, Scene
from tests.hiring.test_scheduling import HOUR
from tests.situations import a_colleague


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def loses_the_role(person: Person) -> None:
    end_role(get_person(person.public_id), Role.INTERVIEWER, by=None)


def is_not_employed_any_more(person: Person) -> None:
    for row in session.scalars(select(Employment).where(Employment.person_id == person.id)):
        row.valid_to = today() - timedelta(days=1)


def has_no_account_any_more(person: Person) -> None:
    session.add(Account(person_id=person.id, email=person.email, closed_at=now()))


def waits(scene: Scene, person: Person | None = None) -> list[str]:
    session.flush()
    session.expire_all()
    viewer = get_person((person or scene.recruiter).public_id)
    with current_app.test_request_context():
        return [each.title for each in waiting_for(viewer, on=today()) if each.kind == "Interviews"]


LEAVING = [loses_the_role, is_not_employed_any_more, has_no_account_any_more]


@pytest.mark.parametrize("leave", LEAVING)
def test_the_recruiter_is_told_once_and_puts_somebody_else_in_their_place(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person], mailbox: Mailbox, leave: Callable[[Person], None]
) -> None:
    make_employment(scene.livia)
    make_employment(scene.omar)
    interview = scene.schedule(scene.livia)
    assert tell_of_seats_to_fill() == 0 and waits(scene) == []
    leave(scene.livia)
    session.flush()
    assert [tell_of_seats_to_fill(), tell_of_seats_to_fill()] == [1, 0]
    told = mailbox.to(scene.recruiter)[-1]
    assert told.name == "interviewer_missing" and "Lívia Prates" in told.text and f"/interviews/{interview.public_id}/interviewers" in told.text
    assert len(waits(scene)) == 1 and "Lívia Prates" in waits(scene)[0]
    assert waits(scene, a_colleague("Sonia Reis", Role.RECRUITER)) == []
    session.commit()
    sign_in(get_person(scene.recruiter.public_id))
    page = f"/interviews/{interview.public_id}"
    assert "Lívia Prates has left or may no longer interview." in client.get(page).text
    assert statements(client, page) <= 12
    offered = client.get(f"{page}/interviewers").text
    assert "Lívia Prates (may no longer interview)" in offered and " checked" not in offered
    chosen = {"interviewers": [str(get_person(scene.omar.public_id).public_id)]}
    assert client.post(f"{page}/interviewers", data=chosen).status_code == 302
    assert "may no longer interview" not in client.get(page).text
    assert waits(scene) == [] and tell_of_seats_to_fill() == 0


def test_only_interviews_that_are_still_to_come_and_count_on_them_are_told_of(scene: Scene) -> None:
    cancelled, declined = scene.schedule(scene.livia), scene.schedule(scene.livia, starts_at=MONDAY + 3 * HOUR)
    standing = scene.schedule(scene.livia, starts_at=MONDAY + 6 * HOUR)
    answer(declined, scene.livia, Answer.DECLINED)
    found, recruiter = anew(cancelled, scene.recruiter)
    cancel_interview(found, reason="Ill", by=recruiter)
    loses_the_role(scene.livia)
    assert len(waits(scene)) == 1
    found, recruiter = anew(standing, scene.recruiter)
    move_interview(found, starts_at=MONDAY + 7 * HOUR, ends_at=MONDAY + 8 * HOUR, by=recruiter)
    assert [tell_of_seats_to_fill(), tell_of_seats_to_fill()] == [1, 0]
    decline_application(found.application, by=recruiter, reason=DeclineReason.OTHER)
    assert waits(scene) == []
    with time_machine.travel(MONDAY + 8 * HOUR, tick=False):
        assert waits(scene) == []


def test_who_called_the_interview_is_told_when_the_recruiter_has_left_as_well(scene: Scene, mailbox: Mailbox) -> None:
    scene.schedule(scene.livia)
    other = a_colleague("Sonia Reis", Role.RECRUITER)
    scene.application.posting.recruiter_id = other.id
    session.flush()
    session.expire_all()
    loses_the_role(scene.livia)
    end_role(get_person(other.public_id), Role.RECRUITER, by=None)
    session.flush()
    assert tell_of_seats_to_fill() == 1
    assert mailbox.to(scene.recruiter)[-1].name == "interviewer_missing"


def test_a_card_somebody_began_before_they_left_keeps_nobody_from_replacing_them(scene: Scene) -> None:
    interview = scene.schedule(scene.livia)
    found, livia = anew(interview, scene.livia)
    keep_card(found, findings=Findings(), criteria=[], by=livia)
    loses_the_role(scene.livia)
    found, recruiter = anew(interview, scene.recruiter)
    change_interviewers(found, [get_person(scene.omar.public_id)], by=recruiter)
    assert [seat.person_id for seat in anew(interview, scene.recruiter)[0].seats] == [scene.omar.id]
