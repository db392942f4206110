"""Text is read in a process of its own: whatever is in the file, the caller lives, waits a bounded time and fetches nothing."""

import http.server
import resource
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from flask import Flask

from core.files.extraction import MEMORY, ReaderError, extract_text, run_reader
from core.files.models import DOCX, PDF
from core.files.pictures import page_picture
from tests.core.files import samples


@pytest.fixture(autouse=True)
def speaking(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def test_the_text_of_a_pdf_is_read() -> None:
    found = extract_text(samples.pdf("Ana Souza", "Gerente de Relacionamento, São Paulo", pages=3), PDF)
    assert "Gerente de Relacionamento, São Paulo" in found.text
    assert (found.page_count, found.problem) == (3, "")


def test_the_text_of_a_docx_is_read_with_its_headers_and_tables() -> None:
    header = f'<?xml version="1.0"?><w:hdr {samples.W}><w:p><w:r><w:t>ana@example.com</w:t></w:r></w:p></w:hdr>'
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>CPA-20</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body = f"<w:p><w:r><w:t>Ana</w:t><w:tab/><w:t>Souza</w:t></w:r></w:p>{table}"
    found = extract_text(samples.docx(body, extra={"word/header1.xml": header.encode()}), DOCX)
    assert found.text == "ana@example.com\n\nAna Souza\nCPA-20"


def test_a_pdf_of_pictures_says_so() -> None:
    found = extract_text(samples.pdf(), PDF)
    assert found.text == ""
    assert "pictures" in found.problem


class _Listener(http.server.BaseHTTPRequestHandler):
    hits: list[str] = []

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_error(404)


def test_external_entities_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret-words")
    server = http.server.HTTPServer(("127.0.0.1", 0), _Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for target in (secret.as_uri(), f"http://127.0.0.1:{server.server_port}/x"):
            prologue = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{target}">]>'
            found = extract_text(samples.docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", prologue=prologue), DOCX)
            assert "the-secret-words" not in found.text
            assert "entities" in found.problem
    finally:
        server.shutdown()
        server.server_close()
    assert _Listener.hits == []


def test_a_billion_laughs_end_at_once() -> None:
    laughs = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    began = time.perf_counter()
    found = extract_text(samples.docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", prologue=f"<!DOCTYPE x [{laughs}]>"), DOCX)
    assert "entities" in found.problem
    assert time.perf_counter() - began < 5


def test_a_part_that_unpacks_too_far_is_not_read() -> None:
    found = extract_text(samples.docx("<w:p/>" + " " * (60 * 1024 * 1024)), DOCX)
    assert "unpacks" in found.problem


def test_memory_stays_bounded_whatever_the_file_holds() -> None:
    packed = zlib.compress(b"BT /F1 9 Tf (x) Tj ET " * 10_000_000, 9)
    bomb = samples.assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        ]
    )
    wordy = samples.docx("<w:p><w:r><w:t>word</w:t></w:r></w:p>" * 900_000)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        read, refused, used = apart.submit(_read_and_measure, wordy, bomb).result()
    assert read
    assert refused
    assert used < MEMORY


def _read_and_measure(wordy: bytes, bomb: bytes) -> tuple[bool, bool, int]:
    """In a process of its own, so that only the readers count: was the document read, the bomb refused, and bytes used at most."""
    read, refused = bool(extract_text(wordy, DOCX).text), bool(extract_text(bomb, PDF).problem)
    return read, refused, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 rubbish", b"\0" * 5000], ids=["empty", "rubbish", "zeros"])
def test_damaged_files_end_in_a_sentence(content: bytes) -> None:
    for kind in (PDF, DOCX):
        assert "damaged" in extract_text(content, kind).problem


def test_a_file_that_never_ends_is_given_up() -> None:
    endless = b"%PDF-1.7\nxref\n0 400000\n" + b"0000000010 00000 n \n" * 400000 + b"trailer\n<</Size 400000/Root 1 0 R>>\nstartxref\n9\n%%EOF"
    began = time.perf_counter()
    with pytest.raises(ReaderError):
        run_reader(endless, "pdf", cpu_seconds=1, wall_seconds=5)
    assert time.perf_counter() - began < 5


def test_the_reader_is_given_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRILHA_SECRET_KEY", "x" * 40)
    reader = Path("core/files/reader.py").read_text()
    assert "os.environ" not in reader
    assert "from core" not in reader


def test_a_page_can_be_drawn() -> None:
    drawn = page_picture(samples.pdf("Hello"), 1, 300)
    assert drawn is not None
    assert drawn.startswith(b"\x89PNG")
    assert page_picture(samples.pdf("Hello"), 9, 300) is None
