"""Nobody is left without an answer: closing, filling and deadlines, and what ends together with an application."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.calendars.models import Booking, BookingState
from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.mail.models import OutgoingMail
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application, decline_application, mark_hired, reopen_application, withdraw_application
from hiring.applications.models import Application, ApplicationState, DeclineReason
from hiring.applications.queries import get_application
from hiring.candidacy.tasks import close_postings
from hiring.closing.actions import answer_everybody
from hiring.closing.queries import ended_with_undecided
from hiring.interviews.actions import Plan, schedule_interview
from hiring.interviews.models import Interview, InterviewKind, InterviewState
from hiring.offers.models import Offer, OfferState
from hiring.postings.models import PostingState, StageKind
from hiring.postings.queries import get_posting_with_stages
from hiring.publishing.actions import close_posting
from tests.hiring.test_offers import Scene
from tests.situations import a_colleague, an_application, an_open_posting


@pytest.fixture
def recruiter(app):
    return a_colleague("Renata Dias", Role.RECRUITER)


@pytest.fixture
def posting(recruiter):
    return an_open_posting(by=recruiter)


def mails_named(name):
    return session.scalars(select(OutgoingMail).where(OutgoingMail.name == name).order_by(OutgoingMail.id)).all()


def test_a_posting_closes_only_with_an_answer_for_everybody(client, sign_in, posting, recruiter):
    ana = an_application(posting, name="Ana Prado", email="ana@example.test")
    bia = an_application(posting, name="Bia Serra", email="bia@example.test")
    caio = an_application(posting, name="Caio Vale", email="caio@example.test")
    advance_application(caio, to_stage=caio.posting.stages[1], by=None)
    with pytest.raises(Conflict):
        close_posting(get_posting_with_stages(posting.public_id, viewer=recruiter), by=recruiter)
    new, screening = posting.stages[0].public_id, posting.stages[1].public_id
    keys = {"ana": ana.public_id, "bia": bia.public_id, "caio": caio.public_id, "posting": posting.public_id}
    sign_in(recruiter)
    address = f"/postings/{keys['posting']}/close"
    page = client.get(address).text
    assert all(name in page for name in ("Ana Prado", "Bia Serra", "Caio Vale", "3 candidates have no answer yet"))
    sent = {"seen": "3", "days": "2", "note": "Budget cut", f"reason-{new}": "position_closed", f"reason-{keys['bia']}": "incomplete"}
    half = client.post(address, data=sent)
    assert (
        half.status_code == 422
        and "Say what those in" in half.text
        and "Budget cut" in half.text
        and "selected>The application is incomplete" in half.text
    )
    assert client.post(address, data={**sent, f"reason-{screening}": "more_qualified", "seen": "2"}).status_code == 409
    assert not mails_named("application_declined")
    assert client.post(address, data={**sent, f"reason-{screening}": "more_qualified"}).status_code == 302
    found = {row.public_id: row for row in session.scalars(select(Application))}
    assert {name: found[keys[name]].decline_reason for name in ("ana", "bia", "caio")} == {
        "ana": DeclineReason.POSITION_CLOSED,
        "bia": DeclineReason.INCOMPLETE,
        "caio": DeclineReason.MORE_QUALIFIED,
    }
    letters = mails_named("application_declined")
    assert len(letters) == 3 and all(timedelta(days=1) < letter.send_at - now() <= timedelta(days=2) for letter in letters)
    assert [("We have closed this position" in letter.text or "Encerramos" in letter.text) for letter in letters].count(True) == 1
    assert get_posting_with_stages(keys["posting"], viewer=get_person(recruiter.public_id)).state is PostingState.CLOSED
    assert "Everybody who applied has an answer." in client.get(address).text


def test_nobody_closes_a_posting_of_others_or_with_a_stage_left_out(app, posting, recruiter):
    an_application(posting)
    whole = get_posting_with_stages(posting.public_id, viewer=recruiter)
    with pytest.raises(NotAllowed):
        answer_everybody(whole, {}, days=0, seen=1, by=a_colleague("Irene", Role.INTERVIEWER), closes=True)
    with pytest.raises(Invalid):
        answer_everybody(whole, {}, days=0, seen=1, by=recruiter, closes=True)
    with pytest.raises(Invalid):
        answer_everybody(whole, {stage.public_id: DeclineReason.OTHER for stage in whole.stages}, days=99, seen=1, by=recruiter, closes=True)
    assert whole.state is PostingState.OPEN


def test_a_deadline_takes_it_off_the_careers_pages_and_closes_it_once_everybody_has_an_answer(app, posting, recruiter):
    waiting = an_application(posting)
    posting.closes_on = today("America/Sao_Paulo") - timedelta(days=1)
    session.flush()
    close_postings()
    close_postings()
    assert posting.state is PostingState.PAUSED
    assert [(each.title, each.count) for each in ended_with_undecided(recruiter)] == [(posting.title, 1)]
    decline_application(waiting, by=recruiter, reason=DeclineReason.DESIRED_QUALIFICATIONS)
    close_postings()
    assert posting.state is PostingState.CLOSED


def test_when_the_last_opening_is_filled_the_recruiter_is_told_who_waits_and_answers_them_on_one_page(client, sign_in, posting, recruiter):
    chosen = an_application(posting, name="Ana Prado", email="ana@example.test")
    other = an_application(posting, name="Bia Serra", email="bia@example.test")
    advance_application(chosen, to_stage=next(stage for stage in chosen.posting.stages if stage.kind is StageKind.OFFER), by=None)
    mark_hired(chosen, by=None)
    key, other_id, stage = posting.public_id, other.public_id, posting.stages[0].public_id
    (told,) = mails_named("posting_filled")
    assert told.person_id == recruiter.id and "1 candidate" in told.text and f"/postings/{key}/close" in told.text
    sign_in(recruiter)
    assert "1 candidate waits for an answer" in client.get("/home").text
    page = client.get(f"/postings/{key}/close").text
    assert "Bia Serra" in page and "Ana Prado" not in page and "selected>A more qualified candidate" in page
    answer = client.post(f"/postings/{key}/close", data={"seen": "1", "days": "0", f"reason-{stage}": "more_qualified"})
    assert answer.status_code == 302 and "waits for an answer" not in client.get("/home").text
    assert session.scalars(select(Application.state).where(Application.public_id == other_id)).one() is ApplicationState.DECLINED


def test_interviews_end_with_the_application_and_their_letter_does_not_wait(app, posting, recruiter):
    def with_interview(name):
        application = an_application(posting, name=name, email=f"{name}@example.test")
        stage = next(stage for stage in application.posting.stages if stage.kind is StageKind.INTERVIEW)
        advance_application(application, to_stage=stage, by=None)
        begins = now() + timedelta(days=4 if name == "ana" else 5)
        plan = Plan(
            kind=InterviewKind.FIRST, starts_at=begins, ends_at=begins + timedelta(hours=1), time_zone="America/Sao_Paulo", interviewers=[recruiter]
        )
        schedule_interview(get_application(application.public_id, viewer=recruiter), stage=stage, plan=plan, by=recruiter)
        return get_application(application.public_id, viewer=recruiter)

    declined, withdrawn = with_interview("ana"), with_interview("bia")
    decline_application(declined, by=recruiter, reason=DeclineReason.MORE_QUALIFIED, tell_at=now() + timedelta(days=3))
    withdraw_application(withdrawn, by=withdrawn.candidate.person)
    assert set(session.scalars(select(Interview.state))) == {InterviewState.CANCELLED}
    assert set(session.scalars(select(Booking.state))) == {BookingState.CANCELLED}
    assert declined.outcome_from is None and all(letter.send_at is None for letter in mails_named("application_declined"))
    told = {mail.person_id for mail in mails_named("calendar_cancellation")}
    assert told == {recruiter.id, declined.candidate.person_id, withdrawn.candidate.person_id}
    reopen_application(declined, by=recruiter, reason="A mistake")
    assert declined.state is ApplicationState.ACTIVE


def test_an_offer_that_is_out_stops_a_decline_and_falls_when_the_candidate_withdraws(app):
    scene = Scene()
    application_id = scene.offer(OfferState.SENT).application.public_id
    session.expunge_all()  # nothing is loaded that the act does not load itself
    scene.recruiter = get_person(scene.recruiter.public_id)
    application = get_application(application_id, viewer=scene.recruiter)
    with pytest.raises(WrongState):
        decline_application(application, by=scene.recruiter, reason=DeclineReason.MORE_QUALIFIED)
    withdraw_application(application, by=application.candidate.person)
    assert session.scalars(select(Offer.state)).one() is OfferState.DECLINED


def test_an_offer_that_is_not_out_yet_falls_with_a_decline_without_a_word(app):
    scene = Scene()
    offer = scene.offer()
    decline_application(get_application(offer.application.public_id, viewer=scene.recruiter), by=scene.recruiter, reason=DeclineReason.OTHER)
    assert session.scalars(select(Offer.state)).one() is OfferState.WITHDRAWN
    assert not mails_named("offer_withdrawn")
