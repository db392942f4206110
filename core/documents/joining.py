"""Appending pages to a tagged PDF without losing the tags of either, and keeping a file inside it."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject


def append_pages(content: bytes, more: bytes, *, name: str, kept: bytes) -> bytes:
    """The first PDF with the pages of the second after its own, and with the file `kept` attached under `name`.

    Both come from `render_pdf`: their structure trees are joined, so that a screen reader reads on into the new pages.
    """
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    extra = PdfReader(BytesIO(more))
    root = _tree(writer._root_object)
    offset = 1 + max(int(str(key)) for key in _numbers(root)[::2])
    for page in extra.pages:
        added = writer.add_page(page)
        if "/StructParents" in page:  # pypdf leaves it out of its copy
            added[NameObject("/StructParents")] = NumberObject(int(str(page["/StructParents"])) + offset)
    other = _tree(extra.trailer["/Root"]).clone(writer)
    numbers = _numbers(other)
    for key, value in zip(numbers[::2], numbers[1::2], strict=True):
        _numbers(root).extend([NumberObject(int(str(key)) + offset), value])
    document = _first(root)
    for part in _list(_first(other), "/K"):
        part.get_object()[NameObject("/P")] = document.indirect_reference
        _list(document, "/K").append(part)
    attached = writer.add_attachment(name, kept)
    attached.associated_file_relationship = NameObject("/Source")
    writer._root_object[NameObject("/AF")] = ArrayObject([attached.pdf_object.indirect_reference])
    joined = BytesIO()
    writer.write(joined)
    return joined.getvalue()


def _tree(root: Any) -> DictionaryObject:
    found: DictionaryObject = root.get_object()["/StructTreeRoot"].get_object()
    return found


def _first(tree: DictionaryObject) -> DictionaryObject:
    found: Any = _list(tree, "/K")[0].get_object()
    return DictionaryObject() if found is None else found


def _list(holder: DictionaryObject, name: str) -> ArrayObject:
    found: Any = holder[name].get_object()
    return ArrayObject() if found is None else found


def _numbers(tree: DictionaryObject) -> ArrayObject:
    holder: Any = tree["/ParentTree"].get_object()
    return _list(holder, "/Nums")
