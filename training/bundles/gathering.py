"""Putting many certificates into one file. Pure."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

from pypdf import PdfWriter

_UNSAFE = re.compile(r'[\x00-\x1f\\/:*?"<>|]+')


def file_name(holder: str, title: str, code: str) -> str:
    """What one certificate's file is called inside a ZIP: safe on every system, told apart by its number."""
    words = _UNSAFE.sub(" ", f"{holder} - {title}")
    return f"{' '.join(words.split())[:120].strip(' .')} - {code}.pdf"


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP file of these, byte for byte: names and contents. They are compressed already."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), content)
    return held.getvalue()


def merged(files: Iterable[tuple[str, bytes]]) -> bytes:
    """One PDF of these with a bookmark for each. Their seals do not survive: a seal covers the file it was put on."""
    writer = PdfWriter()
    for name, content in files:
        writer.append(BytesIO(content), outline_item=name.removesuffix(".pdf"), import_outline=False)
    for page in writer.pages:
        page.pop("/Annots", None)  # fields of seals that hold no more
    writer._root_object.pop("/AcroForm", None)
    held = BytesIO()
    writer.write(held)
    return held.getvalue()
