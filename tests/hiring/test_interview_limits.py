"""Interviews typed by hand: who keeps room between conversations, or has enough of them that day, is named before they are booked all the same."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from core.calendars.hours import Habits, set_meeting_hours
from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from hiring.interviews.models import Interview
from tests.hiring.test_interview_changes import anew
from tests.hiring.test_interviews import Scene


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def booked() -> int:
    return session.scalar(select(func.count()).select_from(Interview)) or 0


def test_a_time_too_near_to_another_conversation_is_booked_only_all_the_same(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]
) -> None:
    scene.schedule(scene.livia)  # from 10:00 to 11:00
    page = f"/applications/{scene.application.public_id}/interviews/new"
    typed = {"stage": str(scene.stages[0].public_id), "kind": "first", "starts": "2031-03-03T11:05", "minutes": "30"}
    typed |= {"time_zone": "America/Sao_Paulo", "place": "Room Ipê"}
    livia, omar = str(scene.livia.public_id), str(scene.omar.public_id)
    session.commit()
    sign_in(get_person(scene.recruiter.public_id))
    assert "Book all the same" not in client.get(page).text
    refused = client.post(page, data={**typed, "interviewers": [livia, omar]})
    assert refused.status_code == 422
    assert "Lívia Prates keeps 15 minutes free" in refused.text and "Omar Dias keeps" not in refused.text
    assert "Room Ipê" in refused.text and 'name="anyway"' in refused.text and booked() == 1
    clash = client.post(page, data={**typed, "starts": "2031-03-03T10:30", "interviewers": [livia]})
    assert clash.status_code == 409, "nobody is booked twice, whatever is ticked"
    assert client.post(page, data={**typed, "starts": "2031-03-03T10:30", "interviewers": [livia], "anyway": "y"}).status_code == 409
    assert client.post(page, data={**typed, "interviewers": [livia], "anyway": "y"}).status_code == 302
    assert booked() == 2
    assert client.post(page, data={**typed, "starts": "2031-03-03T14:00", "interviewers": [livia]}).status_code == 302


def test_a_day_that_is_full_is_named_and_an_interview_does_not_stand_in_its_own_way(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]
) -> None:
    interview = scene.schedule(scene.livia)
    set_meeting_hours(scene.livia, Habits(daily_cap=1), by=scene.livia)
    version = anew(interview, scene.recruiter)[0].booking.version
    page = f"/applications/{scene.application.public_id}/interviews/new"
    typed = {"stage": str(scene.stages[0].public_id), "kind": "first", "starts": "2031-03-03T16:00", "minutes": "30"}
    typed |= {"time_zone": "America/Sao_Paulo", "interviewers": str(scene.livia.public_id)}
    session.commit()
    sign_in(get_person(scene.recruiter.public_id))
    refused = client.post(page, data=typed)
    assert refused.status_code == 422 and "Lívia Prates holds at most 1" in refused.text
    moved = {"starts": "2031-03-03T10:10", "minutes": "60", "version": str(version)}
    assert client.post(f"/interviews/{interview.public_id}/move", data=moved).status_code == 302
    assert client.post(page, data={**typed, "starts": "2031-03-04T16:00"}).status_code == 302
    version = anew(interview, scene.recruiter)[0].booking.version
    session.commit()
    moved = {"starts": "2031-03-04T11:00", "minutes": "60", "version": str(version)}
    refused = client.post(f"/interviews/{interview.public_id}/move", data=moved)
    assert refused.status_code == 422 and "holds at most 1" in refused.text
    assert client.post(f"/interviews/{interview.public_id}/move", data={**moved, "anyway": "y"}).status_code == 302
