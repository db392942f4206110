"""Anyone can have the seal inside a file read: what we sealed, what was done to it since, and what only looks like ours."""

import io
import re
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from core.db import session
from core.documents.actions import keep_document, revoke_document
from core.documents.codes import new_code
from core.documents.models import DocumentKind, IssuedDocument
from core.documents.rendering import print_html
from core.documents.sealing import KEY_FILE, seal_pdf
from core.files.rules import LIMIT
from core.people.actions import add_person
from tests.core.files import samples

HTML = '<html lang="en"><head><title>Letter</title></head><body><h1>Letter</h1><p>Pay: 9,000 a month.</p></body></html>'


@pytest.fixture
def sealed(app: Flask) -> bytes:
    """A letter as we seal it."""
    return seal_pdf(print_html(HTML))


@pytest.fixture
def check(client: FlaskClient) -> Callable[[bytes], tuple[int, str]]:
    def send(content: bytes) -> tuple[int, str]:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/verify").get_data(as_text=True))
        upload: dict[str, Any] = {"csrf_token": token[1] if token else "", "document": (io.BytesIO(content), "letter.pdf")}
        answer = client.post("/verify", data=upload, content_type="multipart/form-data")
        return answer.status_code, answer.get_data(as_text=True)

    return send


def issued(content: bytes, **also: Any) -> IssuedDocument:
    person = add_person(name="Ana Souza", email="ana@example.com", by=None)
    document = keep_document(content, kind=DocumentKind.SIGNED_OFFER, title="Signed offer", person=person, facts={"Pay": "9,000"}, by=None, **also)
    session.commit()
    return document


def with_a_note(writer: PdfWriter) -> bytes:
    writer.add_annotation(0, FreeText(text="12,000", rect=(50, 50, 200, 100)))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def added_to(content: bytes) -> bytes:
    """Somebody writes over the page and saves behind the seal, as the format allows."""
    added = with_a_note(PdfWriter(io.BytesIO(content), incremental=True))
    assert added.startswith(content)
    return added


def saved_anew(content: bytes) -> bytes:
    """The pages saved into a new file, with a note on the first."""
    return with_a_note(PdfWriter(clone_from=PdfReader(io.BytesIO(content))))


def test_what_we_sealed_is_known_and_every_change_shows(sealed: bytes, check: Callable[[bytes], tuple[int, str]]) -> None:
    document = issued(sealed)
    code = document.code
    status, page = check(sealed)
    assert status == 200 and "byte for byte" in page
    place = len(sealed) // 3
    status, page = check(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
    assert status in (404, 422) and ("Changed after it was sealed" in page or "damaged" in page)
    assert "9,000" not in page and "Ana" not in page
    status, page = check(added_to(sealed))
    assert status == 404 and "Something was added after our seal" in page and f"/verify/{code}" in page
    status, page = check(saved_anew(sealed))
    assert status == 404 and ("Changed after it was sealed" in page or "bears no seal" in page)


def test_a_byte_changed_in_what_is_covered_is_named_a_change(sealed: bytes, check: Callable[[bytes], tuple[int, str]]) -> None:
    issued(sealed)
    place = sealed.index(b"/Title")
    changed = sealed.replace(b"/Creator", b"/Creatxr", 1) if b"/Creator" in sealed else sealed[:place] + b"/Titlf" + sealed[place + 6 :]
    assert changed != sealed and len(changed) == len(sealed)
    status, page = check(changed)
    assert status == 404 and "Changed after it was sealed" in page and "Do not rely on this file" in page


def test_a_revoked_paper_never_just_counts_as_unchanged(sealed: bytes, check: Callable[[bytes], tuple[int, str]]) -> None:
    document = issued(sealed)
    code = document.code
    revoke_document(document, reason="Issued by mistake", by=None)
    session.commit()
    status, page = check(sealed)
    assert status == 200 and "Issued by mistake" in page
    status, page = check(added_to(sealed))
    assert status == 404 and f"/verify/{code}" in page


def test_a_copy_that_lost_its_seal_is_led_by_its_code_to_what_we_issued_and_whether_that_still_holds(
    app: Flask, check: Callable[[bytes], tuple[int, str]]
) -> None:
    code = new_code()
    sealed = seal_pdf(print_html(HTML.replace("</body>", f"<p>0000-1111-2222-3333</p><p>https://example.com/verify/{code}</p></body>")))
    document = issued(sealed, code=code)
    status, page = check(saved_anew(sealed))
    assert status == 404 and f"/verify/{code}" in page and "Anybody can copy a code" in page and "Valid" in page
    assert "9,000" not in page and "Ana" not in page
    revoke_document(document, reason="Issued by mistake", by=None)
    session.commit()
    for content, words in ((samples.pdf(f"Code {code}"), "bears no seal"), (added_to(sealed), "added after our seal")):
        status, page = check(content)
        assert status == 404 and f"/verify/{code}" in page and "Revoked" in page and words in page


def test_a_seal_that_is_damaged_is_nobodys(sealed: bytes, check: Callable[[bytes], tuple[int, str]]) -> None:
    session.commit()
    place = sealed.index(b"/Contents <") + len(b"/Contents <")
    status, page = check(sealed[:place] + b"00" * 200 + sealed[place + 400 :])
    assert status == 404 and "Its seal cannot be read" in page and "signed, but" not in page


def test_what_we_sealed_and_do_not_list_is_said_to_be_so(sealed: bytes, check: Callable[[bytes], tuple[int, str]]) -> None:
    session.commit()
    status, page = check(sealed)
    assert status == 404 and "Sealed by us, and unchanged" in page and "cannot say whether it still holds" in page


def test_a_renewed_key_leaves_older_seals_ours_and_anothers_is_not(sealed: bytes, check: Callable[[bytes], tuple[int, str]]) -> None:
    session.commit()
    path = current_app.extensions["settings"].instance / KEY_FILE
    ours = path.read_bytes()
    path.unlink()
    newer = seal_pdf(print_html(HTML))
    session.commit()
    assert path.read_bytes() != ours
    for content in (sealed, newer):
        assert "Sealed by us" in check(content)[1]
    path.unlink()
    with session.begin_nested() as attempt:  # somebody with an installation of their own, under our name
        foreign = seal_pdf(print_html(HTML))
        attempt.rollback()
    path.write_bytes(ours)
    status, page = check(foreign)
    assert status == 404 and "not with a key of ours" in page


BOMB = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a PDF", "not a PDF"),
        (b"%PDF-1.7\nnothing else", "damaged"),
        (samples.encrypted_pdf(), "password"),
        (b"%PDF-1.7\n" + b"0" * 2 * LIMIT, "larger than 10 MB"),
        (samples.pdf_with_references(zlib.compress(b"\1\0\0\0\0\0" * 20_000_000, 9)), "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(app: Flask, check: Callable[[bytes], tuple[int, str]], content: bytes, words: str) -> None:
    status, page = check(content)
    assert status == 422 and words in page


def test_a_file_without_a_seal_and_one_that_unpacks_without_end_are_only_unknown(app: Flask, check: Callable[[bytes], tuple[int, str]]) -> None:
    packed = zlib.compress(b"0" * 50_000_000, 9)
    bomb = samples.assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", BOMB % (len(packed), packed)])
    for content in (samples.pdf("A paper"), bomb):
        status, page = check(content)
        assert status == 404 and "bears no seal" in page
