"""Mentors: what they show, how often, when not; who is suggested and why; who takes over when one is away."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import current_app
from flask.testing import FlaskClient

import onboarding.public
from core.clock import today
from core.db import session
from core.errors import Invalid
from core.people.queries import employments_of, get_person
from core.people.rights import Role
from onboarding.mentors.actions import add_absence, pause
from onboarding.mentors.queries import find_mentor
from onboarding.mentors.suggestion import Candidate, Wanted, ranked
from onboarding.shadowing.models import SessionState
from onboarding.shadowing.queries import objectives
from tests.onboarding.shadows import SignIn, a_mentor, a_profile, a_scene
from tests.situations import a_colleague
from tests.training.situations import a_learner
from training.completions.actions import complete


def test_the_fittest_and_least_loaded_come_first_and_say_why() -> None:
    wanted = Wanted(objectives=frozenset({1, 2}), location_id=5, location="Paulista", language="pt", language_name="Portuguese", job_role_id=3)
    found = ranked(
        [
            Candidate(1, "Ana", skills=frozenset({1}), places=frozenset({5}), languages=frozenset({"pt"}), capacity=8, sessions=8),
            Candidate(2, "Bia", skills=frozenset({1, 2}), places=frozenset({5}), languages=frozenset({"pt"}), job_role_id=3, capacity=8, sessions=2),
            Candidate(3, "Caio", skills=frozenset({1, 2}), places=frozenset({5}), languages=frozenset({"pt"}), job_role_id=3, obstacles=("off",)),
            Candidate(4, "Davi", is_remote=True, capacity=8, sessions=0),
        ],
        wanted,
    )
    assert [one.candidate.name for one in found] == ["Bia", "Ana", "Davi", "Caio"]
    assert found[0].reasons == (
        "shows 2 of 2 objectives",
        "works in Paulista",
        "speaks Portuguese",
        "has the same job role",
        "2 of 8 sessions in four weeks taken",
    )
    assert not found[-1].can_be_asked


def test_a_mentor_keeps_their_own_profile_and_nobody_elses(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    sign_in(scene.mentor)
    skills = [str(row.public_id) for row in objectives()[:2]]
    data = {"skills": skills, "languages": ["pt", "en"], "weekly_sessions": "3", "is_remote": "y", "about": "Nine years."}
    assert client.get("/shadowing/mentors/mine").status_code == 200
    assert client.post("/shadowing/mentors/mine", data={**data, "weekly_sessions": "99"}).status_code == 422
    assert client.post("/shadowing/mentors/mine", data=data).status_code == 302
    own = find_mentor(scene.mentor.id)
    assert own is not None and own.weekly_sessions == 3
    address = f"/shadowing/mentors/{own.public_id}"
    assert client.get("/shadowing/mentors/mine").headers["Location"].endswith(address)
    assert client.post(address, data={**data, "weekly_sessions": "4", "version": "1"}).status_code == 302
    assert client.post(address, data={**data, "version": "1"}).status_code == 409
    assert client.post(f"{address}/days-off", data={"starts_on": "2030-01-10", "ends_on": "2030-01-09"}).status_code == 422
    assert client.post(f"{address}/days-off", data={"starts_on": "2030-01-10", "ends_on": "2030-01-12"}).status_code == 302
    assert client.post(f"{address}/pause", data={"first_day": "2030-02-01", "reason": "Parental leave"}).status_code == 302
    page = client.get(address).text
    assert "Parental leave" in page and "Pauses from" in page
    assert client.post(f"{address}/resume").status_code == 302
    sign_in(a_colleague("Rui Paz", Role.MENTOR))
    for act in ("", "/pause", "/resume", "/days-off"):
        assert client.post(f"{address}{act}", data=data).status_code == 404
    assert "Parental leave" not in client.get("/shadowing/mentors").text
    sign_in(scene.onboarding.hr)
    assert client.get(address).status_code == 200
    assert "Beatriz Moura" in client.get("/shadowing/mentors").text
    assert client.get("/shadowing/mentors/new").status_code == 200


def test_nobody_is_asked_for_more_than_their_week_holds_while_they_pause_or_are_off(client: FlaskClient) -> None:
    scene = a_scene(weekly_sessions=1)
    monday = today() + timedelta(days=14 - today().weekday())
    ago = -(monday - today()).days
    scene.session(days_ago=ago, accepted=False)
    with pytest.raises(Invalid, match="has 1 sessions in that week"):
        scene.session(days_ago=ago - 1, accepted=False)
    scene.session(days_ago=ago - 7, accepted=False)
    mentor = find_mentor(scene.mentor.id)
    assert mentor is not None
    me = get_person(scene.mentor.public_id)
    add_absence(mentor, starts_on=monday + timedelta(days=13), ends_on=monday + timedelta(days=15), by=me)
    with pytest.raises(Invalid, match="is off on"):
        scene.session(days_ago=ago - 14, accepted=False)
    pause(mentor, first_day=monday + timedelta(days=20), last_day=None, reason="", by=me)
    with pytest.raises(Invalid, match="pauses as a mentor"):
        scene.session(days_ago=ago - 21, accepted=False)


def test_a_mentor_who_pauses_or_leaves_leaves_no_session_without_somebody_being_asked(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene(weekly_sessions=5)
    planned, later = scene.session(days_ago=-5), scene.session(days_ago=-20)
    other = a_mentor("Otávio Reis", skills=list(objectives())[:2], languages=["en"])
    sign_in(scene.manager)
    assert "Every session ahead has its mentor" in client.get("/shadowing/mentors/to-reassign").text
    profile = find_mentor(scene.mentor.id)
    assert profile is not None
    pause(profile, first_day=today(), last_day=today() + timedelta(days=10), reason="", by=get_person(scene.mentor.public_id))
    page = client.get("/shadowing/mentors/to-reassign").text
    assert str(planned.public_id) in page and str(later.public_id) not in page
    employments_of(scene.mentor)[0].valid_to = today() + timedelta(days=15)
    session.flush()
    page = client.get("/shadowing/mentors/to-reassign").text
    assert str(later.public_id) in page
    with current_app.test_request_context():
        titles = [waiting.title for waiting in onboarding.public.waiting_for(scene.manager, on=today())]
    assert titles.count("Find another mentor for a shadowing session") == 2
    address = f"/shadowing/{planned.public_id}/reassign"
    page = client.get(address).text
    assert "shows 2 of 2 objectives" in page and "speaks English" in page
    assert client.post(address, data={"mentor": str(scene.mentor.id)}).status_code == 422
    assert client.post(address, data={"mentor": str(other.id)}).status_code == 302
    found = scene.fresh(planned)
    assert (found.mentor_id, found.state, found.mentor_accepted_at) == (other.id, SessionState.PROPOSED, None)
    assert "Otávio Reis instead of Beatriz Moura" in client.get(f"/shadowing/{planned.public_id}").text
    sign_in(scene.mentor)
    assert client.get(f"/shadowing/{planned.public_id}").status_code == 404


def test_suggestions_cost_the_same_for_two_and_for_twelve_mentors(client: Any, sign_in: SignIn) -> None:
    scene = a_scene(weekly_sessions=2)
    sign_in(scene.onboarding.hr)
    address = f"/shadowing/mentors/suggest?person={scene.new_hire.public_id}"
    counts = []
    for number in (1, 10):
        for each in range(number):
            a_mentor(f"Mentor {number} {each}", languages=["pt"])
        client.get(address)
        client.get(address)
        counts.append(client.last_statements)
    assert counts[0] == counts[1] <= 20, counts
    assert "Best fit" in client.get(address).text


def test_only_who_holds_the_course_on_the_day_shows_and_only_then_it_counts(client: FlaskClient, sign_in: SignIn) -> None:
    learner = a_learner(name="Carla Reis", starts_on=date(2020, 1, 6))
    complete(learner.person, learner.version, completed_on=today() - timedelta(days=355), by=None)  # valid for ten more days
    scene = a_scene(course_id=learner.course.id)
    with pytest.raises(Invalid, match="does not hold"):
        scene.session(days_ago=-3)
    a_profile(learner.person, weekly_sessions=5)
    scene.mentor = get_person(learner.person.public_id)
    scene.session(days_ago=-3)
    with pytest.raises(Invalid, match="does not hold"):
        scene.session(days_ago=-15)
    sign_in(scene.manager)
    page = client.get(f"/shadowing/mentors/suggest?person={scene.new_hire.public_id}&on={(today() + timedelta(days=15)).isoformat()}").text
    assert "which this programme asks of its mentors" in page
    other = a_mentor("Otávio Reis")
    past = scene.session(days_ago=1, mentor=other)
    scene.log(past)
    scene.sign(past)
    found = scene.fresh(past)
    assert found.was_qualified is False
    assert "does not count" in client.get(f"/shadowing/progress/{scene.participation.public_id}").text
