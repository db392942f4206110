"""Times are looked for and offered, the candidate picks one or none, and the interview stands in everybody's calendar."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from core.accounts.links import issue_link
from core.accounts.models import Purpose
from core.calendars.booking import Attendee, book
from core.calendars.hours import Habits, set_meeting_hours
from core.calendars.messages import uid_of
from core.calendars.models import BookingKind
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, WrongState
from core.people.models import Person
from core.people.queries import get_person
from hiring.applications.actions import decline_application
from hiring.applications.models import Application, DeclineReason
from hiring.applications.queries import application_of_link, get_application
from hiring.interviews.actions import move_interview
from hiring.interviews.models import Interview, InterviewKind
from hiring.interviews.policy import owes_card
from hiring.interviews.queries import cards_owed, get_interview, interviews_of
from hiring.scheduling.actions import Frame, free_times_of, offer_times, pick_time
from hiring.scheduling.changing import change_time
from hiring.scheduling.finding import Wanted
from hiring.scheduling.models import ProposalState, TimeProposal
from hiring.scheduling.queries import get_proposal
from hiring.scheduling.reminding import ask_for_cards, remind_of_interviews
from tests.conftest import Mailbox
from tests.hiring.test_interviews import MONDAY, Scene
from tests.situations import an_application

SignIn = Callable[[Person], object]
HOUR = timedelta(hours=1)
FRAME = Frame("America/Sao_Paulo", place="Sala 2")


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def offered(scene: Scene, *rounds: Wanted, times: tuple[datetime, ...] = (MONDAY, MONDAY + 2 * HOUR), of: Application | None = None) -> TimeProposal:
    return offer_times(of or scene.application, rounds or (first(scene, [scene.livia]),), times, frame=FRAME, by=scene.recruiter)


def first(scene: Scene, *seats: list[Person], minutes: int = 60, kind: InterviewKind = InterviewKind.FIRST) -> Wanted:
    return Wanted(scene.stages[0], kind, minutes, seats)


def as_candidate(scene: Scene) -> Application:
    session.flush()
    session.expire_all()
    return application_of_link(scene.application.public_id)


def private_address(scene: Scene) -> str:
    token = issue_link(Purpose.APPLICATION, person=scene.application.candidate.person, subject_id=scene.application.public_id)
    session.commit()
    return f"/my-application/{token}"


def test_a_recruiter_finds_times_offers_them_and_the_candidate_picks_one(
    scene: Scene, client: FlaskClient, sign_in: SignIn, sign_out: Callable[[], None], mailbox: Mailbox
) -> None:
    candidate = scene.application.candidate.person
    own = private_address(scene)
    sign_in(scene.recruiter)
    address = f"/applications/{scene.application.public_id}/times"
    fields = {
        "first_day": "2031-03-03",
        "last_day": "2031-03-04",
        "time_zone": "America/Sao_Paulo",
        "rounds-0-stage": str(scene.stages[0].public_id),
        "rounds-0-kind": "first",
        "rounds-0-minutes": "60",
        "rounds-0-everybody": [str(scene.livia.public_id)],
        "rounds-0-one_of": [str(scene.omar.public_id), str(scene.recruiter.public_id)],
    }
    assert "Offer times" in client.get(f"/applications/{scene.application.public_id}").text
    assert client.get(f"{address}/new?rounds=3").text.count("Round ") >= 3
    assert client.post(f"{address}/new", data=fields | {"last_day": "2031-03-01", "act": "find"}).status_code == 422
    assert client.post(f"{address}/new", data=fields | {"time_zone": "Mars/Olympus", "act": "find"}).status_code == 422
    assert client.post(f"{address}/new", data=fields | {"last_day": "9999-12-31", "act": "find"}).status_code == 422
    found = client.post(f"{address}/new", data=fields | {"act": "find"})
    times = re.findall(r'name="times"[^>]*value="([^"]+)"', found.text)
    assert times[0] == "2031-03-03T12:00:00+00:00"
    assert len(times) == 2 * 17  # 9:00 to 17:00, every half hour
    assert client.post(f"{address}/new", data=fields | {"act": "offer"}).status_code == 422
    assert client.post(f"{address}/new", data=fields | {"act": "offer", "times": times[:3]}).status_code == 302
    shown = client.get(address)
    assert "Waits for the candidate" in shown.text
    assert "Lívia Prates, Omar Dias" in shown.text

    sign_out()
    proposal = session.scalars(select(TimeProposal)).one()
    assert f"/times/{proposal.public_id}" in client.get(own).text
    page = client.get(f"{own}/times/{proposal.public_id}?zone=Europe/Lisbon").text
    assert "12:00–13:00" in page
    assert "Lívia" not in page
    assert client.post(f"{own}/times/{proposal.public_id}", data={}).status_code == 422
    for odd in ("soon", "0001-01-01T00:00:00+14:00"):
        assert client.post(f"{own}/times/{proposal.public_id}", data={"time": odd}).status_code == 422
    assert client.post(f"{own}/times/{proposal.public_id}", data={"time": "2031-03-03T12:17:00+00:00"}).status_code == 404
    assert client.post(f"{own}/times/{proposal.public_id}", data={"time": times[1]}).status_code == 302
    assert client.post(f"{own}/times/{proposal.public_id}", data={"time": times[1]}).status_code == 302  # pressed twice
    assert "9:30" in client.get(own).text
    assert (
        "Your time is Monday, March 3, 2031, 12:30–13:30 (Europe/Lisbon)" in client.get(f"{own}/times/{proposal.public_id}?zone=Europe/Lisbon").text
    )
    assert client.post(f"{own}/times/{proposal.public_id}", data={"time": times[2]}).status_code == 302  # another one, of the same event
    assert [mail.name for mail in mailbox.to(scene.livia)] == ["calendar_invitation", "calendar_change"]
    interview = session.scalars(select(Interview)).one()
    assert "10:00" in client.get(own).text
    application = as_candidate(scene)
    with time_machine.travel(MONDAY - 20 * HOUR, tick=False), pytest.raises(WrongState):  # too near
        change_time(get_proposal(proposal.public_id, application=application), MONDAY, application=application)
    for reader in (candidate, scene.livia, scene.recruiter):  # of those of whom one sits, the first with the fewest interviews
        assert [mail.name for mail in mailbox.to(reader) if mail.calendar] == ["calendar_invitation", "calendar_change"]
    assert not mailbox.to(scene.omar)
    assert [mail.name for mail in mailbox.to(scene.recruiter)][-1] == "interview_time_picked"
    sign_in(scene.recruiter)
    assert f"/interviews/{interview.public_id}" in client.get(address).text


def test_what_is_taken_meanwhile_is_no_longer_shown_and_cannot_be_picked(scene: Scene) -> None:
    proposal = offered(scene)
    book(
        "Visit",
        kind=BookingKind.MEETING,
        starts_at=MONDAY,
        ends_at=MONDAY + HOUR,
        time_zone="UTC",
        attendees=[Attendee(scene.livia)],
        organiser=scene.livia,
        by=None,
    )
    application = as_candidate(scene)
    proposal = get_proposal(proposal.public_id, application=application)
    assert [free.starts_at for free in free_times_of(proposal, application)] == [MONDAY + 2 * HOUR]
    with pytest.raises(Conflict, match="Someone else"):
        pick_time(proposal, MONDAY, application=application)
    assert pick_time(proposal, MONDAY + 2 * HOUR, application=application)
    with pytest.raises(Conflict, match="not free any more"):
        scene.recruiter = get_person(scene.recruiter.public_id)
        offered(scene, times=(MONDAY,), of=get_application(scene.application.public_id, viewer=scene.recruiter))


def test_the_cap_of_a_day_is_kept_between_offers_of_several_candidates(scene: Scene) -> None:
    set_meeting_hours(scene.livia, Habits(daily_cap=1, buffer_minutes=0), by=scene.livia)
    proposal = offered(scene)
    other = get_application(an_application(scene.application.posting, name="Bia Lemos").public_id, viewer=scene.recruiter)
    theirs = offered(scene, of=other)
    application = as_candidate(scene)
    pick_time(get_proposal(proposal.public_id, application=application), MONDAY, application=application)
    other = application_of_link(other.public_id)
    assert free_times_of(get_proposal(theirs.public_id, application=other), other) == []


def test_several_rounds_of_one_day_are_booked_together(scene: Scene) -> None:
    rounds = (first(scene, [scene.livia], minutes=45), first(scene, [scene.omar], [scene.livia], kind=InterviewKind.PANEL))
    proposal = offered(scene, *rounds, times=(MONDAY,))
    application = as_candidate(scene)
    pick_time(get_proposal(proposal.public_id, application=application), MONDAY, application=application)
    session.flush()
    session.expire_all()
    booked = interviews_of(application)
    assert [(each.booking.starts_at - MONDAY, len(each.seats)) for each in booked] == [(timedelta(0), 1), (HOUR, 2)]
    assert all(each.booking.place == "Sala 2" for each in booked)


def test_none_of_the_times_is_an_answer_that_waits_for_the_team(scene: Scene, client: FlaskClient, sign_in: SignIn) -> None:
    proposal = offered(scene)
    own = private_address(scene)
    assert client.post(f"{own}/times/{proposal.public_id}/none", data={"text": "Only after six."}).status_code == 302
    assert "Only after six." in client.get(f"{own}/messages").text
    assert client.post(f"{own}/times/{proposal.public_id}/none", data={}).status_code == 409
    assert "/times/" not in client.get(own).text
    sign_in(scene.recruiter)
    assert "None of the times suits" in client.get(f"/applications/{scene.application.public_id}/times").text


def test_what_cannot_be_a_round_is_refused(scene: Scene) -> None:
    for wrong in (first(scene), first(scene, []), first(scene, [scene.livia], kind=InterviewKind.PANEL)):
        with pytest.raises(Invalid):
            offered(scene, wrong)
    with pytest.raises(Invalid):
        offered(scene, times=())
    with pytest.raises(Conflict):
        offered(scene, times=(MONDAY - 6 * HOUR,))  # four in the morning


def test_what_was_offered_is_taken_back_and_ends_with_the_application(scene: Scene, client: FlaskClient, sign_in: SignIn) -> None:
    proposal, other = offered(scene), offered(scene)
    session.commit()
    sign_in(scene.recruiter)
    address = f"/applications/{scene.application.public_id}/times/{proposal.public_id}/withdraw"
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 409
    scene.recruiter = get_person(scene.recruiter.public_id)
    application = get_application(scene.application.public_id, viewer=scene.recruiter)
    decline_application(application, by=scene.recruiter, reason=DeclineReason.OTHER)
    session.expire_all()
    assert {session.get_one(TimeProposal, each.id).state for each in (proposal, other)} == {ProposalState.WITHDRAWN}
    scene.recruiter = get_person(scene.recruiter.public_id)


def test_who_declines_owes_no_card_the_recruiter_is_told_and_another_sits_instead(
    scene: Scene, client: FlaskClient, sign_in: SignIn, mailbox: Mailbox
) -> None:
    interview = scene.schedule(scene.livia)
    address, event = f"/interviews/{interview.public_id}", uid_of(interview.booking)
    answer = f"/calendar/bookings/{interview.booking.public_id}/answer"
    session.commit()
    session.expire_all()
    recruiter, livia, omar = (get_person(each.public_id) for each in (scene.recruiter, scene.livia, scene.omar))
    sign_in(livia)
    assert client.post(answer, data={"answer": "declined"}).status_code == 302
    assert [mail.name for mail in mailbox.to(recruiter)][-1] == "calendar_declined"
    with time_machine.travel(MONDAY + 2 * HOUR, tick=False):
        assert not cards_owed(livia, now=now())
        assert not owes_card(livia, [get_interview(interview.public_id, viewer=get_person(recruiter.public_id))])
    sign_in(recruiter)
    assert "declined" in client.get(address).text
    shown = client.get(f"{address}/interviewers").text
    assert "Lívia Prates (declined)" in shown
    assert client.post(f"{address}/interviewers", data={}).status_code == 422
    assert client.post(f"{address}/interviewers", data={"interviewers": [str(omar.public_id)]}).status_code == 302
    (invited,) = mailbox.to(omar)
    assert event.encode() in invited.calendar
    assert [mail.name for mail in mailbox.to(livia)] == ["calendar_invitation", "calendar_cancellation"]
    assert [seat.person_id for seat in get_interview(interview.public_id, viewer=get_person(recruiter.public_id)).seats] == [omar.id]


def test_everybody_is_reminded_once_before_and_of_cards_only_after(scene: Scene, mailbox: Mailbox) -> None:
    interview = scene.schedule()
    session.flush()

    def reminded(at: datetime, act: Callable[[], int]) -> int:
        session.expire_all()
        with time_machine.travel(at, tick=False):
            return act()

    assert reminded(MONDAY - 25 * HOUR, remind_of_interviews) == 0
    assert [reminded(MONDAY - 23 * HOUR, remind_of_interviews) for _time in range(2)] == [1, 0]
    assert sum(mail.name == "interview_reminder" for mail in mailbox) == 3
    interview = get_interview(interview.public_id, viewer=get_person(scene.recruiter.public_id))
    recruiter = get_person(scene.recruiter.public_id)
    with time_machine.travel(MONDAY - 22 * HOUR, tick=False):
        move_interview(interview, starts_at=MONDAY + HOUR, ends_at=MONDAY + 2 * HOUR, by=recruiter)
    session.flush()
    assert reminded(MONDAY - 20 * HOUR, remind_of_interviews) == 1  # of the new time
    assert reminded(MONDAY + HOUR, ask_for_cards) == 0
    assert [reminded(MONDAY + 23 * HOUR, ask_for_cards) for _time in range(2)] == [2, 0]
    asked = [mail for mail in mailbox if mail.name == "scorecard_reminder"]
    assert {mail.person_id for mail in asked} == {scene.livia.id, scene.omar.id}
