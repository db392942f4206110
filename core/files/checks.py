"""What a file really is, and whether it may come in: decided by its bytes, within limits, before anything takes it apart."""

import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from core.errors import Invalid
from core.files.extraction import ReaderError, run_reader
from core.files.models import DOCX, JPEG, PDF, PNG, SOUNDS
from core.files.rules import ENDINGS, FileRule
from core.files.sounds import is_whole_sound, sound_type
from core.web.i18n import _

PIXELS = 60_000_000
MEMBERS = 2_000
UNPACKED = 100 * 1024 * 1024
RATIO = 200
RATIO_FROM = 5 * 1024 * 1024  # small members of plain XML compress well without being a trap
PAGES = 500
STARTXREF = re.compile(rb"startxref\s+(\d{1,9})\s")
XREF_STREAM = re.compile(rb"\d+\s+\d+\s+obj\b")
ROOT = re.compile(rb"/Root\s+\d+\s+\d+\s+R")
MACROS = re.compile(r"vbaproject|vbadata|/activex/|/embeddings/.*\.(bin|exe|dll)$", re.IGNORECASE)


@dataclass(frozen=True)
class Checked:
    """A file that may come in."""

    content_type: str
    page_count: int | None = None


def check_content(content: bytes, *, accept: FileRule) -> Checked:
    """What the bytes are. Raises Invalid with a sentence when they may not come in."""
    if not content:
        raise Invalid(_("This file is empty. Choose the file again, or save it anew first."))
    if len(content) > accept.limit:
        limit = accept.limit // (1024 * 1024)
        raise Invalid(_("This file is too large: up to %(limit)s MB are accepted. Save it with smaller pictures, or send fewer pages.", limit=limit))
    content_type = _kind(content)
    if content_type not in accept.types:
        raise Invalid(_wrong_kind(content, accept))
    if content_type == PDF:
        return Checked(PDF, _check_pdf(content))
    if content_type == DOCX:
        _check_docx(content)
    elif content_type in SOUNDS:
        if not is_whole_sound(content, content_type):
            raise Invalid(_("This sound is broken and cannot be played. Save it anew as MP3, OGG or WAV and send that."))
    else:
        _check_picture(content, content_type)
    return Checked(content_type)


def _kind(content: bytes) -> str | None:
    if content.lstrip(b"\xef\xbb\xbf\x00\t\n\f\r ").startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"PK\x03\x04") and b"word/" in content:
        return DOCX
    return sound_type(content)


def ending_of(content: bytes) -> str:
    """The ending a file with these bytes has, empty for a kind not known here."""
    content_type = _kind(content)
    return ENDINGS[content_type][0] if content_type else ""


def _wrong_kind(content: bytes, accept: FileRule) -> str:
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return str(_("This is an old Word file, or one with a password. Save it as PDF or as .docx without a password, and send that."))
    kinds = str(accept.label)
    return str(_("What is in this file is not of a kind accepted here: %(kinds)s. Save it in one of these formats and send that.", kinds=kinds))


def _check_pdf(content: bytes) -> int | None:
    """The number of pages, where it had to be counted. A PDF that is plainly whole is not taken apart in a web process at all."""
    broken = _("This PDF is broken and cannot be opened. Open it on your device, save it anew as PDF, and send that.")
    ending = content[-2048:]
    if b"%%EOF" not in ending or b"startxref" not in ending:
        raise Invalid(broken)
    if _is_plainly_whole(content):
        return None
    try:
        standing = json.loads(run_reader(content, "check", cpu_seconds=5, wall_seconds=10))
    except (ReaderError, ValueError):
        raise Invalid(broken) from None
    if standing.get("problem") == "password":
        raise Invalid(_("This PDF is protected with a password. Remove the password (save or print it as a new PDF) and send that."))
    pages = int(standing.get("pages", 0))
    if pages == 0:
        raise Invalid(broken)
    if pages > PAGES:
        raise Invalid(_("This PDF has %(pages)s pages; up to %(limit)s are accepted. Send only the pages that matter.", pages=pages, limit=PAGES))
    return pages


def _is_plainly_whole(content: bytes) -> bool:
    """Whether the end of the file leads to its table of objects, the table to the root, and nothing speaks of encryption."""
    found = list(STARTXREF.finditer(content, len(content) - 2048 if len(content) > 2048 else 0))
    if not found or b"/Encrypt" in content:
        return False
    table = content[int(found[-1][1]) :][:64].lstrip()
    if table.startswith(b"xref"):
        trailer = content.rfind(b"trailer")
        return trailer >= 0 and ROOT.search(content, trailer) is not None
    return XREF_STREAM.match(table) is not None and ROOT.search(content, int(found[-1][1])) is not None


def _check_docx(content: bytes) -> None:
    broken = _("This Word file is broken and cannot be opened. Open it on your device, save it anew as .docx or PDF, and send that.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED or any(map(_is_bomb, members)):
                raise Invalid(_("This Word file unpacks to far more than a document needs. Save it as PDF and send that."))
            if len(names) != len(members) or not {"[Content_Types].xml", "word/document.xml"} <= names:
                raise Invalid(broken)
            if any(member.flag_bits & 1 for member in members):
                raise Invalid(_("This Word file is protected with a password. Remove the password, save it and send that."))
            types = archive.read("[Content_Types].xml")
            archive.read("word/document.xml")  # damage shows here, by its checksum
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        raise Invalid(broken) from None
    if b"macroEnabled" in types or any(MACROS.search(name) for name in names):
        raise Invalid(_("This Word file carries macros. Save it as .docx without macros, or as PDF, and send that."))


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > RATIO_FROM and member.file_size > RATIO * max(member.compress_size, 1)


def _check_picture(content: bytes, content_type: str) -> None:
    broken = _("This picture is broken and cannot be opened. Save it anew as PNG or JPEG and send that.")
    form = "PNG" if content_type == PNG else "JPEG"
    try:
        with Image.open(io.BytesIO(content), formats=(form,)) as picture:
            width, height = picture.size
            if width * height > PIXELS:
                raise Invalid(_("This picture has too many pixels. Save it smaller, with up to 60 million pixels, and send that."))
            if form == "PNG":
                picture.verify()
            elif not _has_end(content):
                raise Invalid(broken)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        raise Invalid(broken) from None


def _has_end(jpeg: bytes) -> bool:
    """Whether the picture data of a JPEG is followed by its end mark. Pillow cannot be asked: WeasyPrint makes it lenient for the whole process."""
    place = 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        if jpeg[place + 1] == 0xDA:
            return jpeg.find(b"\xff\xd9", place) > 0
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return False
