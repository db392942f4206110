"""A signed document as a PDF: its text, and below it who signed, when, and under which hash."""

from dataclasses import asdict, dataclass
from datetime import date

from markupsafe import Markup

from core.documents.paper import company_paper
from core.documents.rendering import render_pdf
from core.web.markdown import render_markdown


@dataclass(frozen=True)
class SignedDocument:
    """Everything the paper shows, as text in its language. `body` is Markdown with its merge fields filled in."""

    title: str
    signer: str
    position: str
    place_and_day: str
    body: str
    signed_at: str
    sha256: str
    code: str
    language: str
    dated: date


def signed_document(document: SignedDocument) -> bytes:
    """The document's PDF."""
    body = Markup(render_markdown(document.body))  # noqa: S704 - cleaned by nh3
    context = asdict(document) | {"paper": company_paper(code=document.code), "body": body}
    context.pop("dated")
    context.pop("title")
    return render_pdf("signed_document.html", context=context, title=document.title, language=document.language, dated=document.dated)
