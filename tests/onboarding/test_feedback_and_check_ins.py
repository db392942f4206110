"""Feedback either way, and who reads it; check-ins of a new hire and their manager."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.clock import today
from core.db import session
from core.errors import NotAllowed
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.checkins.actions import follow_managers
from onboarding.checkins.models import CheckIn, CheckInState
from onboarding.feedback.actions import ask_for_feedback, decline_feedback, give_feedback
from onboarding.feedback.models import Feedback, Sight
from tests.onboarding.reviewing import Reviewed, a_review_near, waiting
from tests.situations import a_colleague

SignIn = Callable[[Person], Person]
pytestmark = pytest.mark.usefixtures("app")


def buddy(near: Reviewed) -> Person:
    return get_person(near.onboarding.buddy.public_id)


@pytest.mark.parametrize("sight", list(Sight))
@pytest.mark.parametrize("from_manager", [True, False])
def test_who_reads_feedback(client: FlaskClient, sign_in: SignIn, sight: Sight, from_manager: bool) -> None:
    near, other = a_review_near(), a_review_near(name="Otto Reis")
    author, receiver = (buddy(near), near.new_hire) if from_manager else (near.new_hire, near.manager)
    said = give_feedback(receiver, text="CANARY-SAID", sight=sight, by=author)
    shared = sight is Sight.SHARED
    readers = {
        "author": (author, True),
        "receiver": (receiver, True),
        "manager": (near.manager, shared or receiver.id == near.manager.id),
        "hr": (near.hr, shared),
        "auditor": (a_colleague("Aldo Reis", Role.AUDITOR), False),
        "other new hire": (other.new_hire, False),
        "other manager": (other.manager, False),
        "admin": (a_colleague("Adriana Luz", Role.ADMINISTRATOR), False),
    }
    for name, (viewer, reads) in readers.items():
        sign_in(viewer)
        assert client.get(f"/feedback/{said.public_id}").status_code == (200 if reads else 404), name
        about = client.get(f"/first-ninety-days/{near.new_hire.public_id}/feedback")
        everything = about.text + client.get("/feedback").text + client.get("/").text
        everything += client.get("/audit").text
        assert ("CANARY-SAID" in everything) is reads, name
    assert all("CANARY" not in f"{event.changes}{event.reason}" for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id)))


def test_feedback_is_asked_for_and_given_or_declined(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    near = a_review_near()
    sign_in(near.new_hire)
    page = client.get("/feedback/ask")
    assert near.manager.name in page.text and near.onboarding.buddy.name in page.text
    assert "Helena" not in page.text
    assert client.post("/feedback/ask", data={"of": str(near.manager.public_id), "question": ""}).status_code == 422
    assert client.post("/feedback/ask", data={"of": str(near.hr.public_id), "question": "Well?"}).status_code == 422
    assert client.post("/feedback/ask", data={"of": str(near.manager.public_id), "question": "How was my pitch?"}).status_code == 302
    asked = session.scalars(select(Feedback)).one()
    assert "Give the feedback you were asked for" in [item.title for item in waiting(near.manager)]
    sign_in(near.hr)
    assert client.get(f"/feedback/{asked.public_id}").status_code == 404
    sign_in(near.manager)
    address = f"/feedback/{asked.public_id}"
    assert "How was my pitch?" in client.get(address).text
    assert client.post(address, data={"text": " ", "sight": "private"}).status_code == 422
    assert client.post(address, data={"text": "Clear, and short.", "sight": "shared"}).status_code == 302
    assert client.post(address, data={"text": "Again.", "sight": "shared"}).status_code == 409
    told = [mail for mail in mailbox if mail.name == "feedback_given"]
    assert [mail.person_id for mail in told] == [near.new_hire.id]
    assert "Clear" not in told[0].text
    again = ask_for_feedback(near.manager, question="And now?", by=near.new_hire)
    decline_feedback(again, by=near.manager)
    decline_feedback(again, by=near.manager)
    assert not [item for item in waiting(near.manager) if "feedback" in item.title]


def test_feedback_goes_only_between_those_who_work_together(client: FlaskClient, sign_in: SignIn) -> None:
    near, other = a_review_near(), a_review_near(name="Otto Reis")
    for author, receiver in ((near.new_hire, other.new_hire), (other.manager, near.new_hire), (near.manager, near.hr)):
        with pytest.raises(NotAllowed):
            give_feedback(receiver, text="x", sight=Sight.PRIVATE, by=author)
    sign_in(near.onboarding.buddy)
    assert client.post("/feedback/give", data={"to": str(near.new_hire.public_id), "text": "Good.", "sight": "private"}).status_code == 302
    assert client.post("/feedback/give", data={"to": str(other.new_hire.public_id), "text": "Good.", "sight": "private"}).status_code == 422
    assert client.post("/feedback/give", data={"to": str(near.new_hire.public_id), "text": "Good.", "sight": "everybody"}).status_code == 422


def plan(near: Reviewed, **changes: Any) -> dict[str, Any]:
    day = today() + timedelta(days=7 - today().weekday())
    starts = datetime(day.year, day.month, day.day, 9)
    return {"starts": starts.isoformat(), "minutes": "30", "every": "7", "times": "4", "place": "Sala 2", "agenda": "The week"} | changes


def test_check_ins_repeat_with_invitations_and_leave_out_what_is_taken(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    near = a_review_near()
    address = f"/first-ninety-days/{near.new_hire.public_id}/check-ins"
    sign_in(near.manager)
    assert client.post(address, data=plan(near, every="0", times="1")).status_code == 302
    before = len([mail for mail in mailbox if mail.calendar is not None])
    assert client.post(address, data=plan(near, every="0", times="1")).status_code == 409
    assert client.post(address, data=plan(near, times="99")).status_code == 422
    assert client.post(address, data=plan(near)).status_code == 302
    assert session.query(CheckIn).count() == 4  # the first of the four was taken
    assert len([mail for mail in mailbox if mail.calendar is not None]) == before + 6
    page = client.get(address)
    assert page.status_code == 200
    assert client.last_statements <= 12


def test_both_write_in_a_check_in_and_nobody_else_reads_it(client: FlaskClient, sign_in: SignIn) -> None:
    near, other = a_review_near(), a_review_near(name="Otto Reis")
    everything = f"/first-ninety-days/{near.new_hire.public_id}/check-ins"
    sign_in(near.new_hire)
    assert client.post(everything, data=plan(near, every="0")).status_code == 302
    check_in = session.scalars(select(CheckIn)).one()
    address = f"/check-ins/{check_in.public_id}"
    first = {"agenda": "Clients", "notes": "CANARY-NOTES", "version": str(check_in.version)}
    assert client.post(address, data=first).status_code == 302
    sign_in(near.manager)
    assert "CANARY-NOTES" in client.get(address).text
    late = client.post(address, data={**first, "notes": "Mine"})
    assert late.status_code == 409
    assert "Mine" in late.text
    for stranger in (near.hr, near.onboarding.buddy, other.manager, other.new_hire, a_colleague("Aldo Reis", Role.AUDITOR)):
        sign_in(stranger)
        assert client.get(address).status_code == client.get(everything).status_code == 404
        assert client.post(address, data=first).status_code == client.post(f"{address}/cancel", data={"reason": "x"}).status_code == 404
    sign_in(near.manager)
    assert client.post(f"{address}/cancel", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/cancel", data={"reason": "A client came."}).status_code == 302
    assert client.post(f"{address}/cancel", data={"reason": "Again"}).status_code == 409


def test_talks_with_a_manager_of_before_are_called_off(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    sign_in(near.manager)
    client.post(f"/first-ninety-days/{near.new_hire.public_id}/check-ins", data=plan(near))
    near.report_to(a_colleague("Teresa Prates", Role.MANAGER))
    follow_managers()
    assert {row.state for row in session.scalars(select(CheckIn).order_by(CheckIn.id))} == {CheckInState.CANCELLED}
