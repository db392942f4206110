"""A sealed document shows any change, and its key is nobody else's to read."""

import stat
import subprocess
from pathlib import Path

import pytest
from flask import Flask, current_app

from core.documents.rendering import print_html
from core.documents.sealing import seal_pdf

HTML = '<html lang="en"><head><title>Letter</title></head><body><h1>Letter</h1><p>Some words.</p></body></html>'


def checked(path: Path) -> str:
    return subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout


def test_a_seal_is_valid_and_breaks_with_the_document(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        content = print_html(HTML)
        sealed = seal_pdf(content)
        assert stat.S_IMODE((current_app.extensions["settings"].instance / "seal.p12").stat().st_mode) == 0o600
    assert sealed.startswith(content)
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    assert "Signature is Valid" in checked(path)
    place = len(content) // 2
    path.write_bytes(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
    assert "Signature is Valid" not in checked(path)


def test_the_key_is_made_once(app: Flask) -> None:
    with app.app_context():
        seal_pdf(print_html(HTML))
        key = (current_app.extensions["settings"].instance / "seal.p12").read_bytes()
        seal_pdf(print_html(HTML))
        assert (current_app.extensions["settings"].instance / "seal.p12").read_bytes() == key


@pytest.mark.parametrize("content", [b"", b"not a PDF"])
def test_only_pdf_is_sealed(app: Flask, content: bytes) -> None:
    with app.app_context(), pytest.raises(Exception, match=r".+"):
        seal_pdf(content)
