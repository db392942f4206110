"""Who reads about a candidate because they interview, until when, and who moves an interview somebody else has moved."""

from collections.abc import Callable

import pytest
import time_machine
from flask.testing import FlaskClient

from core.calendars.models import Answer
from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.interviews.actions import cancel_interview, note_no_show
from hiring.interviews.models import Interview
from hiring.scheduling.changing import change_time
from hiring.scheduling.queries import get_proposal
from hiring.scheduling.seats import change_interviewers
from tests.hiring.test_interview_changes import AFTER, DURING, anew, answer, picked
from tests.hiring.test_interviews import MONDAY, Scene
from tests.hiring.test_scheduling import HOUR, as_candidate, offered
from tests.situations import a_colleague


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def readable(client: FlaskClient, interview: Interview, application_id: object) -> set[int]:
    """How the pages about interview and candidate answer whoever is signed in."""
    places = [f"/interviews/{interview.public_id}{place}" for place in ("", "/resume", "/scorecard")]
    return {client.get(place).status_code for place in [*places, f"/applications/{application_id}/debrief"]}


def test_a_cancelled_interview_shows_its_interviewers_nothing_of_the_candidate_any_more(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]
) -> None:
    interview, key = scene.schedule(), scene.application.public_id
    session.commit()
    sign_in(get_person(scene.livia.public_id))
    assert readable(client, interview, key) == {200}
    found, recruiter = anew(interview, scene.recruiter)
    cancel_interview(found, reason="Ill", by=recruiter)
    session.commit()
    assert readable(client, interview, key) == {404}
    assert "Ana Souza" not in client.get("/interviews").text
    assert "Ana Souza" not in client.get("/search?words=Ana").text
    assert client.get(f"/applications/{key}").status_code == 403
    assert client.post(f"/applications/{key}/notes/new", data={"text": "Who was that?"}).status_code == 403
    sign_in(get_person(scene.recruiter.public_id))
    assert client.get(f"/interviews/{interview.public_id}").status_code == 200, "who sees the posting goes on seeing it"


def test_who_declined_reads_about_the_candidate_only_while_they_may_still_come(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]
) -> None:
    interview, key = scene.schedule(), scene.application.public_id
    answer(interview, scene.livia, Answer.DECLINED)
    session.commit()
    with time_machine.travel(DURING, tick=False):
        sign_in(get_person(scene.livia.public_id))
        assert client.get(f"/interviews/{interview.public_id}/resume").status_code == 200
    with time_machine.travel(AFTER, tick=False):
        sign_in(get_person(scene.livia.public_id))
        assert readable(client, interview, key) == {404}
        assert "Ana Souza" not in client.get("/interviews").text
        sign_in(get_person(scene.omar.public_id))
        assert readable(client, interview, key) == {200}


def test_who_was_replaced_reads_nothing_and_who_waited_for_nobody_does(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]
) -> None:
    interview, key = scene.schedule(), scene.application.public_id
    answer(interview, scene.livia, Answer.DECLINED)
    found, recruiter = anew(interview, scene.recruiter)
    change_interviewers(found, [get_person(scene.omar.public_id)], by=recruiter)
    session.commit()
    sign_in(get_person(scene.livia.public_id))
    assert readable(client, interview, key) == {404}
    with time_machine.travel(AFTER, tick=False):
        found, omar = anew(interview, scene.omar)
        note_no_show(found, by=omar)
        session.commit()
        sign_in(get_person(scene.omar.public_id))
        assert client.get(f"/interviews/{interview.public_id}").status_code == 200, "they may yet say that the candidate came after all"


def test_a_recruiter_does_not_undo_what_the_candidate_has_just_changed(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]
) -> None:
    proposal = offered(scene)
    interview = picked(scene, proposal)
    seen = anew(interview, scene.recruiter)[0].booking.version
    application = as_candidate(scene)
    change_time(get_proposal(proposal.public_id, application=application), MONDAY + 2 * HOUR, application=application)
    session.commit()
    sign_in(get_person(scene.recruiter.public_id))
    wanted, page = {"starts": "2031-03-04T11:15", "minutes": "60"}, f"/interviews/{interview.public_id}/move"
    assert client.post(page, data=wanted).status_code == 422, "it does not say what was seen"
    refused = client.post(page, data={**wanted, "version": str(seen)})
    assert refused.status_code == 409
    assert "Monday, March 3, 2031, 12:00" in refused.text and "2031-03-04T11:15" in refused.text
    now_seen = anew(interview, scene.recruiter)[0].booking.version
    assert f'name="version" value="{now_seen}"' in refused.text
    session.commit()
    assert client.post(page, data={**wanted, "version": str(now_seen)}).status_code == 302
    sign_in(a_colleague("Sonia Reis", Role.INTERVIEWER))
    assert client.get(page).status_code == 403
