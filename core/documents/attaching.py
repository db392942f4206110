"""Files inside a PDF/A-3, added after its end so that what was there stays as it was, and so that large ones are never held whole."""

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


@dataclass
class Enclosure:
    """A file to attach, written bit by bit and kept deflated. `relationship` is what PDF/A-3 calls it: Data, Source, Supplement."""

    name: str
    media_type: str
    description: str
    relationship: str = "Data"
    size: int = 0
    _parts: list[bytes] = field(default_factory=list)
    _sha256: Any = field(default_factory=hashlib.sha256)
    _md5: Any = field(default_factory=lambda: hashlib.md5(usedforsecurity=False))  # PDF asks for it beside the size
    _deflating: Any = field(default_factory=lambda: zlib.compressobj(6))

    def write(self, content: bytes) -> None:
        """Add what comes next."""
        self.size += len(content)
        self._sha256.update(content)
        self._md5.update(content)
        if packed := self._deflating.compress(content):
            self._parts.append(packed)

    def close(self) -> "Enclosure":
        """Nothing comes any more."""
        self._parts = [b"".join([*self._parts, self._deflating.flush()])]
        return self

    @property
    def sha256(self) -> str:
        """The hash of the file as it comes out again, in hexadecimal digits."""
        return str(self._sha256.hexdigest())

    @property
    def md5(self) -> bytes:
        """What PDF calls its checksum."""
        return bytes(self._md5.digest())

    @property
    def packed(self) -> bytes:
        """The deflated file; it has to be closed."""
        (whole,) = self._parts
        return whole


def enclose(name: str, content: bytes | str, *, media_type: str, description: str, relationship: str = "Data") -> Enclosure:
    """A small file to attach."""
    made = Enclosure(name, media_type, description, relationship)
    made.write(content if isinstance(content, bytes) else content.encode())
    return made.close()


def attach(content: bytes, enclosures: Sequence[Enclosure], *, dated: datetime) -> bytes:
    """The PDF/A-3 of `render_pdf` with the files attached to it as a whole. It must hold none yet."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    added = [(one.name, _specification(writer, one, dated)) for one in enclosures]
    root = writer.root
    names = root["/Names"] if "/Names" in root else _dictionary()
    pairs: Iterable[Any] = (part for name, where in sorted(added, key=lambda pair: pair[0]) for part in (pdf_string(name), where))
    names[pdf_name("/EmbeddedFiles")] = _dictionary({pdf_name("/Names"): generic.ArrayObject(pairs)})
    root[pdf_name("/Names")] = names
    root[pdf_name("/AF")] = generic.ArrayObject(where for _name, where in added)
    writer.update_root()  # type: ignore[no-untyped-call]
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _specification(writer: IncrementalPdfFileWriter, one: Enclosure, dated: datetime) -> generic.IndirectObject:
    day = generic.pdf_date(dated)
    parameters = {
        pdf_name("/Size"): _number(one.size),
        pdf_name("/CheckSum"): generic.ByteStringObject(one.md5),
        pdf_name("/CreationDate"): day,
        pdf_name("/ModDate"): day,
    }
    about = {
        pdf_name("/Type"): pdf_name("/EmbeddedFile"),
        pdf_name("/Subtype"): pdf_name("/" + one.media_type),
        pdf_name("/Filter"): pdf_name("/FlateDecode"),
        pdf_name("/Params"): _dictionary(parameters),
    }
    stream = writer.add_object(generic.StreamObject(about, encoded_data=one.packed))
    files = _dictionary({pdf_name("/F"): stream, pdf_name("/UF"): stream})
    return writer.add_object(
        _dictionary(
            {
                pdf_name("/Type"): pdf_name("/Filespec"),
                pdf_name("/F"): pdf_string(one.name),
                pdf_name("/UF"): pdf_string(one.name),
                pdf_name("/Desc"): pdf_string(one.description),
                pdf_name("/AFRelationship"): pdf_name("/" + one.relationship),
                pdf_name("/EF"): files,
            }
        )
    )


def _dictionary(pairs: dict[Any, Any] | None = None) -> generic.DictionaryObject:
    return generic.DictionaryObject(pairs)  # type: ignore[no-untyped-call]


def _number(number: int) -> generic.NumberObject:
    return generic.NumberObject(number)  # type: ignore[no-untyped-call]
