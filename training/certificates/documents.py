"""The paper a certificate is printed on."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from functools import lru_cache

from flask_babel import format_date, format_decimal
from markupsafe import Markup

from core.documents.merging import fill
from core.documents.paper import Paper
from core.documents.rendering import render_pdf
from core.web.i18n import _, force_locale, locale_name
from core.web.markdown import render_markdown
from training.designs.wording import uses


@dataclass(frozen=True)
class Design:
    """What a design says and looks like, as plain values. `body` is Markdown with merge fields; `logo` a `data:` address."""

    heading: str
    body: str
    is_portrait: bool
    signatories: tuple[tuple[str, str], ...]
    shows_score: bool
    shows_version: bool
    logo: str = ""


@dataclass(frozen=True)
class CertificatePaper:
    """What a certificate says, as plain values."""

    holder: str
    course: str
    course_code: str
    version: int
    hours: Decimal
    regulation: str
    completed_on: date
    valid_until: date | None
    score: Fraction | None
    pass_mark: int
    number: str
    approver: str
    language: str
    paper: Paper
    design: Design | None = None  # none: the standard one

    def shows(self, field: str) -> bool:
        """Whether the score or the version stands on the paper."""
        design = self.design
        return design is None or bool(getattr(design, f"shows_{field}")) or uses(design.body, field)

    @property
    def title(self) -> str:
        """The document's title."""
        with force_locale(self.language):
            return str(_("Certificate: %(course)s", course=self.course))


def percent(score: Fraction) -> str:
    """An exact score as read, never rounded up to a mark that was not reached: one decimal, cut."""
    return _percent(score, locale_name())


@lru_cache(maxsize=4096)  # a list says the same few scores again and again
def _percent(score: Fraction, _locale: str) -> str:
    cut = (Decimal(score.numerator) / Decimal(score.denominator)).quantize(Decimal("0.1"), rounding=ROUND_DOWN)
    return str(format_decimal(cut)) + "\u00a0%"


def facts(certificate: CertificatePaper) -> dict[str, str]:
    """What the paper shows, label to value, in the certificate's language."""
    with force_locale(certificate.language):
        shown = {_("Course"): certificate.course}
        if certificate.shows("version"):
            shown[_("Version")] = str(certificate.version)
        shown[_("Completed on")] = format_date(certificate.completed_on, "long")
        if certificate.score is not None and certificate.shows("score"):
            shown[_("Score")] = _("%(score)s (pass mark %(mark)s %%)", score=percent(certificate.score), mark=certificate.pass_mark)
        until = certificate.valid_until
        shown[_("Valid until")] = _("No end") if until is None else format_date(until, "long")
        shown[_("Number")] = certificate.number
    return {str(label): str(value) for label, value in shown.items()}


def certificate_pdf(certificate: CertificatePaper) -> bytes:
    """The certificate as PDF, the same bytes for the same facts."""
    with force_locale(certificate.language):
        score = "" if certificate.score is None else percent(certificate.score)
        hours = format_decimal(certificate.hours)
    context = {"hours": hours, "certificate": certificate, "paper": certificate.paper, "score": score, "body": _body(certificate, hours, score)}
    return render_pdf(
        "training_certificate.html", context=context, title=certificate.title, language=certificate.language, dated=certificate.completed_on
    )


def _body(certificate: CertificatePaper, hours: str, score: str) -> Markup:
    if certificate.design is None:
        return Markup()
    until = certificate.valid_until
    with force_locale(certificate.language):
        values = {
            "name": certificate.holder,
            "course": certificate.course,
            "code": certificate.course_code,
            "version": str(certificate.version),
            "hours": hours,
            "regulation": certificate.regulation,
            "completed_on": format_date(certificate.completed_on, "long"),
            "valid_until": str(_("No end")) if until is None else format_date(until, "long"),
            "score": score,
            "pass_mark": str(certificate.pass_mark),
            "number": certificate.number,
            "approver": certificate.approver,
            "company": certificate.paper.company,
        }
    return Markup(render_markdown(fill(certificate.design.body, values)))  # noqa: S704 - cleaned by nh3
