"""How many pages a PDF has, counted in a process of its own."""

import json

from core.errors import Invalid
from core.files.extraction import ReaderError, run_reader
from core.files.models import StoredFile
from core.files.store import read_content
from core.web.i18n import _


def count_pages(file: StoredFile, *, most: int, field: str | None = None) -> int:
    """Count the pages of a PDF and keep their number with it. Raises Invalid at the field when it does not open, or has too many."""
    try:
        standing = json.loads(run_reader(read_content(file), "check", cpu_seconds=5, wall_seconds=15))
        pages = int(standing.get("pages", 0))
    except (ReaderError, ValueError):
        pages = 0
    if pages == 0:
        raise Invalid(_("This PDF is broken and cannot be opened. Open it on your device, save it anew as PDF, and send that."), field=field)
    if pages > most:
        sentence = _("This PDF has %(pages)s pages; up to %(limit)s are accepted. Send only the pages that matter.", pages=pages, limit=most)
        raise Invalid(sentence, field=field)
    file.page_count = pages
    return pages
