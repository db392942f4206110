"""The offer letter as a PDF."""

from dataclasses import asdict, dataclass
from datetime import date

from markupsafe import Markup

from core.documents.paper import company_paper
from core.documents.rendering import render_pdf
from core.web.i18n import _, force_locale
from core.web.markdown import render_markdown


@dataclass(frozen=True)
class OfferLetter:
    """Everything the letter shows, as text in its language. `body` is Markdown with its merge fields filled in."""

    recipient: str
    position: str
    place_and_day: str
    body: str
    salary: str
    starts_on: str
    location: str
    manager: str
    expires_on: str
    signatory: str
    code: str
    language: str
    dated: date


def offer_letter(letter: OfferLetter) -> bytes:
    """The letter's PDF; without a code it carries no proof and says that it is a preview."""
    with force_locale(letter.language):
        title = _("Offer of employment: %(position)s", position=letter.position)
    body = Markup(render_markdown(letter.body))  # noqa: S704 - cleaned by nh3
    context = asdict(letter) | {"paper": company_paper(code=letter.code), "body": body}
    context.pop("dated")
    return render_pdf("offer_letter.html", context=context, title=title, language=letter.language, dated=letter.dated)
