"""Offers that are left over: lapsed without an answer, or out for a position that others have filled."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.models import Company, Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import decline_application, mark_hired
from hiring.applications.models import DeclineReason
from hiring.applications.queries import get_application
from hiring.offers.actions import ask_for_approval, expire_offers, renegotiate_offer, withdraw_offer
from hiring.offers.answering import ask_for_change, decline_offer
from hiring.offers.models import Offer, OfferState
from hiring.offers.queries import offers_to_follow_up
from hiring.offers.reminding import remind_of_offers
from hiring.postings.models import Posting, PostingState
from hiring.postings.queries import get_posting
from hiring.publishing.actions import add_opening, open_posting
from hiring.requisitions import approving
from hiring.requisitions.actions import change_requisition
from tests.conftest import Mailbox
from tests.hiring.test_offers import Scene
from tests.hiring.test_requisitions import DAY
from tests.hiring.test_requisitions import Scene as PeopleWanted
from tests.situations import a_colleague, an_application

SignIn = Callable[[Person], Person]
FILLED = "This position has been filled in the meantime, so this offer can no longer be accepted. You will hear from the recruiter."


def followed_up(person: Person, state: OfferState) -> list[Offer]:
    """Of the offers that somebody has to follow up, those in the state."""
    return [offer for offer in session.scalars(offers_to_follow_up(person)) if offer.state is state]


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def waiting(person: Person) -> list[str]:
    session.flush()
    session.expire_all()
    found = get_person(person.public_id)
    return ["lapsed" for _offer in followed_up(found, OfferState.EXPIRED)] + ["full" for _offer in followed_up(found, OfferState.SENT)]


def taken(scene: Scene) -> Offer:
    """An offer that is out while somebody else has filled the only opening."""
    offer = scene.offer(OfferState.SENT)
    mark_hired(an_application(scene.application.posting, name="Bia Nunes"), by=None)
    return scene.found(offer)


def lapsed(scene: Scene) -> Offer:
    offer = scene.offer(OfferState.SENT)
    with time_machine.travel(now() + timedelta(days=9), tick=False):
        assert expire_offers() == 1
        assert expire_offers() == 0
    return scene.found(offer)


def link_to(mailbox: Mailbox, scene: Scene) -> str:
    text = next(mail for mail in mailbox.to(scene.application.candidate.person) if mail.name == "offer_sent").text
    return next(word for word in text.split() if "/my-offer/" in word).removeprefix("http://localhost")


def test_author_and_recruiter_get_one_mail_each_when_an_offer_lapses(scene: Scene, mailbox: Mailbox) -> None:
    other = a_colleague("Rui Bastos", Role.RECRUITER)
    mine, scene.recruiter = scene.recruiter, get_person(other.public_id)
    lapsed(scene)
    for person in (mine, other):
        assert [mail.name for mail in mailbox.to(person)].count("offer_lapsed") == 1
    assert waiting(mine) == waiting(other) == ["lapsed"]


def test_who_wrote_and_recruits_gets_one_and_it_waits_until_another_is_made(
    scene: Scene, mailbox: Mailbox, client: FlaskClient, sign_in: SignIn
) -> None:
    offer = lapsed(scene)
    assert [mail.name for mail in mailbox.to(scene.recruiter)].count("offer_lapsed") == 1
    assert len(waiting(scene.recruiter)) == 1
    assert waiting(scene.manager) == []
    session.commit()
    with time_machine.travel(now() + timedelta(days=9), tick=False):
        sign_in(scene.recruiter)
        assert "An offer lapsed: make another" in client.get("/home").text
        assert "Make another version" in client.get(f"/offers/{offer.public_id}").text
        version = scene.found(offer).version
        session.commit()
        answer = client.post(f"/offers/{offer.public_id}/renegotiate", data={"reason": "Asked for a week more", "version": version})
        assert answer.location.endswith("/edit")
        later = session.scalars(select(Offer).order_by(Offer.number.desc())).first()
        assert later is not None
        recruiter = get_person(scene.recruiter.public_id)
        with pytest.raises(Invalid, match="last day"):
            ask_for_approval(scene.found(later), by=recruiter, version=later.version)
        assert scene.found(offer).state is OfferState.EXPIRED
        with pytest.raises(Conflict):
            renegotiate_offer(scene.found(offer), by=recruiter, reason="Again", version=scene.found(offer).version)
    assert waiting(scene.recruiter) == []


def test_a_lapsed_offer_waits_no_longer_once_the_application_is_decided(scene: Scene) -> None:
    lapsed(scene)
    assert len(waiting(scene.recruiter)) == 1
    recruiter = get_person(scene.recruiter.public_id)
    application = get_application(scene.application.public_id, viewer=recruiter)
    decline_application(application, by=recruiter, reason=DeclineReason.UNRESPONSIVE)
    assert waiting(scene.recruiter) == []


def test_the_candidate_reads_that_the_position_is_filled_and_can_only_decline(scene: Scene, client: FlaskClient, mailbox: Mailbox) -> None:
    offer = taken(scene)
    link = link_to(mailbox, scene)
    sha256 = offer.document.sha256 if offer.document else ""
    session.commit()
    shown = client.get(link)
    assert FILLED in shown.text
    assert "typed_name" not in shown.text
    signed = {"typed_name": "Ana Souza", "agreed": "y", "sha256": sha256}
    refused = client.post(link, data=signed)
    assert (refused.status_code, FILLED in refused.text) == (409, True)
    asked = client.post(f"{link}/other-terms", data={"wish": "More"})
    assert (asked.status_code, FILLED in asked.text) == (409, True)
    assert remind_of_offers() == 0
    with pytest.raises(Conflict, match="filled"):
        ask_for_change(scene.found(offer), wish="More")
    decline_offer(scene.found(offer), reason="")
    assert scene.found(offer).state is OfferState.DECLINED


def test_no_reminder_goes_out_for_what_cannot_be_accepted(scene: Scene) -> None:
    offer = taken(scene)
    with time_machine.travel(now() + timedelta(days=6), tick=False):
        assert remind_of_offers() == 0
    assert scene.found(offer).reminded_days is None


def test_the_recruiter_is_asked_to_withdraw_it_and_the_letter_says_why(scene: Scene, client: FlaskClient, sign_in: SignIn, mailbox: Mailbox) -> None:
    candidate, offer = scene.application.candidate.person, taken(scene)
    assert waiting(scene.recruiter) == ["full"]
    assert waiting(scene.executive) == []
    session.commit()
    sign_in(scene.recruiter)
    assert "withdraw this offer, or add an opening" in client.get("/home").text
    assert "can no longer be accepted" in client.get(f"/offers/{offer.public_id}").text
    withdraw_offer(scene.found(offer), by=get_person(scene.recruiter.public_id), reason="Filled")
    assert waiting(scene.recruiter) == []
    told = [mail for mail in mailbox.to(candidate) if mail.name == "offer_withdrawn"]
    assert len(told) == 1
    assert "was filled before you answered" in told[0].text or "foi preenchida antes" in told[0].text


def test_with_an_opening_more_the_offer_can_be_accepted_again(scene: Scene, mailbox: Mailbox) -> None:
    offer = taken(scene)
    recruiter = get_person(scene.recruiter.public_id)
    posting = get_posting(scene.application.posting.public_id, viewer=recruiter)
    with pytest.raises(Invalid):
        add_opening(posting, reason=" ", by=recruiter)
    with pytest.raises(NotAllowed):
        add_opening(posting, reason="Two are good", by=get_person(scene.manager.public_id))
    add_opening(posting, reason="Two are good", by=recruiter)
    assert (posting.state, posting.openings) == (PostingState.PAUSED, 2)
    assert [mail.name for mail in mailbox.to(scene.manager)].count("posting_opening_added") == 1
    assert waiting(scene.recruiter) == []
    scene.accept(scene.found(offer))
    assert session.scalars(select(Posting.state)).all() == [PostingState.FILLED]


def test_where_requisitions_count_openings_none_is_added_beside_them(app: object, scene: Scene) -> None:
    own, wanted = scene.application.posting.public_id, PeopleWanted()
    posting = get_posting(wanted.opened().public_id, viewer=wanted.by(wanted.recruiter))
    with pytest.raises(Invalid, match="requisition"):
        add_opening(posting, reason="More", by=wanted.by(wanted.recruiter))
    company = session.scalars(select(Company)).one()
    company.needs_requisition = True
    recruiter = get_person(scene.recruiter.public_id)
    with pytest.raises(Invalid, match="requisition"):
        add_opening(get_posting(own, viewer=recruiter), reason="More", by=recruiter)


def test_an_opening_more_in_a_filled_requisition_reopens_its_posting_once_approved(app: object) -> None:
    wanted = PeopleWanted()
    posting = wanted.opened()
    for _number in range(2):
        mark_hired(an_application(posting), by=None)
    third = an_application(posting) if posting.state is PostingState.OPEN else None
    assert (posting.state, third) == (PostingState.FILLED, None)
    requisition = wanted.found()
    change_requisition(requisition, wanted.same(requisition, more=(DAY,)), by=wanted.by(wanted.recruiter), version=requisition.version)
    assert session.scalars(select(Posting.state).where(Posting.requisition_id.is_not(None))).one() is PostingState.FILLED
    approving.ask_for_approval(wanted.found(), by=wanted.by(wanted.recruiter))
    approving.decide_requisition(wanted.found(), approve=True, by=wanted.by(wanted.manager))
    recruiter = wanted.by(wanted.recruiter)
    again = get_posting(posting.public_id, viewer=recruiter)
    assert (again.state, again.openings) == (PostingState.PAUSED, 3)
    open_posting(again, by=recruiter)
    mark_hired(an_application(again), by=None)


def test_the_page_of_a_filled_posting_adds_an_opening(scene: Scene, client: FlaskClient, sign_in: SignIn) -> None:
    address = f"/postings/{taken(scene).application.posting.public_id}"
    session.commit()
    sign_in(scene.recruiter)
    assert "Add an opening" in client.get(address).text
    assert client.post(f"{address}/openings", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/openings", data={"reason": "Two are good"}).status_code == 302
    assert "Two are good" in client.get(address).text
