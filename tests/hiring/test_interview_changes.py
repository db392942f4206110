"""What changes after an interview was offered or booked: people leave, decline or come back, and what was found does not vanish or leak."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from core.calendars.booking import Attendee, answer_booking, book
from core.calendars.models import Answer, BookingKind
from core.clock import now
from core.db import session
from core.errors import Conflict, NotFound, WrongState
from core.people.models import Person, RoleGrant
from core.people.queries import get_person
from core.people.rights import Role
from hiring.debrief.models import PanelDecision, PanelVerdict
from hiring.interviews.actions import cancel_interview, move_interview
from hiring.interviews.cards import Findings, keep_card, send_card
from hiring.interviews.gates import missing_cards
from hiring.interviews.models import Interview, InterviewKind
from hiring.interviews.policy import visible_cards
from hiring.interviews.queries import get_interview
from hiring.scheduling.actions import free_times_of, pick_time
from hiring.scheduling.changing import change_time, other_times_of
from hiring.scheduling.models import TimeProposal
from hiring.scheduling.queries import get_proposal
from hiring.scheduling.seats import change_interviewers
from hiring.screening.queries import criteria_of
from hiring.stages.actions import remove_stage
from tests.conftest import Mailbox
from tests.hiring.test_interviews import GOOD, MONDAY, Scene
from tests.hiring.test_scheduling import HOUR, as_candidate, first, offered, private_address

DURING, AFTER = MONDAY + timedelta(minutes=30), MONDAY + 2 * HOUR


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def anew(interview: Interview, viewer: Person) -> tuple[Interview, Person]:
    """The interview as somebody finds it in a request of their own."""
    session.flush()
    session.expire_all()
    person = get_person(viewer.public_id)
    return get_interview(interview.public_id, viewer=person), person


def answer(interview: Interview, viewer: Person, said: Answer) -> None:
    found, person = anew(interview, viewer)
    answer_booking(found.booking, person, answer=said, by=person)


def send(interview: Interview, viewer: Person, findings: Findings = GOOD) -> None:
    found, person = anew(interview, viewer)
    send_card(found, findings=findings, criteria=criteria_of(found.application.posting_id), by=person)


def picked(scene: Scene, proposal: TimeProposal) -> Interview:
    application = as_candidate(scene)
    (interview,) = pick_time(get_proposal(proposal.public_id, application=application), MONDAY, application=application)
    return interview


def the_panel_says(scene: Scene, verdict: PanelVerdict) -> None:
    session.add(
        PanelDecision(application_id=scene.application.id, verdict=verdict, reason="Seen", decided_by=scene.recruiter, cards=[], fingerprint="a")
    )
    session.flush()


def test_nobody_is_booked_who_interviews_no_more_when_the_candidate_picks(scene: Scene) -> None:
    alone, either = offered(scene), offered(scene, first(scene, [scene.livia, scene.omar]))
    for grant in session.scalars(select(RoleGrant).where(RoleGrant.person_id == scene.livia.id)):
        grant.ended_at = now()
    application = as_candidate(scene)
    assert not free_times_of(get_proposal(alone.public_id, application=application), application)
    found, _recruiter = anew(picked(scene, either), scene.recruiter)
    assert [seat.person_id for seat in found.seats] == [scene.omar.id]


def test_a_final_interview_is_not_picked_any_more_when_the_panel_has_changed_its_mind(scene: Scene) -> None:
    the_panel_says(scene, PanelVerdict.RECOMMENDED)
    proposal = offered(scene, first(scene, [scene.livia], kind=InterviewKind.EXECUTIVE))
    application = as_candidate(scene)
    assert free_times_of(get_proposal(proposal.public_id, application=application), application)
    the_panel_says(scene, PanelVerdict.NOT_RECOMMENDED)
    application = as_candidate(scene)
    assert not free_times_of(get_proposal(proposal.public_id, application=application), application)
    with pytest.raises(Conflict) as refusal:
        picked(scene, proposal)
    assert "panel" not in str(refusal.value), "the candidate reads nothing of what the panel thinks"


def test_a_picked_time_is_not_said_to_be_theirs_once_the_interview_is_cancelled(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]
) -> None:
    proposal, own = offered(scene), private_address(scene)
    choice = {"time": MONDAY.isoformat()}
    assert client.post(f"{own}/times/{proposal.public_id}", data=choice).status_code == 302
    interview = session.scalars(select(Interview)).one()
    sign_in(scene.recruiter)
    assert client.post(f"/interviews/{interview.public_id}/cancel", data={"reason": "Ill"}).status_code == 302
    refused = client.post(f"{own}/times/{proposal.public_id}", data=choice)
    assert refused.status_code == 409
    assert "not open any more" in refused.text


def test_a_time_offered_for_a_stage_that_was_removed_is_picked_for_the_one_in_its_place(scene: Scene) -> None:
    proposal, posting = offered(scene), scene.application.posting
    remove_stage(scene.stages[0], posting, into=scene.stages[1], by=scene.recruiter, version=posting.version)
    found, _recruiter = anew(picked(scene, proposal), scene.recruiter)
    assert found.stage_id == scene.stages[1].id


def test_the_candidate_is_offered_no_other_time_at_which_somebody_who_is_asked_anew_is_busy(scene: Scene) -> None:
    proposal = offered(scene, first(scene, [scene.livia], [scene.omar]))
    interview = picked(scene, proposal)
    answer(interview, scene.omar, Answer.DECLINED)
    omar, later = get_person(scene.omar.public_id), MONDAY + 2 * HOUR
    book(
        "Visit", kind=BookingKind.MEETING, starts_at=later, ends_at=later + HOUR, time_zone="UTC", attendees=[Attendee(omar)], organiser=omar, by=omar
    )
    application = as_candidate(scene)
    proposal = get_proposal(proposal.public_id, application=application)
    assert not other_times_of(proposal, application)
    with pytest.raises(Conflict) as refusal:
        change_time(proposal, later, application=application)
    assert "Omar" not in str(refusal.value), "candidates read nobody's calendar"


def test_moving_to_the_same_time_says_so_and_tells_nobody(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person], mailbox: Mailbox
) -> None:
    interview = scene.schedule()
    session.commit()
    sign_in(scene.recruiter)
    seen = {"starts": "2031-03-03T10:00", "version": str(anew(interview, scene.recruiter)[0].booking.version)}
    refused = client.post(f"/interviews/{interview.public_id}/move", data={**seen, "minutes": "60"})
    assert refused.status_code == 422
    assert "planned for this time already" in refused.text
    assert len(mailbox.to(scene.livia)) == 1
    assert client.post(f"/interviews/{interview.public_id}/move", data={**seen, "minutes": "45"}).status_code == 302


def test_an_interview_somebody_has_sent_a_card_of_is_neither_cancelled_nor_moved(
    scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]
) -> None:
    interview = scene.schedule(scene.livia)
    with time_machine.travel(DURING, tick=False):
        send(interview, scene.livia)
        found, recruiter = anew(interview, scene.recruiter)
        with pytest.raises(WrongState, match="has been sent"):
            move_interview(found, starts_at=MONDAY + 24 * HOUR, ends_at=MONDAY + 25 * HOUR, by=recruiter)
        session.commit()
        sign_in(recruiter)
        refused = client.post(f"/interviews/{interview.public_id}/cancel", data={"reason": "The card is awkward"})
        assert refused.status_code == 409
        assert "The card is awkward" in refused.text
        found, recruiter = anew(interview, scene.recruiter)
        assert len(visible_cards(recruiter, [found])) == 1


def test_declining_shows_nobody_the_cards_of_the_others(scene: Scene, client: FlaskClient, sign_in: Callable[[Person], Person]) -> None:
    manager = get_person(scene.application.posting.hiring_manager.public_id)
    interview = scene.schedule(scene.livia, scene.omar, manager)
    with time_machine.travel(DURING, tick=False):
        send(interview, scene.livia, Findings(GOOD.recommendation, "Only-Lívia-knows"))
        for person in (scene.omar, manager):
            answer(interview, person, Answer.DECLINED)
            found, viewer = anew(interview, person)
            assert not visible_cards(viewer, [found]), "they could still say that they come"
        session.commit()
        sign_in(manager)
        for place in (f"/applications/{scene.application.public_id}", f"/applications/{scene.application.public_id}/debrief"):
            shown = client.get(place).text
            assert "Only-Lívia-knows" not in shown
            assert "You declined an interview" in shown
        sign_in(scene.omar)
        assert "Only-Lívia-knows" not in client.get(f"/interviews/{interview.public_id}").text
    with time_machine.travel(AFTER, tick=False):
        with pytest.raises(NotFound):  # who did not come is not of the panel
            anew(interview, scene.omar)
        found, viewer = anew(interview, manager)
        assert len(visible_cards(viewer, [found])) == 1, "who sees the application anyway reads them once they cannot come any more"
        with pytest.raises(WrongState):
            answer_booking(found.booking, viewer, answer=Answer.ACCEPTED, by=viewer)
        with pytest.raises(WrongState, match="do not come"):
            keep_card(found, findings=GOOD, criteria=[], by=viewer)


def test_who_declined_and_is_chosen_again_is_asked_again(scene: Scene, mailbox: Mailbox) -> None:
    interview = scene.schedule(scene.livia, scene.omar)
    answer(interview, scene.livia, Answer.ACCEPTED)
    answer(interview, scene.omar, Answer.DECLINED)
    found, recruiter = anew(interview, scene.recruiter)
    assert missing_cards(found) == ["Lívia Prates"]
    change_interviewers(found, [get_person(each.public_id) for each in (scene.livia, scene.omar)], by=recruiter)
    assert missing_cards(found) == ["Lívia Prates", "Omar Dias"]
    livias, omars = (mailbox.to(each)[-1].calendar.decode().replace("\r\n ", "") for each in (scene.livia, scene.omar))
    for text in (livias, omars):
        said = {line.rpartition(":")[2]: line for line in text.splitlines() if line.startswith("ATTENDEE")}
        assert "PARTSTAT=ACCEPTED" in said[scene.livia.email], "the time is the same: what somebody said goes on holding"
        assert "RSVP" not in said[scene.livia.email]
        assert "PARTSTAT=NEEDS-ACTION" in said[scene.omar.email]
        assert "RSVP=TRUE" in said[scene.omar.email]


def test_who_declines_can_be_replaced_though_they_had_begun_a_card(scene: Scene) -> None:
    interview = scene.schedule(scene.livia)
    found, livia = anew(interview, scene.livia)
    keep_card(found, findings=Findings(), criteria=[], by=livia)
    answer(interview, scene.livia, Answer.DECLINED)
    found, recruiter = anew(interview, scene.recruiter)
    change_interviewers(found, [get_person(scene.omar.public_id)], by=recruiter)
    found, _recruiter = anew(interview, scene.recruiter)
    assert [seat.person_id for seat in found.seats] == [scene.omar.id]


def test_a_candidate_who_works_here_does_not_read_why_their_interview_is_cancelled(scene: Scene, mailbox: Mailbox) -> None:
    candidate = scene.application.candidate.person
    session.add(RoleGrant(person_id=candidate.id, role=Role.NEW_HIRE))
    found, recruiter = anew(scene.schedule(), scene.recruiter)
    cancel_interview(found, reason="Too weak", by=recruiter)
    assert "Too weak" in mailbox.to(scene.livia)[-1].text
    told = mailbox.to(candidate)[-1]
    assert told.name == "calendar_cancellation"
    assert "Too weak" not in told.text + told.html
