"""What may come in is decided by the bytes, and each refusal says what to do."""

import io
import time
import zipfile

import pytest
from flask import Flask

from core.errors import Invalid
from core.files.checks import check_content
from core.files.models import DOCX, JPEG, PDF, PNG
from core.files.rules import DOCUMENT, IMAGE, RESUME
from tests.core.files import samples


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (samples.pdf("Hello"), PDF),
        (b"\xef\xbb\xbf\n" + samples.pdf("Hello"), PDF),
        (samples.docx(), DOCX),
        (samples.picture("PNG"), PNG),
        (samples.picture("JPEG"), JPEG),
    ],
    ids=["pdf", "pdf after a mark", "docx", "png", "jpeg"],
)
def test_sound_files_are_known_by_their_content(app: Flask, content: bytes, content_type: str) -> None:
    with app.test_request_context():
        assert check_content(content, accept=DOCUMENT).content_type == content_type


def zip_bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", samples.TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * 1024 * 1024)
    return target.getvalue()


def many_members() -> bytes:
    return samples.docx(extra={f"word/part{number}.xml": b"x" for number in range(2100)})


WHOLE = samples.pdf("Hello", "World")
BAD = {
    "empty": (b"", "empty"),
    "too large": (b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024), "10 MB"),
    "picture named pdf": (samples.picture("PNG"), "PDF or DOCX"),
    "script named pdf": (b"#!/bin/sh\nrm -rf /\n", "PDF or DOCX"),
    "page of html": (b"<!doctype html><script>alert(1)</script>", "PDF or DOCX"),
    "plain zip": (b"PK\x03\x04" + b"0" * 100, "PDF or DOCX"),
    "old word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "old Word file"),
    "encrypted pdf": (samples.encrypted_pdf(), "Remove the password"),
    "pdf without an end": (WHOLE[: len(WHOLE) // 2], "broken"),
    "only a header": (b"%PDF-1.7\nnothing here", "broken"),
    "pdf of rubbish": (b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\nstartxref\n99\n%%EOF", "broken"),
    "pdf without pages": (samples.assembled([b"<</Type/Catalog>>"]).replace(b"/Root 1 0 R", b"/Rood 1 0 R"), "broken"),
    "cut-off docx": (samples.docx(extra={"word/media/a.bin": bytes(range(256)) * 8})[:700], "broken"),
    "docx that unpacks to hundreds of megabytes": (zip_bomb(), "unpacks"),
    "docx of thousands of members": (many_members(), "unpacks"),
    "docx with macros": (samples.docx(extra={"word/vbaProject.bin": b"macro"}), "macros"),
    "docx that says it has macros": (samples.docx(types="<Types>macroEnabled</Types>"), "macros"),
    "zip that only pretends": (samples.docx().replace(b"[Content_Types].xml", b"[Content_Typez].xml"), "broken"),
}


@pytest.mark.parametrize(("content", "words"), BAD.values(), ids=BAD.keys())
def test_bad_files_are_refused_with_a_sentence_that_helps(app: Flask, content: bytes, words: str) -> None:
    with app.test_request_context():
        began = time.perf_counter()
        with pytest.raises(Invalid) as refused:
            check_content(content, accept=RESUME)
    assert words in str(refused.value.sentence)
    assert refused.value.status == 422
    assert time.perf_counter() - began < 3


def test_a_cut_off_picture_is_refused(app: Flask) -> None:
    for form in ("PNG", "JPEG"):
        content = samples.picture(form, (400, 400))
        with app.test_request_context(), pytest.raises(Invalid, match="broken"):
            check_content(content[: len(content) // 2], accept=IMAGE)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(app: Flask) -> None:
    import struct
    import zlib

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(header)) + chunk + struct.pack(">I", zlib.crc32(chunk)) + b"\0" * 50
    with app.test_request_context(), pytest.raises(Invalid, match=r"pixels|broken"):
        check_content(content, accept=IMAGE)
