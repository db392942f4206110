"""Anyone can check a document: the page says first whether it holds, shows what the paper shows, and never hands the paper out."""

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from core.db import session
from core.documents.actions import keep_document, revoke_document, supersede_document
from core.documents.models import DocumentKind, IssuedDocument
from core.documents.queries import documents_about, documents_of, find_document_by_hash, get_document
from core.errors import Invalid, WrongState
from core.files.storage import storage
from core.files.store import read_content
from core.people.actions import add_person
from core.people.models import Person
from core.web.limits import limiter
from tests.core.files import samples

TODAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture
def ana(app: Flask) -> Person:
    person = add_person(name="Ana <3 Souza", email="ana@example.com", by=None)
    session.commit()
    return person


@pytest.fixture
def issue(ana: Person) -> Callable[..., IssuedDocument]:
    def make(content: bytes = b"", **changes: Any) -> IssuedDocument:
        given: dict[str, Any] = {
            "kind": DocumentKind.CERTIFICATE,
            "title": "Certificate: Prevention <b>",
            "person": ana,
            "facts": {"Score": "92 of 100", "Course": "Prevention & care"},
            "by": None,
        }
        document = keep_document(content or samples.pdf("Paper"), **given | changes)
        session.commit()
        return document

    return make


def shown(client: FlaskClient, code: str, status: int = 200) -> str:
    answer = client.get(f"/verify/{code}")
    assert answer.status_code == status
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_data(as_text=True)


def test_a_valid_document_says_so_first_and_shows_what_the_paper_shows(client: FlaskClient, issue: Callable[..., IssuedDocument]) -> None:
    document = issue(valid_until=date(2099, 12, 31))
    page = shown(client, document.code)
    assert page.index("Valid") < page.index("<h1")
    for text in ("Ana &lt;3 Souza", "92 of 100", "Prevention &amp; care", "Certificate: Prevention &lt;b&gt;", "2099", document.code):
        assert text in page
    assert "ana@example.com" not in page
    assert str(document.public_id) not in page


def test_codes_may_be_typed_carelessly(client: FlaskClient, issue: Callable[..., IssuedDocument]) -> None:
    document = issue()
    assert "Genuine" in shown(client, document.code.lower().replace("-", ""))


def test_a_document_expires_the_day_after_its_last_where_its_holder_lives(client: FlaskClient, issue: Callable[..., IssuedDocument]) -> None:
    with time_machine.travel(TODAY, tick=False):
        document = issue(valid_until=date(2026, 11, 30))
    code = document.code
    with time_machine.travel(datetime(2026, 12, 1, 2, 30, tzinfo=UTC), tick=False):  # still 30 November in São Paulo
        assert "it holds until" in shown(client, code)
    with time_machine.travel(datetime(2026, 12, 1, 3, 30, tzinfo=UTC), tick=False):
        assert "held only until" in shown(client, code)


def test_a_revoked_document_says_why(client: FlaskClient, issue: Callable[..., IssuedDocument]) -> None:
    document = issue()
    with pytest.raises(Invalid):
        revoke_document(document, reason="  ", by=None)
    revoke_document(document, reason="Issued by mistake", by=None)
    session.commit()
    with pytest.raises(WrongState):
        revoke_document(document, reason="Again", by=None)
    page = shown(client, document.code)
    assert "Revoked" in page
    assert "Issued by mistake" in page


def test_a_superseded_document_leads_to_the_newer_one_and_back(client: FlaskClient, issue: Callable[..., IssuedDocument]) -> None:
    old, new = issue(samples.pdf("Old")), issue(samples.pdf("New"))
    supersede_document(old, by_document=new, by=None)
    session.commit()
    with pytest.raises(WrongState):
        supersede_document(old, by_document=new, by=None)
    codes = old.code, new.code
    assert f"/verify/{codes[1]}" in shown(client, codes[0])
    assert "taken its place" in shown(client, codes[0])
    assert f"/verify/{codes[0]}" in shown(client, codes[1])


def test_only_a_document_of_the_same_person_takes_its_place(issue: Callable[..., IssuedDocument]) -> None:
    other = add_person(name="Bia", email="bia@example.com", by=None)
    session.flush()
    old, foreign = issue(), issue(person=other)
    for wrong in (old, foreign):
        with pytest.raises(Invalid):
            supersede_document(old, by_document=wrong, by=None)


@pytest.mark.parametrize("code", ["0000-0000-0000-0000", "nonsense", "7Q4M-0ZKX-W3NT-98HU", "%27%20OR%201=1", "x" * 500])
def test_an_unknown_code_is_a_clear_404(client: FlaskClient, code: str) -> None:
    assert "not known" in shown(client, code, status=404)


def sent(client: FlaskClient, **fields: Any) -> Any:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/verify").get_data(as_text=True))
    return client.post("/verify", data={"csrf_token": token[1] if token else "", **fields}, content_type="multipart/form-data")


def test_the_form_leads_to_the_document(client: FlaskClient, issue: Callable[..., IssuedDocument]) -> None:
    document = issue()
    answer = sent(client, code=document.code.lower())
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/verify/{document.code}")


@pytest.mark.parametrize(("typed", "words"), [("", "Type the code"), ("12", "sixteen letters")])
def test_the_form_says_what_is_missing(client: FlaskClient, typed: str, words: str) -> None:
    answer = sent(client, code=typed)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)


def test_the_file_itself_is_compared_byte_for_byte(client: FlaskClient, issue: Callable[..., IssuedDocument]) -> None:
    content = samples.pdf("The very paper")
    issue(content)
    answer = sent(client, document=(io.BytesIO(content), "paper.pdf"))
    assert answer.status_code == 200
    assert "byte for byte" in answer.get_data(as_text=True)
    altered = sent(client, document=(io.BytesIO(content.replace(b"very", b"vary")), "paper.pdf"))
    assert altered.status_code == 404
    assert "exactly the bytes" in altered.get_data(as_text=True)


def test_the_bytes_are_kept_and_never_made_again(app: Flask, issue: Callable[..., IssuedDocument]) -> None:
    content = samples.pdf("As issued")
    document = issue(content)
    again = get_document(document.public_id)
    assert read_content(again.file) == content
    assert storage().get(again.sha256) == content
    found = find_document_by_hash(again.sha256)
    assert found is not None
    assert found.id == document.id


def test_documents_are_found_by_person_and_subject(ana: Person, issue: Callable[..., IssuedDocument]) -> None:
    letter = issue(kind=DocumentKind.OFFER_LETTER, subject_id=ana.public_id)
    certificate = issue()
    assert [found.id for found in documents_of(ana)] == [certificate.id, letter.id]
    assert [found.id for found in documents_of(ana, kind=DocumentKind.OFFER_LETTER)] == [letter.id]
    assert [found.id for found in documents_about(ana.public_id)] == [letter.id]


def test_codes_cannot_be_tried_without_end(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    statuses = [client.get("/verify/0000-0000-0000-0000").status_code for _ in range(31)]
    limiter.reset()
    assert statuses == [404] * 30 + [429]
