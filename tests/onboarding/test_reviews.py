"""Reviews: derived, assessed without seeing each other, met, agreed on, signed and sealed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from babel.dates import format_date
from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.calendars.models import Booking, BookingKind, BookingState
from core.calendars.queries import attendees_of
from core.clock import today
from core.db import session
from core.documents.queries import documents_about
from core.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from core.mail.models import OutgoingMail
from core.people.models import EmploymentType, JobRole, Location, Person
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.checklists.actions import cancel_checklist
from onboarding.moments import Moment
from onboarding.reviews.agreeing import Agreement, agree_on_action, ask_for_change, consent_to_end, finish_action, keep_agreement, put_forward
from onboarding.reviews.assessing import Words, amend_assessment, keep_assessment, send_assessment
from onboarding.reviews.deriving import cancel_review, derive_reviews, set_probation
from onboarding.reviews.due import planned
from onboarding.reviews.models import JobDescription, Outcome, Review, ReviewMove, ReviewState, Side
from onboarding.reviews.queries import finished_reviews
from onboarding.reviews.signing import close_unsigned
from onboarding.reviews.tasks import follow_reviews
from tests.onboarding.reviewing import OWN, THEIRS, Reviewed, a_review_near, waiting
from tests.situations import a_colleague, a_running_checklist

SignIn = Callable[[Person], Person]
pytestmark = pytest.mark.usefixtures("app")
SAO_PAULO = Location(name="Paulista", country="BR", region="SP")


def test_reviews_fall_on_business_days_and_the_end_of_probation_is_one_of_them() -> None:
    # the thirtieth day is Saturday 2026-10-31, the sixtieth Monday, the ninetieth Wednesday
    plain = planned(date(2026, 10, 2), probation_days=None, location=SAO_PAULO)
    assert [(plan.moment, plan.due_on) for plan in plain] == [
        (Moment.DAY_30, date(2026, 10, 30)),
        (Moment.DAY_60, date(2026, 11, 30)),
        (Moment.DAY_90, date(2026, 12, 30)),
    ]
    assert [plan.moment for plan in planned(date(2026, 10, 2), probation_days=45, location=None)][1] is Moment.PROBATION
    assert Moment.PROBATION not in {plan.moment for plan in planned(date(2026, 10, 2), probation_days=90, location=None)}


def test_an_onboarding_begins_with_its_reviews_and_they_follow_its_first_day() -> None:
    found = a_running_checklist()
    reviews = session.scalars(select(Review).where(Review.checklist_id == found.checklist.id).order_by(Review.due_on)).all()
    assert [review.moment for review in reviews] == [Moment.DAY_30, Moment.DAY_60, Moment.DAY_90]
    before = reviews[0].due_on
    found.checklist.starts_on += timedelta(days=14)
    session.flush()
    follow_reviews()
    session.expire_all()
    assert reviews[0].due_on == before + timedelta(days=14)
    follow_reviews()
    assert session.query(Review).where(Review.checklist_id == found.checklist.id).count() == 3
    cancel_checklist(found.checklist, reason="She withdrew.", by=get_person(found.hr.public_id))
    session.expire_all()
    assert {review.state for review in reviews} == {ReviewState.CANCELLED}


def test_a_probation_of_its_own_length_gets_a_review_overnight_and_loses_it_when_it_is_taken_back(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    moments = select(Review.moment).where(Review.checklist_id == found.checklist.id, Review.state == ReviewState.OPEN).order_by(Review.due_on)
    sign_in(found.hr)
    assert client.get("/reviews/probation").status_code == 200
    assert client.post("/reviews/probation", data={"full_time": "5"}).status_code == 422
    assert client.post("/reviews/probation", data={"full_time": "45"}).status_code == 302
    follow_reviews()
    assert session.scalars(moments).all() == [Moment.DAY_30, Moment.PROBATION, Moment.DAY_60, Moment.DAY_90]
    set_probation(EmploymentType.FULL_TIME, days=None, by=get_person(found.hr.public_id))
    follow_reviews()
    assert Moment.PROBATION not in session.scalars(moments).all()
    with pytest.raises(NotAllowed):
        set_probation(EmploymentType.FULL_TIME, days=45, by=get_person(found.manager.public_id))


def test_both_are_asked_once_two_weeks_ahead(mailbox: Any) -> None:
    near = a_review_near()
    follow_reviews()
    follow_reviews()
    asked = [mail for mail in mailbox if mail.name == "review_asked"]
    assert {mail.person_id for mail in asked} == {near.new_hire.id, near.manager.id}
    assert len(asked) == 2
    own = [item.title for item in waiting(near.new_hire)]
    assert "Write your assessment" in own
    assert "Write your assessment" in [item.title for item in waiting(near.manager)]


def test_what_is_typed_is_kept_and_another_window_is_told(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    sign_in(near.new_hire)
    address = f"{near.address}/assessment"
    assert client.get(address).status_code == 200
    kept = client.post(f"{address}/draft", data={"achievements": OWN, "version": "0"})
    assert kept.status_code == 204
    assert OWN in client.get(address).text
    assert client.post(f"{address}/draft", data={"achievements": "Other", "version": "0"}).status_code == 409
    answer = client.post(address, data={"achievements": OWN, "difficulties": "", "version": kept.headers["X-Kept-Version"], "step": "send"})
    assert answer.status_code == 422
    assert "Say what was difficult" in answer.text
    whole = {"achievements": OWN, "difficulties": "Reports", "mark": "4", "version": kept.headers["X-Kept-Version"]}
    assert client.post(address, data={**whole, "step": "send"}).status_code == 302
    assert client.post(f"{address}/draft", data=whole).status_code == 409
    assert client.get(address).status_code == 302


def _everything_read(client: FlaskClient, near: Reviewed, viewer: Person) -> str:
    """Every page of the first ninety days that the viewer may open, what waits for them, and their mails."""
    checklist = near.onboarding.checklist.public_id
    pages = [near.address, f"{near.address}/assessment", f"{near.address}/assessment/amend", f"{near.address}/agreement"]
    pages += [
        f"/first-ninety-days/{near.new_hire.public_id}",
        "/first-ninety-days",
        "/",
        f"/onboarding/{checklist}",
        "/audit",
    ]
    pages += [f"/people/{near.new_hire.public_id}"]
    read = "".join(client.get(address).text for address in pages)
    titles = "".join(f"{item.title} {item.about}" for item in waiting(get_person(viewer.public_id)))
    mails = session.scalars(select(OutgoingMail).where(OutgoingMail.person_id == viewer.id).order_by(OutgoingMail.id))
    return read + titles + "".join(mail.subject + mail.text + mail.html for mail in mails)


def test_an_assessment_is_hidden_from_everybody_else_until_both_are_sent(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    auditor, hr = a_colleague("Aldo Reis", Role.AUDITOR), near.hr
    send_assessment(near.review, Words(OWN, "Reports", "", 4), by=near.new_hire)
    amend_assessment(near.review, Words(OWN, "Long reports", "", 4), reason="CANARY-OWN reason", by=near.new_hire)
    keep_assessment(near.review, Words(THEIRS, "", "", None), by=near.manager)
    for viewer, hidden, shown in (
        (near.manager, "CANARY-OWN", "CANARY-MANAGER"),
        (near.new_hire, "CANARY-MANAGER", "CANARY-OWN"),
        (hr, "CANARY", ""),
        (auditor, "CANARY", ""),
    ):
        sign_in(viewer)
        read = _everything_read(client, near, viewer)
        assert hidden not in read, viewer.name
        assert shown in read, viewer.name
    trail = session.scalars(select(AuditEvent).where(AuditEvent.name.startswith("onboarding.review")).order_by(AuditEvent.id)).all()
    assert trail
    assert all("CANARY" not in f"{event.changes}{event.reason}" for event in trail)
    send_assessment(near.review, Words(THEIRS, "Writes", "", 3), by=near.manager)
    assert near.review.state is ReviewState.ASSESSED
    sign_in(hr)
    assert client.get(f"/first-ninety-days/{near.new_hire.public_id}").text.count("Sent on") == 2
    for viewer in (near.manager, near.new_hire, hr):
        sign_in(viewer)
        text = client.get(near.address).text
        assert "CANARY-OWN" in text
        assert "CANARY-MANAGER" in text
    sign_in(auditor)
    assert "CANARY" not in _everything_read(client, near, auditor)


def test_strangers_find_nothing(client: FlaskClient, sign_in: SignIn) -> None:
    near, other = a_review_near(), a_review_near(name="Otto Reis")
    near.both_send()
    for stranger in (other.new_hire, other.manager, near.onboarding.buddy):
        sign_in(stranger)
        for page in ("", "/assessment", "/assessment/amend", "/meeting", "/agreement", "/document"):
            assert client.get(f"{near.address}{page}").status_code == 404, page
        for act in ("/sign", "/object", "/assessment", "/assessment/draft", "/meeting", "/meeting/cancel", "/agreement", "/agreement/actions"):
            assert client.post(f"{near.address}{act}", data={"reason": "x"}).status_code == 404, act
        assert client.get(f"/first-ninety-days/{near.new_hire.public_id}").status_code == 404
    sign_in(other.manager)
    assert "Nina" not in client.get("/first-ninety-days").text
    sign_in(near.onboarding.buddy)
    assert client.get("/first-ninety-days").status_code == 403


def test_what_is_sent_is_amended_only_with_a_reason_and_says_what_it_said(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    near.both_send()
    sign_in(near.manager)
    address = f"{near.address}/assessment/amend"
    assert client.get(address).status_code == 200
    version = near.review.assessment_of(Side.MANAGER).version  # type: ignore[union-attr]
    data = {"achievements": "Learns fast.", "difficulties": "Writes much.", "mark": "4", "version": str(version)}
    assert client.post(address, data=data).status_code == 422
    assert client.post(address, data={**data, "reason": "I had the wrong month."}).status_code == 302
    sign_in(near.new_hire)
    text = client.get(near.address).text
    assert "I had the wrong month." in text
    assert THEIRS in text
    assert "Learns fast." in text
    near.put_forward()
    with pytest.raises(WrongState):
        amend_assessment(near.review, Words("A", "B", "", 1), reason="Late", by=near.manager)


def test_the_meeting_is_booked_in_both_calendars_moved_and_cancelled(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    near = a_review_near()
    near.both_send()
    sign_in(near.manager)
    address = f"{near.address}/meeting"
    page = client.get(address)
    assert page.status_code == 200
    assert client.last_statements <= 14
    slots = [line.split('value="')[1].split('"')[0] for line in page.text.splitlines() if 'type="radio"' in line and 'value="2' in line]
    assert len(slots) >= 2
    assert client.post(address, data={"time": "", "minutes": "60", "place": "Sala 2"}).status_code == 422
    assert client.post(address, data={"time": slots[0], "minutes": "60"}).status_code == 422
    assert client.post(address, data={"time": slots[0], "minutes": "60", "place": "Sala 2"}).status_code == 302
    booked = session.scalars(select(Booking).where(Booking.subject_id == near.review.public_id)).one()
    assert booked.kind is BookingKind.MEETING
    invited = [mail for mail in mailbox if mail.calendar is not None]
    assert {mail.person_id for mail in invited} == {near.new_hire.id, near.manager.id}
    sign_in(near.new_hire)
    assert client.post(address, data={"time": slots[1], "minutes": "60"}).status_code == 302
    assert client.post(f"{address}/cancel", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/cancel", data={"reason": "I am ill."}).status_code == 302
    session.expire_all()
    assert booked.state is BookingState.CANCELLED
    steps = session.scalars(select(ReviewMove.step).where(ReviewMove.review_id == near.review.id).order_by(ReviewMove.id)).all()
    assert steps[-3:] == ["meeting_booked", "meeting_moved", "meeting_cancelled"]
    assert client.post(address, data={"time": slots[0], "minutes": "60", "place": "Sala 2"}).status_code == 302


def test_what_was_agreed_is_signed_by_both_and_sealed_for_anyone_to_check(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    role = session.scalars(select(JobRole).order_by(JobRole.id.desc()).limit(1)).one()
    role.duties = "Looks after clients."
    near.both_send()
    sign_in(near.manager)
    address = f"{near.address}/agreement"
    page = client.get(address)
    assert page.status_code == 200
    words = {"successes": "Clients stay.", "improvements": "Reports.", "job_description": "Looks after forty clients."}
    due = (today() + timedelta(days=10)).isoformat()
    action = {"text": "Watch two closings", "owner": str(near.new_hire.public_id), "due_on": due}
    assert client.post(f"{address}/actions", data={**action, "due_on": "2020-01-01"}).status_code == 422
    assert client.post(f"{address}/actions", data={**action, "owner": str(near.hr.public_id).replace("4", "5")}).status_code == 422
    assert client.post(f"{address}/actions", data=action).status_code == 302
    assert client.post(address, data={**words, "step": "forward"}).status_code == 422  # how it goes on is missing
    assert client.post(address, data={**words, "outcome": "continue", "step": "keep", "version": "1"}).status_code == 409
    typed = client.post(f"{address}/draft", data={**words, "successes": "Half a sen", "version": str(near.review.version)})
    assert (typed.status_code, typed.headers["X-Kept-Version"]) == (204, str(near.review.version))
    assert "Half a sen" in client.get(address).text
    assert client.post(address, data={**words, "outcome": "continue", "step": "forward"}).status_code == 302
    assert client.post(f"{address}/actions", data=action).status_code == 403
    read = near.review.agreed_mark
    assert client.post(f"{near.address}/sign", data={"typed_name": "Somebody", "read": read}).status_code == 422
    assert client.post(f"{near.address}/sign", data={"typed_name": near.manager.name, "read": "old"}).status_code == 409
    assert client.post(f"{near.address}/sign", data={"typed_name": near.manager.name, "read": read}).status_code == 302
    assert client.post(f"{near.address}/sign", data={"typed_name": near.manager.name, "read": read}).status_code == 302  # a double click
    assert near.review.state is ReviewState.AGREED
    sign_in(near.new_hire)
    assert client.post(f"{near.address}/sign", data={"typed_name": near.new_hire.name.lower(), "read": read}).status_code == 302
    review = near.review
    assert review.state is ReviewState.SIGNED
    assert set(finished_reviews([near.new_hire.id])) == {(near.new_hire.id, Moment.DAY_30)}
    paper = client.get(f"{near.address}/document")
    assert paper.data.startswith(b"%PDF")
    code = documents_about(review.public_id)[0].code
    assert near.new_hire.name in client.get(f"/verify/{code}").text
    assert "Clients stay" not in client.get(f"/verify/{code}").text
    kept = session.scalars(select(JobDescription).where(JobDescription.person_id == near.new_hire.id)).one()
    assert (kept.number, kept.text, kept.role_duties) == (1, "Looks after forty clients.", "Looks after clients.")
    assert "Watch two closings" in [item.title for item in waiting(near.new_hire)]
    done = near.review.actions[0].public_id
    assert client.post(f"/reviews/actions/{done}/finish").status_code == 302
    assert "Watch two closings" not in [item.title for item in waiting(near.new_hire)]
    assert client.post(f"/reviews/actions/{done}/reopen").status_code == 302
    sign_in(a_colleague("Aldo Reis", Role.AUDITOR))
    text = client.get(near.address).text
    assert "Goes on as planned" in text
    assert "Clients stay" not in text and "Watch two closings" not in text and "CANARY" not in text
    assert client.get(f"{near.address}/document").status_code == 404
    assert "forty clients" not in client.get(f"/first-ninety-days/{near.new_hire.public_id}").text


def test_a_change_asked_for_takes_signatures_back() -> None:
    near = a_review_near()
    near.both_send()
    near.put_forward()
    near.sign(near.manager)
    with pytest.raises(Invalid):
        ask_for_change(near.review, objection=" ", by=near.new_hire)
    ask_for_change(near.review, objection="The reports are short by now.", by=near.new_hire)
    session.flush()
    assert near.review.state is ReviewState.ASSESSED
    assert not near.review.signatures
    near.put_forward()
    near.both_sign()
    assert near.review.state is ReviewState.SIGNED


def test_an_end_needs_a_reason_and_the_consent_of_somebody_else_in_human_resources(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    near = a_review_near()
    near.both_send()
    with pytest.raises(Invalid):
        near.put_forward(Outcome.END)
    near.put_forward(Outcome.END, end_reason="Not enough clients kept.")
    assert near.hr.id in {mail.person_id for mail in mailbox if mail.name == "review_to_consent"}
    with pytest.raises(WrongState, match="consented"):
        near.sign(near.new_hire)
    for person in (near.manager, near.new_hire):
        with pytest.raises(NotAllowed):
            consent_to_end(near.review, by=person)
    assert "Consent to what a review proposes" in [item.title for item in waiting(near.hr)]
    sign_in(near.hr)
    assert "Not enough clients kept." in client.get(near.address).text
    assert client.post(f"{near.address}/consent").status_code == 302
    near.both_sign()
    assert near.review.state is ReviewState.SIGNED
    later = session.scalars(select(Review.state).where(Review.checklist_id == near.onboarding.checklist.id, Review.moment != Moment.DAY_30))
    assert set(later) == {ReviewState.CANCELLED}


def test_who_stands_in_for_a_manager_does_not_consent_to_their_own_proposal() -> None:
    near = a_review_near()
    near.both_send()
    near.report_to(None)
    review = near.review
    put_forward(review, Agreement("A", "B", "C", Outcome.END, end_reason="No."), by=near.hr)
    with pytest.raises(NotAllowed):
        consent_to_end(near.review, by=near.hr)
    consent_to_end(near.review, by=a_colleague("Olga Prates", Role.HR))
    near.sign(near.new_hire)
    near.sign(near.hr)
    assert near.review.state is ReviewState.SIGNED


def test_who_does_something_agreed_on_finds_it_without_reading_the_review(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    near.both_send()
    buddy = get_person(near.onboarding.buddy.public_id)
    action = agree_on_action(near.review, text="Show two closings", owner=buddy, due_on=today(), by=near.manager)
    address = f"/reviews/actions/{action.public_id}"
    near.put_forward()
    near.both_sign()
    sign_in(buddy)
    assert [item.url for item in waiting(buddy) if item.title == "Show two closings"] == [address]
    page = client.get(address)
    assert "Show two closings" in page.text and "CANARY" not in page.text
    assert client.get(near.address).status_code == 404
    assert client.post(f"{address}/finish").status_code == 302
    assert "Undo" in client.get(address).text
    for stranger in (a_colleague("Aldo Reis", Role.AUDITOR), a_colleague("Olga Prates", Role.BUDDY)):
        sign_in(stranger)
        assert client.get(address).status_code == client.post(f"{address}/finish").status_code == 404


def test_a_manager_of_human_resources_does_not_consent_to_their_own_proposal() -> None:
    manager = a_colleague("Marta Vidal", Role.MANAGER, Role.HR)
    near = a_review_near(manager=manager)
    near.both_send()
    near.put_forward(Outcome.END, end_reason="No.")
    with pytest.raises(NotAllowed):
        consent_to_end(near.review, by=near.manager)


def test_an_extension_needs_a_later_day_and_ends_with_another_review() -> None:
    near = a_review_near()
    near.both_send()
    for day in (None, today(), today() - timedelta(days=1)):
        with pytest.raises(Invalid):
            near.put_forward(Outcome.EXTEND, extended_to=day)
    near.put_forward(Outcome.EXTEND, extended_to=today() + timedelta(days=120))
    near.both_sign()
    added = near.of(Moment.PROBATION)
    assert added.round == 2
    assert added.due_on <= today() + timedelta(days=120)
    follow_reviews()
    assert near.of(Moment.PROBATION).state is ReviewState.OPEN


def test_the_last_review_says_how_the_employment_goes_on() -> None:
    near = a_review_near(began=80)
    for other in (Moment.DAY_30, Moment.DAY_60):
        cancel_review(near.of(other), by=None)
    send_assessment(near.of(Moment.DAY_90), Words("A", "B", "", 3), by=near.new_hire)
    send_assessment(near.of(Moment.DAY_90), Words("A", "B", "", 3), by=near.manager)
    with pytest.raises(Invalid, match="last review"):
        put_forward(near.of(Moment.DAY_90), Agreement("A", "B", "C", Outcome.CONTINUE), by=near.manager)
    put_forward(near.of(Moment.DAY_90), Agreement("A", "B", "C", Outcome.CONFIRM), by=near.manager)


def test_a_new_manager_takes_over_what_is_not_sent_and_the_meeting(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    keep_assessment(near.review, Words(THEIRS, "", "", None), by=near.manager)
    sign_in(near.manager)
    page = client.get(f"{near.address}/meeting")
    slot = next(line.split('value="')[1].split('"')[0] for line in page.text.splitlines() if 'type="radio"' in line and 'value="2' in line)
    assert client.post(f"{near.address}/meeting", data={"time": slot, "minutes": "60", "place": "Sala 2"}).status_code == 302
    follower = a_colleague("Teresa Prates", Role.MANAGER)
    near.report_to(follower)
    sign_in(near.manager)
    assert client.get(near.address).status_code == 404
    sign_in(follower)
    assert THEIRS in client.get(f"{near.address}/assessment").text
    follow_reviews()
    session.flush()
    booked = session.scalars(select(Booking).where(Booking.subject_id == near.review.public_id)).one()
    invited = {row.person_id for row in attendees_of(booked)}
    assert invited == {near.new_hire.id, follower.id}
    send_assessment(near.review, Words(THEIRS, "B", "", 3), by=get_person(follower.public_id))
    with pytest.raises(NotFound):
        send_assessment(near.review, Words("A", "B", "", 3), by=near.manager)


def test_human_resources_closes_what_a_new_hire_does_not_sign() -> None:
    near = a_review_near()
    near.both_send()
    near.put_forward()
    with pytest.raises(NotAllowed):
        close_unsigned(near.review, reason="She left the room.", by=near.hr)
    near.sign(near.manager)
    with pytest.raises(Invalid):
        close_unsigned(near.review, reason="", by=near.hr)
    close_unsigned(near.review, reason="She left the room.", by=near.hr)
    assert near.review.state is ReviewState.SIGNED


def test_late_reviews_stand_first_for_human_resources(client: FlaskClient, sign_in: SignIn) -> None:
    late, fresh = a_review_near(name="Lia Tarde", began=40), a_review_near(name="Otto Cedo", began=1)
    sign_in(late.hr)
    page = client.get("/first-ninety-days?overdue=1")
    assert "Lia Tarde" in page.text and "Otto Cedo" not in page.text
    everybody = client.get("/first-ninety-days").text
    assert everybody.index("Lia Tarde") < everybody.index("Otto Cedo")
    assert "should be signed already" in everybody
    assert fresh.review.due_on > today()


def test_the_list_costs_as_many_statements_for_twelve_as_for_two(client: FlaskClient, sign_in: SignIn) -> None:
    first = a_review_near(name="Person A")
    a_review_near(name="Person B", hr=first.onboarding.hr, manager=first.onboarding.manager)
    sign_in(first.hr)
    client.get("/first-ninety-days")
    two = client.last_statements
    for number in range(10):
        a_review_near(name=f"Person {number}", hr=first.onboarding.hr, manager=first.onboarding.manager)
    client.get("/first-ninety-days")
    assert client.last_statements == two <= 12
    client.get(first.address)
    assert client.last_statements <= 12
    client.get(f"/first-ninety-days/{first.new_hire.public_id}")
    assert client.last_statements <= 12


def test_things_are_refused_that_are_somebody_elses(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near()
    near.both_send()
    with pytest.raises(NotAllowed):
        agree_on_action(near.review, text="A", owner=near.new_hire, due_on=today(), by=near.new_hire)
    action = agree_on_action(near.review, text="A", owner=near.new_hire, due_on=today(), by=near.manager)
    with pytest.raises(NotAllowed):
        finish_action(action, by=near.new_hire)  # nothing is signed yet
    with pytest.raises(Conflict):
        keep_agreement(near.review, Agreement("", "", "", None), by=near.manager, version=1)
    derive_reviews(near.onboarding.checklist, by=None)
    sign_in(near.hr)
    assert client.get(f"{near.address}/agreement").status_code == 403
    assert client.get(f"{near.address}/assessment").status_code == 404


def test_a_review_that_is_far_ahead_says_when_it_is_asked_for(client: FlaskClient, sign_in: SignIn) -> None:
    near = a_review_near(began=2)
    sign_in(near.manager)
    asked_on = format_date(near.review.due_on - timedelta(days=14), "long", locale="en")
    assert f"Both are asked for their assessments on {asked_on}" in client.get(near.address).text
    later = a_review_near(name="Otto Reis")
    sign_in(later.manager)
    assert "Both are asked for their assessments" not in client.get(later.address).text
