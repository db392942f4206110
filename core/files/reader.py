"""Runs alone in a process of its own: takes apart a file that nobody trusts, within limits, and says what it found.

Called as a script by `core.files.extraction`; it imports nothing of the application and is given no settings.
Input: the file on standard input. Output: JSON, or a picture, on standard output.
"""

import hashlib
import io
import json
import re
import resource
import sys
import unicodedata
import zipfile
from typing import Any
from xml.parsers import expat

LONGEST = 400_000  # characters of text kept
PART = 40 * 1024 * 1024  # bytes of one XML part read
PAGES = 200
SEALS = 20
NO_SEAL: dict[str, Any] = {"certificate": "", "intact": False, "whole": False, "until": ""}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
PARTS = re.compile(r"word/(header\d*|document|footer\d*|footnotes|endnotes)\.xml")


class UnreadableError(Exception):
    """The file holds something that is never read."""


def limit(cpu_seconds: int, memory_bytes: int) -> None:
    """Bound what this process may use, for good."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def tidy(text: str) -> str:
    """Composed characters, no control characters, at most one blank line in a row."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST]


def pdf_text(content: bytes) -> tuple[str, int]:
    """The text of a PDF and how many pages it has: by pypdf, or by pdfium where that finds none."""
    pages = 0
    text = ""
    try:
        import pypdf

        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        pages = len(reader.pages)
        found = []
        for number in range(min(pages, PAGES)):
            found.append(reader.pages[number].extract_text())
            if sum(map(len, found)) > LONGEST:
                break
        text = tidy("\n\n".join(found))
    except MemoryError:
        raise
    except Exception:  # whatever a damaged file does to the first reader, the second one tries
        text = ""
    if text:
        return text, pages
    return _pdf_text_by_pdfium(content)


def _pdf_text_by_pdfium(content: bytes) -> tuple[str, int]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    pages = len(document)
    return tidy("\n\n".join(document[number].get_textpage().get_text_bounded() for number in range(min(pages, PAGES)))), pages


def pdf_standing(content: bytes) -> dict[str, Any]:
    """Whether a PDF opens: how many pages it has, or what stands against it."""
    import pypdfium2

    try:
        return {"pages": len(pypdfium2.PdfDocument(content))}
    except pypdfium2.PdfiumError as error:
        return {"problem": "password" if "password" in str(error).lower() else "broken"}


def pdf_seals(content: bytes) -> dict[str, Any]:
    """The signatures inside a PDF in the order they were put, or what stands against reading them.

    Of each: the SHA-256 of the signer's certificate, whether what it covers is as it was signed, whether it covers the whole file,
    and the SHA-256 of the file up to where it ends.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(content), strict=False)
    if reader.encrypted:
        return {"problem": "password"}
    if "/Pages" not in reader.root:
        return {"problem": "broken"}
    try:
        signatures = reader.embedded_signatures[:SEALS]
    except MemoryError:
        raise
    except Exception:  # the file opens, and one of its signatures does not
        return {"seals": [NO_SEAL]}
    return {"seals": [_seal(each, content) for each in signatures]}


def _seal(signature: Any, content: bytes) -> dict[str, Any]:
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    found = dict(NO_SEAL)
    try:
        certificate = signature.signer_cert
        found["certificate"] = hashlib.sha256(certificate.dump()).hexdigest()
        itself = ValidationContext(trust_roots=[certificate], allow_fetching=False)  # whose it is, the caller decides by its hash
        status = validate_pdf_signature(signature, itself, skip_diff=True)
        found["intact"] = bool(status.intact and status.valid)
        found["whole"] = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
        _start, _length, start, length = (int(number) for number in signature.byte_range)
        found["until"] = hashlib.sha256(content[: start + length]).hexdigest()
    except MemoryError:
        raise
    except Exception:  # a signature that cannot be read holds nothing together
        found["intact"] = False
    return found


def docx_text(content: bytes) -> tuple[str, None]:
    """The text of a DOCX: headers, body, footers and notes, read as a stream without building a tree."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if PARTS.fullmatch(name))
        for name in sorted(names, key=lambda part: ("header" not in part, "document" not in part, part)):
            if archive.getinfo(name).file_size > PART:
                raise UnreadableError("large")
            with archive.open(name) as part:
                _read_part(part, found)
            found.append("\n\n")
    return tidy("".join(found)), None


def _read_part(part: Any, found: list[str]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    inside = [0]
    kept = [sum(map(len, found))]

    def refuse(*ignored: object) -> int:
        raise UnreadableError("declarations")

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == W + "t":
            inside[0] += 1
        elif tag == W + "tab":
            found.append("\t")
        elif tag in (W + "br", W + "cr"):
            found.append("\n")

    def end(tag: str) -> None:
        if tag == W + "t":
            inside[0] -= 1
        elif tag == W + "p" and kept[0] < LONGEST:
            found.append("\n")
            kept[0] += 1

    def characters(data: str) -> None:
        if inside[0] and kept[0] < LONGEST:
            found.append(data)
            kept[0] += len(data)

    parser.StartDoctypeDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.ParseFile(part)


def page_picture(content: bytes, page: int, width: int) -> bytes:
    """One page of a PDF as a PNG of the given width; pages count from 1."""
    import pypdfium2

    sheet = pypdfium2.PdfDocument(content)[page - 1]
    scale = min(width / max(sheet.get_width(), 1), 4000 / max(sheet.get_height(), 1))
    target = io.BytesIO()
    sheet.render(scale=scale).to_pil().convert("RGB").save(target, "PNG", optimize=False)
    return target.getvalue()


def portrait(content: bytes, side: int) -> bytes:
    """A picture as a square JPEG: turned upright, cut to its middle, on white, and with nothing but its pixels."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
        picture.draft("RGB", (2 * side, 2 * side))
        square = ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGBA"), (side, side))
    drawn = Image.new("RGB", (side, side), "white")
    drawn.paste(square, mask=square.getchannel("A"))
    target = io.BytesIO()
    drawn.save(target, "JPEG", quality=85, optimize=True)
    return target.getvalue()


def main(arguments: list[str]) -> int:
    """Do one piece of work: `check`, `pdf`, `docx`, `seals`, `portrait SIDE` or `page NUMBER WIDTH`, after the limits."""
    limit(int(arguments[0]), int(arguments[1]))
    content = sys.stdin.buffer.read()
    work = arguments[2]
    if work == "page":
        sys.stdout.buffer.write(page_picture(content, int(arguments[3]), int(arguments[4])))
        return 0
    if work == "portrait":
        sys.stdout.buffer.write(portrait(content, int(arguments[3])))
        return 0
    if work == "check":
        sys.stdout.buffer.write(json.dumps(pdf_standing(content)).encode())
        return 0
    answer: dict[str, Any]
    try:
        if work == "seals":
            answer = pdf_seals(content)
        else:
            text, pages = pdf_text(content) if work == "pdf" else docx_text(content)
            answer = {"text": text, "pages": pages}
    except UnreadableError as problem:
        answer = {"problem": str(problem)}
    except (MemoryError, RecursionError):
        answer = {"problem": "large"}
    except Exception as error:  # the caller is told that it did not work; what is in the file is not its business
        answer = {"problem": "broken", "kind": type(error).__name__}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
