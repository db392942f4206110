"""A file name from outside can do no harm, and stays recognisable."""

import pytest

from core.files.models import DOCX, PDF, PNG
from core.files.names import safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("Currículo da Ângela.PDF", "Currículo da Ângela.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system.ini", "system.ini.pdf"),
        ("C:\\Users\\ana\\cv.pdf", "cv.pdf"),
        ("cv\x00.pdf", "cv.pdf"),
        ("cv\r\nSet-Cookie: a=b.pdf", "cvSet-Cookie- a=b.pdf"),
        ("CON", "file-CON.pdf"),
        ("aux.pdf", "file-aux.pdf"),
        ("com1.txt.pdf", "file-com1.txt.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("<script>alert(1)</script>.pdf", "script-.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("cv.exe", "cv.exe.pdf"),
        ("/", "file.pdf"),
    ],
)
def test_names_become_safe(given: str, kept: str) -> None:
    assert safe_name(given, content_type=PDF) == kept


def test_the_ending_follows_the_content() -> None:
    assert safe_name("cv.pdf", content_type=DOCX) == "cv.pdf.docx"
    assert safe_name("photo", content_type=PNG) == "photo.png"


def test_a_name_of_wide_characters_still_fits_a_file_system() -> None:
    assert len(safe_name("\U0001f600" * 300 + ".pdf", content_type=PDF).encode()) <= 255
