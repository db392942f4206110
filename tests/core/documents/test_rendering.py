"""Documents are tagged and archivable, the same bytes for the same input, and fetch nothing from anywhere."""

import http.server
import io
import re
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader, UndefinedError
from pypdf import PdfReader

from core.documents.codes import new_code, qr_svg, read_code
from core.documents.fetching import OwnFetcher, register_image
from core.documents.paper import Paper
from core.documents.rendering import print_html, render_pdf
from tests.core.files import samples

ADDRESS = "https://trilha.example/verify/7Q4M-0ZKX-W3NT-98HD"
CODE = "7Q4M-0ZKX-W3NT-98HD"
PAPER = Paper("Banco Aurora", "Avenida Paulista 1000", "bancoaurora.example", CODE, "trilha.example/verify", ADDRESS, qr_svg(ADDRESS))
LETTER = """{% extends "documents/letter.html" %}{% block recipient %}<p>{{ name }}</p>{% endblock %}{% block day %}{{ day|day }}{% endblock %}
{% block content %}{% for line in lines %}<p>{{ line }}</p>{% endfor %}
<table><caption>Terms</caption><tbody><tr><th scope="row">Salary</th><td>{{ salary|money('BRL') }}</td></tr></tbody></table>{% endblock %}"""
CERTIFICATE = """{% extends "documents/certificate.html" %}{% block holder %}{{ name }}{% endblock %}
{% block facts %}<dl><div><dt>Score</dt><dd>92</dd></div></dl>{% endblock %}"""
CONTEXT = {"paper": PAPER, "name": "Ana <3 Souza", "lines": ["One.", "Two."], "day": date(2026, 11, 23), "salary": 950000}


@pytest.fixture(autouse=True)
def samples_of_documents(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    extra = DictLoader({"documents/sample_letter.html": LETTER, "documents/sample_certificate.html": CERTIFICATE})
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([extra, app.jinja_env.loader]))  # type: ignore[list-item]
    with app.app_context():
        yield


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("template", "size"), [("sample_letter.html", "595.276 x 841.89"), ("sample_certificate.html", "841.89 x 595.276")])
def test_documents_are_tagged_archivable_titled_and_sound(tmp_path: Path, template: str, size: str) -> None:
    content = render_pdf(template, context=CONTEXT, title="Proposta de emprego", language="pt_BR", dated=date(2026, 11, 23))
    path = tmp_path / "document.pdf"
    path.write_bytes(content)
    described = run("pdfinfo", str(path))
    assert re.search(r"Tagged:\s+yes", described)
    assert re.search(r"Title:\s+Proposta de emprego", described)
    assert size in described
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", str(path))
    reader = PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "pt-BR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert "2026-11-23" in metadata
    fonts = run("pdffonts", str(path)).splitlines()[2:]
    assert fonts
    assert all("Lato" in line and " yes yes yes" in line for line in fonts)
    text = reader.pages[0].extract_text().replace("\xa0", " ")
    assert "Ana <3 Souza" in text
    assert "7Q4M-0ZKX-W3NT-98HD" in text


def test_the_language_decides_how_days_and_money_are_written() -> None:
    written = {}
    for language in ("en", "pt_BR"):
        content = render_pdf("sample_letter.html", context=CONTEXT, title="Letter", language=language)
        written[language] = PdfReader(io.BytesIO(content)).pages[0].extract_text().replace("\xa0", " ")
    assert "Nov 23, 2026" in written["en"]
    assert "23 de nov. de 2026" in written["pt_BR"]
    assert "9.500,00" in written["pt_BR"]


def test_the_same_input_gives_the_same_bytes_also_between_threads() -> None:
    def make(app: Flask) -> bytes:
        with app.app_context():
            return render_pdf("sample_certificate.html", context=CONTEXT, title="Certificate", language="en")

    from flask import current_app

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, [app] * 6))
    assert len(set(made)) == 1


def test_a_long_letter_has_its_foot_on_each_page() -> None:
    content = render_pdf("sample_letter.html", context={**CONTEXT, "lines": ["A paragraph of some length. " * 8] * 40}, title="Long", language="en")
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) > 2
    for number, sheet in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in sheet.extract_text()
        assert "7Q4M-0ZKX-W3NT-98HD" in sheet.extract_text()


def test_a_forgotten_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        render_pdf("sample_letter.html", context={"paper": PAPER}, title="Letter", language="en")


def test_it_works_inside_a_request_too(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        content = render_pdf("sample_letter.html", context=CONTEXT, title="Letter", language="pt_BR")
    assert content == render_pdf("sample_letter.html", context=CONTEXT, title="Letter", language="pt_BR")


class _Listener(http.server.BaseHTTPRequestHandler):
    hits: list[str] = []

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_response(302)
        self.send_header("Location", "file:///etc/passwd")
        self.end_headers()


def test_nothing_is_fetched_by_any_way_that_html_css_or_svg_know(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret-words")
    server = http.server.HTTPServer(("127.0.0.1", 0), _Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for address in (f"http://127.0.0.1:{server.server_port}/a.png", secret.as_uri(), f"ftp://127.0.0.1:{server.server_port}/b"):
            drawing = (
                f"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><style>@import '{address}';</style>"
                f"<image xlink:href='{address}' href='{address}' width='9' height='9'/><use href='{address}#a'/></svg>"
            )
            entity = f"<!DOCTYPE svg [<!ENTITY x SYSTEM '{address}'>]><svg xmlns='http://www.w3.org/2000/svg'><text y='9'>&x;</text></svg>"
            html = f"""<!doctype html><html lang="en"><head><title>T</title><base href="{address}">
            <link rel="stylesheet" href="{address}"><link rel="attachment" href="{address}">
            <style>@import url({address});
            @font-face {{ font-family: X; src: url({address}) }} body {{ background: url({address}); font-family: X }}
            li {{ list-style-image: url({address}) }} p::before {{ content: url({address}) }}</style></head>
            <body><p>Text <a rel="attachment" href="{address}">a</a></p>
            <ul><li>x</li></ul><img alt="" src="{address}"><img alt="" src="/relative.png">
            <object data="{address}"></object><embed src="{address}"><iframe src="{address}"></iframe>{drawing}
            <img alt="" src="data:image/svg+xml,{quote(drawing)}"><img alt="" src="data:image/svg+xml,{quote(entity)}">
            <img alt="" src="data:text/html,x"></body></html>"""
            content = print_html(html)
            whole = b"".join(stream for stream in _streams(content))
            assert b"the-secret-words" not in whole
            assert b"root:" not in whole
            assert "the-secret-words" not in PdfReader(io.BytesIO(content)).pages[0].extract_text()
            assert not PdfReader(io.BytesIO(content)).attachments
    finally:
        server.shutdown()
        server.server_close()
    assert _Listener.hits == []


def _streams(content: bytes) -> Iterator[bytes]:
    yield content
    reader = PdfReader(io.BytesIO(content))
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        found = reader.get_object(number)
        if hasattr(found, "get_data"):
            yield found.get_data()


def test_only_our_pictures_are_handed_out() -> None:
    register_image("logo", samples.picture(), "image/png")
    fetcher = OwnFetcher()
    assert fetcher.fetch("image:logo").read() == samples.picture()
    for address in ("image:other", "file:///etc/passwd", "http://127.0.0.1/", "data:text/css,a{}", "data:application/pdf;base64,AAAA"):
        with pytest.raises(ValueError, match="nothing"):
            fetcher.fetch(address)
        with pytest.raises(ValueError, match="nothing"):
            fetcher.open(address)
    assert print_html('<html lang="en"><head><title>T</title></head><body><img src="image:logo" alt="Logo"></body></html>').startswith(b"%PDF")


def test_codes_are_unguessable_readable_and_forgiving() -> None:
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    assert read_code(" 7q4m 0zkx-w3nt98hd ") == "7Q4M-0ZKX-W3NT-98HD"
    assert read_code("7q4m-ozkx-w3nt-98hd") == "7Q4M-0ZKX-W3NT-98HD"
    for wrong in ("", "7Q4M", "7Q4M-0ZKX-W3NT-98HU", "../../etc/passwd", "7Q4M-0ZKX-W3NT-98HD-1", "é" * 16, "9" * 10_000):
        assert read_code(wrong) is None
