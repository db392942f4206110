"""Development: what a role asks for, what is missing, what is planned, and the next step of the ladder."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.clock import today
from core.db import session
from core.people.models import Employment, JobRole, Person
from core.people.rights import Role
from onboarding.development.gaps import gaps
from onboarding.development.models import AssessedLevel, Competency, DevelopmentAction
from tests.factories import make_job_role
from tests.onboarding.reviewing import Reviewed, a_review_near
from tests.situations import a_colleague
from tests.training.situations import a_course

SignIn = Callable[[Person], Person]
pytestmark = pytest.mark.usefixtures("app")


def test_a_gap_is_what_is_expected_less_what_the_manager_saw_or_else_oneself() -> None:
    found = gaps({1: ("Advising", 4), 2: ("Leading", 2), 3: ("Selling", 3)}, own={1: 4, 2: 3}, seen={1: 2})
    assert [(gap.name, gap.missing) for gap in found] == [("Selling", 3), ("Advising", 2), ("Leading", 0)]


def described(client: FlaskClient, sign_in: SignIn, near: Reviewed) -> list[int]:
    """Let human resources say what the new hire's role and the one above ask for; the inner keys of the competencies."""
    sign_in(near.hr)
    assert client.post("/competencies/usual").status_code == client.post("/competencies/usual").status_code == 302
    keys = list(session.scalars(select(Competency.id).order_by(Competency.id)))
    role = session.scalars(select(Employment.job_role_id).where(Employment.person_id == near.new_hire.id)).one()
    above = make_job_role("Team lead of tests")
    own = session.get_one(JobRole, role).public_id
    assert client.get(f"/competencies/roles/{own}").status_code == 200
    assert client.post(f"/competencies/roles/{own}", data={f"level-{keys[0]}": "3", f"level-{keys[1]}": "9"}).status_code == 422
    assert client.post(f"/competencies/roles/{own}", data={f"level-{keys[0]}": "3"}).status_code == 302
    assert client.post(f"/competencies/roles/{above.public_id}", data={f"level-{keys[0]}": "4", f"level-{keys[4]}": "3"}).status_code == 302
    assert client.get("/competencies/ladder").status_code == 200
    twice = client.post("/competencies/ladder", data={"step-1": str(own), "step-2": str(own)})
    assert twice.status_code == 422
    assert client.post("/competencies/ladder", data={"step-1": str(own), "step-3": str(above.public_id)}).status_code == 302
    assert client.get("/competencies").status_code == 200
    return keys


def test_levels_are_seen_by_both_and_say_what_is_missing_for_the_next_step(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    keys = described(client, sign_in, near)
    address = f"/first-ninety-days/{near.new_hire.public_id}/development"
    for person, level in ((near.new_hire, "3"), (near.manager, "2"), (near.manager, "2")):
        sign_in(person)
        assert client.post(f"{address}/levels", data={f"level-{keys[0]}": level}).status_code == 302
    assert session.query(AssessedLevel).count() == 2  # the same again changes nothing
    page = client.get(address).text
    assert client.last_statements <= 12
    assert "1 level" in page
    assert "Next step: Team lead of tests" in page
    assert "Advising clients: level 4, now 2" in page
    assert "Leading people: level 3" in page
    assert client.post(f"{address}/levels", data={f"level-{keys[0]}": "7"}).status_code == 422
    sign_in(near.hr)
    assert client.get(address).status_code == 200
    assert client.post(f"{address}/levels", data={f"level-{keys[0]}": "5"}).status_code == 403


def test_the_plan_holds_shadowing_goals_and_other_things_until_they_are_done(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    address = f"/first-ninety-days/{near.new_hire.public_id}/development"
    due = (today() + timedelta(days=20)).isoformat()
    sign_in(near.new_hire)
    assert client.get(f"{address}/actions").status_code == 200
    for wrong in (
        {"kind": "course", "due_on": due},
        {"kind": "goal", "due_on": due},
        {"kind": "shadowing", "due_on": due},
        {"kind": "other", "title": "x", "due_on": "2020-01-01"},
    ):
        assert client.post(f"{address}/actions", data=wrong).status_code == 422, wrong
    assert client.post(f"{address}/actions", data={"kind": "shadowing", "title": "Closing a sale", "due_on": due}).status_code == 302
    action = session.scalars(select(DevelopmentAction)).one()
    assert "Closing a sale" in client.get(address).text
    assert client.post(f"/development/actions/{action.public_id}/finish").status_code == 302
    assert client.post(f"/development/actions/{action.public_id}/remove").status_code == 409
    course, _version = a_course()
    assert client.post(f"{address}/actions", data={"kind": "course", "course": str(course.public_id), "due_on": due}).status_code == 302
    assert f'{course.public_id}">{course.title}</a>' in client.get(address).text
    learning = session.scalars(select(DevelopmentAction).where(DevelopmentAction.course_id == course.id)).one()
    assert client.post(f"/development/actions/{learning.public_id}/finish").status_code == 409  # training says so
    assert client.post(f"/development/actions/{learning.public_id}/remove").status_code == 302
    sign_in(a_colleague("Aldo Reis", Role.AUDITOR))
    assert client.get(address).status_code == 404
    other = a_review_near(name="Otto Reis")
    for stranger in (other.manager, other.new_hire):
        sign_in(stranger)
        for page in ("", "/levels", "/actions"):
            assert client.get(f"{address}{page}").status_code == 404
        assert client.post(f"{address}/actions", data={"kind": "other", "title": "x", "due_on": due}).status_code == 404
        assert client.post(f"/development/actions/{action.public_id}/finish").status_code == 404
        assert client.get("/competencies").status_code == 403
