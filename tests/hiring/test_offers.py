"""Offers: written, approved, sent, and answered once; accepting hands over to onboarding."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import func, select

from core.accounts.models import Account
from core.clock import now, today
from core.db import session
from core.documents.models import IssuedDocument
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.files.store import read_content
from core.people.models import Employment, Person
from core.people.queries import find_employment, get_person
from core.people.rights import Role
from hiring.applications.actions import decline_application
from hiring.applications.models import Application, ApplicationState, DeclineReason
from hiring.applications.queries import get_application
from hiring.offers import letters
from hiring.offers.actions import (
    Terms,
    approve_offer,
    ask_for_approval,
    change_offer,
    draft_offer,
    expire_offers,
    save_template,
    send_back,
    withdraw_offer,
)
from hiring.offers.answering import Signature, accept_offer
from hiring.offers.models import Offer, OfferSignature, OfferState
from hiring.offers.queries import get_offer
from hiring.offers.sending import make_letter, send_offer
from hiring.postings.models import PostingState
from onboarding.checklists.models import Checklist
from tests.conftest import Mailbox
from tests.factories import make_employment
from tests.situations import a_colleague, a_place, an_application, an_open_posting

LETTER = "Dear {{candidate_name}},\n\nwe offer you the position {{position}} from {{start_date}} for {{salary}}.\n\n{{company}}"
SALARY = 987_654  # a canary: R$9,876.54 may be seen by few


class Scene:
    """A recruiter, an approver, and an active application of Ana Souza."""

    def __init__(self) -> None:
        self.recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
        self.executive = a_colleague("Otávio Melo", Role.EXECUTIVE)
        self.manager = a_colleague("Cláudia Reis", Role.MANAGER)
        applied = an_application(an_open_posting(by=self.recruiter, hiring_manager=self.manager))
        session.flush()
        self.application: Application = get_application(applied.public_id, viewer=self.recruiter)

    def terms(self, **changes: object) -> Terms:
        day = today("America/Sao_Paulo")
        terms = Terms(
            salary=SALARY,
            currency="BRL",
            starts_on=day + timedelta(days=30),
            expires_on=day + timedelta(days=7),
            location=a_place(),
            manager=self.manager,
            buddy=None,
            approver=self.executive,
            benefits="Meal allowance",
            letter=LETTER,
            language="en",
        )
        return replace(terms, **changes)  # type: ignore[arg-type]

    def offer(self, state: OfferState = OfferState.DRAFT, **changes: object) -> Offer:
        offer = draft_offer(self.application, terms=self.terms(**changes), by=self.recruiter)
        if state is OfferState.DRAFT:
            return self.found(offer)
        ask_for_approval(self.found(offer), by=self.recruiter, version=offer.version)
        if state is OfferState.IN_APPROVAL:
            return self.found(offer)
        approve_offer(self.found(offer, self.executive), by=self.executive, version=offer.version)
        if state is OfferState.APPROVED:
            return self.found(offer)
        send_offer(self.found(offer), by=self.recruiter, version=offer.version)
        return self.found(offer)

    def found(self, offer: Offer, viewer: Person | None = None) -> Offer:
        session.flush()
        session.expire(offer)
        return get_offer(offer.public_id, viewer=get_person((viewer or self.recruiter).public_id))

    def accept(self, offer: Offer, name: str = "Ana Souza") -> Offer:
        sha256 = offer.document.sha256 if offer.document else ""
        return accept_offer(offer, signature=Signature(name, "203.0.113.9", "A browser", sha256))


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def link_in(mailbox: Mailbox, scene: Scene) -> str:
    text = next(mail for mail in mailbox.to(scene.application.candidate.person) if mail.name == "offer_sent").text
    return next(word for word in text.split() if "/my-offer/" in word).removeprefix("http://localhost")


def test_the_way_from_draft_to_sent(scene: Scene, mailbox: Mailbox) -> None:
    offer = scene.offer(OfferState.SENT)
    assert offer.state is OfferState.SENT
    assert [move.to_state.value for move in offer.moves] == ["draft", "in_approval", "approved", "sent"]
    assert [mail.name for mail in mailbox.to(scene.executive)] == ["offer_approval_wanted"]
    assert offer.application.stage.name in ("Offer", "Proposta")


def test_the_letter_is_a_pdf_with_its_fields_filled_in(scene: Scene) -> None:
    offer = scene.offer(OfferState.SENT)
    assert offer.document is not None
    content = read_content(offer.document.file)
    assert hashlib.sha256(content).hexdigest() == offer.document.sha256
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert "Ana Souza" in text
    assert "9,876.54" in text
    assert offer.document.code in text
    assert "{{" not in text


def test_only_the_approver_who_was_asked_decides_and_never_the_author(scene: Scene) -> None:
    offer = scene.offer(OfferState.IN_APPROVAL)
    for person in (scene.recruiter, scene.manager):
        with pytest.raises(NotAllowed):
            approve_offer(offer, by=person, version=offer.version)
    with pytest.raises(Invalid):
        scene.terms(approver=scene.recruiter) and draft_offer(scene.application, terms=scene.terms(approver=scene.recruiter), by=scene.recruiter)


def test_the_second_of_two_who_decide_is_told(scene: Scene) -> None:
    offer = scene.offer(OfferState.IN_APPROVAL)
    seen = offer.version
    approve_offer(scene.found(offer, scene.executive), by=scene.executive, version=seen)
    with pytest.raises((Conflict, WrongState)):
        approve_offer(scene.found(offer, scene.executive), by=scene.executive, version=seen)


def test_an_approved_offer_is_not_changed_without_a_new_approval(scene: Scene) -> None:
    offer = scene.offer(OfferState.APPROVED)
    with pytest.raises(WrongState):
        change_offer(offer, terms=scene.terms(salary=1), by=scene.recruiter, version=offer.version)
    send_back(scene.found(offer), by=scene.recruiter, reason="Start a week later", version=offer.version)
    offer = scene.found(offer)
    with pytest.raises(WrongState):
        send_offer(offer, by=scene.recruiter, version=offer.version)


def test_one_application_has_one_open_offer(scene: Scene) -> None:
    scene.offer()
    with pytest.raises(Conflict):
        scene.offer()


def test_a_declined_application_gets_no_offer(scene: Scene) -> None:
    scene.application = decline_application(scene.application, by=scene.recruiter, reason=DeclineReason.OTHER)
    with pytest.raises(WrongState):
        scene.offer()


NO_FIELDS = ["{{7*7}}", "{{ config }}", "{% for x in y %}", "{{salary_of_the_boss}}", "{{}}", "{# x #}"]
HALF_FIELDS = ["{{salary}", "{salary}}", "{salary}", "{{ salary", "{{{salary}}}"]


@pytest.mark.parametrize("letter", [*NO_FIELDS, *HALF_FIELDS])
def test_a_letter_with_anything_but_known_fields_is_refused(scene: Scene, letter: str) -> None:
    with pytest.raises(Invalid) as refusal:
        scene.offer(letter=letter)
    assert "candidate_name" in str(refusal.value)
    with pytest.raises(Invalid):
        save_template(None, name="Bad", language="en", body=letter, by=scene.recruiter)


def test_an_empty_field_blocks_the_letter_and_says_which(scene: Scene) -> None:
    offer = scene.offer(benefits="", letter=LETTER + " {{benefits}}")
    with pytest.raises(Invalid) as refusal:
        make_letter(offer)
    assert "benefits" in str(refusal.value)


def test_a_field_of_spaces_is_empty(scene: Scene) -> None:
    with pytest.raises(Invalid, match="benefits"):
        make_letter(scene.offer(benefits="  ", letter="We give {{benefits}}."))


def test_values_cannot_bring_markup_into_a_letter() -> None:
    filled = letters.fill("Dear {{candidate_name}}", {"candidate_name": "[x](https://evil.test) <b>O'Brien</b>\n# Title {{salary}}"})
    assert "](" not in filled.replace("\\]", "")
    assert "\n" not in filled


def test_the_private_page_shows_the_offer_and_looking_spends_nothing(client: FlaskClient, scene: Scene, mailbox: Mailbox) -> None:
    offer = scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    for _ in range(5):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    page = client.get(link)
    assert "Accept the offer" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    content = client.get(f"{link}/letter.pdf").data
    assert hashlib.sha256(content).hexdigest() == session.scalars(select(IssuedDocument.sha256)).one()
    assert scene.found(offer).state is OfferState.SENT


def accept_by_form(client: FlaskClient, link: str, scene: Scene, name: str = "  ana   SOUZA ") -> int:
    document = session.scalars(select(IssuedDocument)).one()
    return client.post(link, data={"typed_name": name, "agreed": "y", "sha256": document.sha256}).status_code


def test_accepting_keeps_the_signature_and_makes_an_employee(client: FlaskClient, scene: Scene, mailbox: Mailbox) -> None:
    scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    key = scene.application.candidate.person_id
    application_id, recruiter_id = scene.application.public_id, scene.recruiter.public_id
    assert accept_by_form(client, link, scene) == 302
    signature = session.scalars(select(OfferSignature)).one()
    assert (signature.typed_name, signature.ip) == ("ana SOUZA", "127.0.0.1")
    assert signature.sha256 == session.scalars(select(IssuedDocument.sha256)).one()
    person = get_person(session.scalars(select(Person.public_id).where(Person.id == key)).one())
    employment = find_employment(person, on=today("America/Sao_Paulo") + timedelta(days=30))
    assert employment is not None
    assert person.roles == {Role.NEW_HIRE}
    assert session.scalars(select(Account).where(Account.person_id == person.id)).one().password_hash is None
    assert session.scalars(select(Checklist).where(Checklist.person_id == person.id)).one()
    names = {mail.name for mail in mailbox.to(person)}
    assert {"invitation", "offer_acceptance_received"} <= names
    application = get_application(application_id, viewer=get_person(recruiter_id))
    assert application.state is ApplicationState.HIRED
    assert application.posting.state is PostingState.FILLED
    assert "You accepted on" in client.get(link).text


def test_a_double_click_on_accept_is_friendly_and_counts_once(client: FlaskClient, scene: Scene, mailbox: Mailbox) -> None:
    scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    key = scene.application.candidate.person_id
    assert accept_by_form(client, link, scene) == 302
    assert accept_by_form(client, link, scene) == 302
    for table in (OfferSignature, Checklist):
        assert session.scalar(select(func.count()).select_from(table)) == 1
    assert session.scalar(select(func.count()).select_from(Employment).where(Employment.person_id == key)) == 1


def test_accepting_then_declining_is_refused(client: FlaskClient, scene: Scene, mailbox: Mailbox) -> None:
    scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    accept_by_form(client, link, scene)
    answer = client.post(f"{link}/decline", data={"reason": "changed my mind"})
    assert answer.status_code == 409
    assert "accepted this offer already" in answer.text


@pytest.mark.parametrize("name", ["", "Ana", "Somebody Else", "<script>alert(1)</script>"])
def test_another_name_is_no_signature_and_the_form_comes_back(client: FlaskClient, scene: Scene, mailbox: Mailbox, name: str) -> None:
    scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    assert accept_by_form(client, link, scene, name) == 422
    assert session.scalars(select(OfferSignature)).all() == []


def test_the_box_must_be_ticked_and_the_document_be_the_one_shown(client: FlaskClient, scene: Scene, mailbox: Mailbox) -> None:
    scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    assert client.post(link, data={"typed_name": "Ana Souza", "sha256": "x"}).status_code == 422
    answer = client.post(link, data={"typed_name": "Ana Souza", "agreed": "y", "sha256": "0" * 64})
    assert answer.status_code == 409


def test_after_the_last_day_nothing_can_be_accepted(client: FlaskClient, scene: Scene, mailbox: Mailbox) -> None:
    scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    with time_machine.travel(now() + timedelta(days=9)):
        assert client.get(link).status_code == 200
        assert accept_by_form(client, link, scene) == 410
        assert expire_offers() == 1
    assert session.scalars(select(Offer.state)).one() is OfferState.EXPIRED


def test_a_withdrawn_offer_cannot_be_accepted(client: FlaskClient, scene: Scene, mailbox: Mailbox) -> None:
    offer = scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    withdraw_offer(offer, by=get_person(scene.recruiter.public_id), reason="Budget")
    assert accept_by_form(client, link, scene) == 410


def test_declining_tells_the_team(client: FlaskClient, scene: Scene, mailbox: Mailbox) -> None:
    scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    assert client.post(f"{link}/decline", data={"reason": "Another job"}).status_code == 302
    assert "You declined" in client.get(link).text
    assert "offer_declined" in {mail.name for mail in mailbox.to(scene.recruiter)}


def test_pay_is_seen_by_few(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene, mailbox: Mailbox) -> None:
    offer = scene.offer(OfferState.SENT)
    document = session.scalars(select(IssuedDocument)).one()
    addresses = [
        "/home",
        "/offers",
        f"/offers/{offer.public_id}",
        f"/offers/{offer.public_id}/letter.pdf",
        f"/applications/{scene.application.public_id}",
        "/interviews",
    ]
    addresses += [f"/verify/{document.code}", "/audit", f"/people/{scene.application.candidate.person.public_id}"]
    for role in (Role.INTERVIEWER, Role.NEW_HIRE, Role.COMPLIANCE, Role.HR, Role.AUDITOR, Role.TRAINER, Role.MANAGER):
        sign_in(a_colleague(f"Person {role}", role))
        for address in addresses:
            text = client.get(address).text
            assert "9,876" not in text, (role, address)
            assert "9.876" not in text, (role, address)
            assert str(SALARY) not in text, (role, address)
    assert not [mail for mail in mailbox if "9,876" in mail.text or "9.876" in mail.text]


def test_the_approver_reads_and_approves_on_the_page(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    offer = scene.offer(OfferState.IN_APPROVAL)
    sign_in(scene.executive)
    assert "Decide on an offer" in client.get("/home").text
    page = f"/offers/{offer.public_id}"
    assert "R$9,876.54" in client.get(page).text
    assert client.get(f"{page}/letter.pdf").data.startswith(b"%PDF")
    assert client.post(f"{page}/approve", data={"version": str(offer.version)}).status_code == 302
    assert scene.found(offer).state is OfferState.APPROVED


def test_the_letter_is_seen_while_its_terms_are_typed(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    make_employment(scene.manager, manager=scene.executive, location=a_place(), starts_on=today("America/Sao_Paulo") - timedelta(days=3))
    sign_in(scene.recruiter)
    application = get_application(scene.application.public_id, viewer=get_person(scene.recruiter.public_id))
    address = f"/applications/{application.public_id}/offers"
    typed = {
        "salary": "9876.54", "starts_on": "2031-03-03", "expires_on": "2031-02-20", "location": str(application.posting.location.public_id),
        "manager": str(scene.manager.public_id), "buddy": "", "approver": str(scene.executive.public_id), "language": "en",
        "letter": "Dear {{candidate_name}}, you earn {{salary}}.{{if bonus}} And {{bonus}}.{{end}}",
    }  # fmt: skip
    pdf = client.post(f"{address}/preview", data=typed)
    assert pdf.content_type == "application/pdf", pdf.text
    assert "sandbox" in pdf.headers["Content-Security-Policy"]
    text = PdfReader(BytesIO(pdf.data)).pages[0].extract_text()
    assert "9,876.54" in text
    assert "And" not in text.split("9,876.54")[1].split("\n")[0]
    beside = client.post(f"{address}/preview", data=typed, headers={"HX-Request": "true"}).text
    assert 'src="data:image/png;base64,iVBOR' in beside
    for changed, sentence in (
        ({"letter": "You get {{bonus}}"}, "The bonus"),
        ({"letter": "You get {{shares}}"}, "shares"),
        ({"starts_on": "2031-02-01"}, "The first day comes after"),
        ({"salary": ""}, "Monthly salary"),
    ):
        for headers in ({"HX-Request": "true"}, {}):
            answer = client.post(f"{address}/preview", data={**typed, **changed}, headers=headers)
            assert sentence in answer.text
            assert "data:image" not in answer.text
    assert session.scalars(select(Offer)).all() == [], "nothing is kept"
    sign_in(a_colleague("Somebody", Role.INTERVIEWER))
    assert client.post(f"{address}/preview", data=typed).status_code == 403


def test_terms_that_cannot_be_come_back_filled_in(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    sign_in(scene.recruiter)
    answer = client.post(
        f"/applications/{scene.application.public_id}/offers/new", data={"salary": "-5", "letter": "kept words", "starts_on": "yesterday"}
    )
    assert answer.status_code == 422
    assert "kept words" in answer.text


def test_extra_fields_change_nothing(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    offer = scene.offer(OfferState.IN_APPROVAL)
    sign_in(scene.recruiter)
    extra = {
        "state": "approved",
        "approver_id": str(scene.recruiter.id),
        "id": "1",
        "document_id": "1",
        "signed_at": "2026-01-01",
        "approved_by": "1",
    }
    client.post(f"/offers/{offer.public_id}/withdraw", data={"version": str(offer.version), "reason": "", **extra})
    assert scene.found(offer).state is OfferState.IN_APPROVAL
