"""Offers further: other terms instead, versions side by side, opening, reminders, and the sealed copy with its evidence."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from pypdf import PdfReader

from core.clock import now
from core.db import session
from core.errors import Conflict, Gone, Invalid, WrongState
from core.files.store import read_content
from core.people.models import Person
from hiring.applications.actions import mark_hired
from hiring.offers import letters
from hiring.offers.actions import approve_offer, ask_for_approval, change_offer, renegotiate_offer, withdraw_offer
from hiring.offers.answering import decline_offer
from hiring.offers.models import Offer, OfferState
from hiring.offers.reminding import remind_of_offers
from hiring.offers.sending import send_offer
from tests.conftest import Mailbox
from tests.core.documents.test_sealing import checked
from tests.hiring.test_approvals import fresh
from tests.hiring.test_offers import Scene, link_in
from tests.situations import an_application

SignIn = Callable[[Person], Person]


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def sent_again(scene: Scene, offer: Offer) -> Offer:
    ask_for_approval(scene.found(offer), by=fresh(scene.recruiter), version=offer.version)
    approve_offer(scene.found(offer), by=fresh(scene.executive), version=offer.version)
    send_offer(scene.found(offer), by=fresh(scene.recruiter), version=offer.version)
    return scene.found(offer)


def links(mailbox: Mailbox, name: str) -> list[str]:
    found = [re.search(r"http://localhost(/my-offer/\S+)", mail.text) for mail in mailbox if mail.name == name]
    return [match[1] for match in found if match]


@pytest.mark.parametrize(
    ("letter", "bonus", "expected"),
    [
        ("A {{if bonus}}B {{bonus}}{{end}} C", "20 %", "A B 20 % C"),
        ("A {{if bonus}}B {{bonus}}{{end}} C", "", "A  C"),
        ("A {{ unless bonus }}none{{ end }}", "", "A none"),
        ("{{if bonus}}one{{end}}{{if bonus}}two{{end}}", "x", "onetwo"),
    ],
)
def test_conditions_keep_or_leave_out_a_paragraph(letter: str, bonus: str, expected: str) -> None:
    assert letters.unknown_fields(letter) == []
    assert letters.unresolved_fields(letter, {"bonus": bonus}) == []
    assert letters.fill(letter, {"bonus": bonus}) == expected


@pytest.mark.parametrize("letter", ["{{if bonus}}x", "x{{end}}", "{{if boss}}x{{end}}", "{{if bonus}}a{{if benefits}}b{{end}}c{{end}}"])
def test_a_condition_that_is_not_whole_is_refused(letter: str) -> None:
    assert letters.unknown_fields(letter)


def test_the_candidate_asks_for_other_terms_and_gets_a_new_version(client: FlaskClient, sign_in: SignIn, scene: Scene, mailbox: Mailbox) -> None:
    first = scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    assert client.post(f"{link}/other-terms", data={"wish": "  "}).status_code == 422
    client.post(f"{link}/other-terms", data={"wish": "Two more weeks, please <b>"})
    assert {mail.to_address for mail in mailbox if mail.name == "offer_change_asked"} == {scene.recruiter.email, scene.manager.email}
    assert scene.found(first).state is OfferState.SENT  # it stands as it is
    sign_in(scene.recruiter)
    assert "Two more weeks, please &lt;b&gt;" in client.get(f"/offers/{first.public_id}").text
    version = scene.found(first).version
    assert client.post(f"/offers/{first.public_id}/renegotiate", data={"version": version, "reason": ""}).status_code == 422
    answer = client.post(f"/offers/{first.public_id}/renegotiate", data={"version": version, "reason": "Later start"})
    assert answer.location.endswith("/edit")
    client.post("/logout")
    assert client.get(link).status_code == 410
    with pytest.raises(Gone):
        scene.accept(scene.found(first))
    second = session.get_one(Offer, first.id + 1)
    assert (second.number, second.state, second.salary) == (2, OfferState.DRAFT, first.salary)
    later = scene.terms(starts_on=first.starts_on + timedelta(days=14), salary=1_000_000)
    change_offer(scene.found(second), terms=later, by=fresh(scene.recruiter), version=second.version)
    second = sent_again(scene, second)
    sign_in(scene.recruiter)
    said = client.get(f"/offers/{second.public_id}/versions").text
    assert "Offer 1, version 1" in said and "Offer 2, version 1" in said
    changed = re.findall(r'<td class="term-value term-changed">\s*([^<\s][^<]*)', said)
    assert [text.strip() for text in changed] == ["R$10,000.00", later.starts_on.isoformat()]
    client.post("/logout")
    assert scene.accept(scene.found(second)).state is OfferState.ACCEPTED


def test_an_offer_that_was_declined_is_followed_by_another(scene: Scene) -> None:
    first = scene.offer(OfferState.SENT)
    decline_offer(first, reason="Too little")
    with pytest.raises(WrongState):
        renegotiate_offer(scene.found(first), by=fresh(scene.recruiter), reason="More", version=scene.found(first).version)
    second = scene.offer(OfferState.SENT, salary=1_100_000)
    assert (second.number, scene.accept(second).state) == (2, OfferState.ACCEPTED)


def test_opening_is_noted_by_browsers_alone(client: FlaskClient, scene: Scene, mailbox: Mailbox) -> None:
    offer = scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    client.get(link)
    client.head(link)
    assert scene.found(offer).times_seen == 0
    before = scene.found(offer).version
    for _turn in range(2):
        assert client.post(f"{link}/seen").status_code == 204
    offer = scene.found(offer)
    assert offer.version == before  # who has the page open is not told that somebody changed it
    assert offer.times_seen == 2 and offer.first_seen_at is not None
    assert client.post("/my-offer/unknown/seen").status_code == 404


def test_reminders_go_out_three_days_and_one_day_before_each_once(scene: Scene, mailbox: Mailbox) -> None:
    offer = scene.offer(OfferState.SENT)
    sent = []
    for day in range(9):
        with time_machine.travel(now() + timedelta(days=day), tick=False):
            sent.append((remind_of_offers(), remind_of_offers()))
    assert sent == [(0, 0)] * 4 + [(1, 0), (0, 0), (1, 0), (0, 0), (0, 0)]
    assert len(links(mailbox, "offer_reminder")) == 2
    assert scene.found(offer).state is OfferState.SENT


def test_the_signed_copy_has_evidence_the_exact_letter_and_a_seal_that_any_reader_checks(
    client: FlaskClient, scene: Scene, mailbox: Mailbox, run_jobs: Callable[[], int], tmp_path: Path
) -> None:
    offer = scene.offer(OfferState.SENT)
    link = link_in(mailbox, scene)
    assert client.get(f"{link}/signed.pdf").status_code == 404
    scene.accept(scene.found(offer))
    session.flush()
    run_jobs()
    run_jobs()
    content = client.get(f"{link}/signed.pdf").data
    offer = scene.found(offer)
    assert offer.document is not None and offer.signed_document is not None
    letter = read_content(offer.document.file)
    found = PdfReader(BytesIO(content))
    assert len(found.pages) == len(PdfReader(BytesIO(letter)).pages) + 1
    assert found.attachments["letter-as-accepted.pdf"] == [letter]
    evidence = " ".join(found.pages[-1].extract_text().split())
    for word in ("Ana Souza", "203.0.113.9", offer.document.code, offer.signed_document.code, "UTC", "Otávio Melo"):
        assert word in evidence
    assert offer.document.sha256 in evidence.replace(" ", "")
    tree = found.trailer["/Root"]["/StructTreeRoot"]
    assert [page["/StructParents"] for page in found.pages] == sorted({page["/StructParents"] for page in found.pages})
    assert len(tree["/K"]) == 1
    (tmp_path / "signed.pdf").write_bytes(content)
    assert "Signature is Valid" in checked(tmp_path / "signed.pdf")
    (tmp_path / "altered.pdf").write_bytes(content.replace(b"/StructTreeRoot", b"/StructTreeRooX", 1))
    assert "Signature is Valid" not in checked(tmp_path / "altered.pdf")
    first, second = offer.document.code, offer.signed_document.code
    assert "Genuine, and it holds" in client.get(f"/verify/{second}").text
    assert "a newer document has taken its place" in client.get(f"/verify/{first}").text


def test_probation_and_bonus_stand_in_terms_and_letter(scene: Scene) -> None:
    with pytest.raises(Invalid):
        scene.offer(probation_days=400)
    letter = "{{if bonus}}Bonus: {{bonus}}.{{end}} {{if probation}}Probation: {{probation}} days.{{end}} {{candidate_name}}"
    offer = scene.offer(OfferState.SENT, bonus="One salary a year", probation_days=90, letter=letter)
    assert offer.document is not None
    text = " ".join(PdfReader(BytesIO(read_content(offer.document.file))).pages[0].extract_text().split())
    assert "Bonus: One salary a year." in text and "Probation: 90 days." in text


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("withdrawn", "The offer was withdrawn."),
        ("renegotiated", "Another version of the offer takes its place."),
        ("declined", "The offer was declined."),
    ],
)
def test_the_letter_of_an_offer_that_no_longer_stands_is_not_confirmed_to_whoever_checks_it(
    client: FlaskClient, scene: Scene, how: str, said: str
) -> None:
    offer = scene.offer(OfferState.SENT)
    assert offer.document is not None
    address = f"/verify/{offer.document.code}"
    assert "Genuine, and it holds" in client.get(address).text
    offer, recruiter = scene.found(offer), fresh(scene.recruiter)
    if how == "withdrawn":
        withdraw_offer(offer, by=recruiter, reason="Budget", version=offer.version)
    elif how == "renegotiated":
        renegotiate_offer(offer, by=recruiter, reason="Later start", version=offer.version)
    else:
        decline_offer(offer, reason="Another job")
    page = client.get(address).text
    assert "Genuine, but revoked" in page and said in page
    assert "Budget" not in page and "Another job" not in page


def test_an_offer_that_nobody_could_accept_is_not_sent(scene: Scene) -> None:
    offer = scene.offer(OfferState.APPROVED)
    mark_hired(an_application(scene.application.posting, name="Bia Nunes"), by=None)  # it was the only opening
    with pytest.raises(Conflict, match="No opening of this posting is left"):
        send_offer(scene.found(offer), by=fresh(scene.recruiter), version=offer.version)
    assert scene.found(offer).state is OfferState.APPROVED
