"""Files to send: sound ones, and ones that somebody hostile or unlucky would send."""

import io
import zipfile

from PIL import Image
from pypdf import PdfReader, PdfWriter
from werkzeug.datastructures import FileStorage

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def pdf(*lines: str, pages: int = 1) -> bytes:
    """A PDF written by hand, with a table of objects."""
    text = "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(b"%d 0 R" % (5 + page) for page in range(pages))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text.encode("cp1252")), text.encode("cp1252")),
    ]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>"] * pages
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    """The objects as a PDF file."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def pdf_with_references(packed: bytes) -> bytes:
    """A PDF whose table of objects is this packed stream, and nothing else."""
    head = b"%PDF-1.7\n"
    table = b"1 0 obj\n<</Type/XRef/Size 9/W[1 4 1]/Root 2 0 R/Length %d/Filter/FlateDecode>>stream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


def encrypted_pdf(*, password: str = "secret") -> bytes:
    """A PDF that asks for a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Secret"))))
    writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


HELLO = "<w:p><w:r><w:t>Curriculo</w:t></w:r></w:p>"


def docx(body: str = HELLO, *, prologue: str = "", extra: dict[str, bytes] | None = None, types: str = TYPES) -> bytes:
    """A Word file with this body."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        document = f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<w:document {W}><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return target.getvalue()


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A small picture."""
    target = io.BytesIO()
    Image.new("RGB", size, (15, 107, 92)).save(target, form)
    return target.getvalue()


def upload(content: bytes, name: str = "cv.pdf", content_type: str = "application/octet-stream") -> FileStorage:
    """What a browser would send."""
    return FileStorage(io.BytesIO(content), filename=name, content_type=content_type)
