"""HTML to PDF: one service for every document, tagged (PDF/UA-1) and archivable (PDF/A-3a), the same bytes for the same input."""

import hashlib
import threading
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import current_app
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from core.documents.fetching import OwnFetcher
from core.web.i18n import force_locale

SHEETS = ("page.css", "letter.css", "certificate.css", "evidence.css")
UA_1 = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/></rdf:RDF>'
)


class _Press:
    """What is made once a process: fonts found and style sheets parsed. Used by one thread at a time: Pango's fonts are not to be shared."""

    def __init__(self, folder: Path) -> None:
        self.fonts = FontConfiguration()
        self.sheets = [CSS(string=(folder / name).read_text("utf-8"), url_fetcher=OwnFetcher(), font_config=self.fonts) for name in SHEETS]


_lock = threading.Lock()
_presses: dict[Path, _Press] = {}


def render_pdf(template: str, *, context: Mapping[str, Any], title: str, language: str, dated: date | None = None) -> bytes:
    """A PDF of a template in `templates/documents/`, as PDF/A-3a and PDF/UA-1 in one.

    `context` holds plain values only; `language` is a locale such as `pt_BR`, in which the template's texts, dates and money are
    written; `dated` is the day given as the file's date. Instants and days of a viewer's time zone must be turned into text
    before. The same input gives the same bytes. Works inside and outside a request.
    """
    return print_html(document_html(template, context=context, title=title, language=language, dated=dated))


def document_html(template: str, *, context: Mapping[str, Any], title: str, language: str, dated: date | None = None) -> str:
    """The HTML a PDF is made from."""
    name = template if template.startswith("documents/") else f"documents/{template}"
    with force_locale(language):
        found = current_app.jinja_env.get_template(name)
        return found.render(context, title=title, lang=language.replace("_", "-"), dated=None if dated is None else dated.isoformat())


def print_html(html: str) -> bytes:
    """The PDF of a whole HTML document of ours."""
    folder = Path(current_app.root_path) / "templates" / "documents"
    with _lock:
        if folder not in _presses:
            _presses[folder] = _Press(folder)
        press = _presses[folder]
        content: bytes = HTML(string=html, url_fetcher=OwnFetcher()).write_pdf(
            stylesheets=press.sheets,
            font_config=press.fonts,
            pdf_variant="pdf/a-3a",
            pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
            xmp_metadata=[BytesIO(UA_1)],
        )
    return content
