"""What one PDF costs, beside what bare WeasyPrint needs for the same HTML."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from flask import Flask, current_app
from weasyprint import CSS, HTML

from bench.measuring import middle_seconds
from core.documents.fetching import OwnFetcher
from core.documents.paper import company_paper
from core.documents.rendering import SHEETS, document_html, print_html
from training.certificates.documents import CertificatePaper


def measure_paper(app: Flask) -> tuple[float, float]:
    """Processor milliseconds of a certificate: by our service, and by WeasyPrint with the same style sheets and nothing else."""
    with app.test_request_context():
        html = _certificate()
        ours = middle_seconds(lambda: print_html(html))
        bare = middle_seconds(lambda: _bare(html))
    return ours * 1000, bare * 1000


def _bare(html: str) -> bytes:
    folder = Path(current_app.root_path) / "templates" / "documents"
    sheets = [CSS(string=(folder / name).read_text("utf-8")) for name in SHEETS]
    content: bytes = HTML(string=html, url_fetcher=OwnFetcher()).write_pdf(stylesheets=sheets)
    return content


def _certificate() -> str:
    certificate = CertificatePaper(
        holder="Camila Sertório",
        course="Prevenção à lavagem de dinheiro",
        course_code="PLD-01",
        version=2,
        hours=Decimal("4.5"),
        regulation="Circular 3.978",
        completed_on=date(2026, 3, 2),
        valid_until=date(2027, 3, 2),
        score=Fraction(9, 10),
        pass_mark=70,
        number="2026-000123",
        approver="Ester Campanha",
        language="pt_BR",
        paper=company_paper(code="K7QM-2XWD-9RTA-4FHC"),
    )
    context = {"hours": "4,5", "certificate": certificate, "paper": certificate.paper, "score": "90,0 %"}
    return document_html("training_certificate.html", context=context, title=certificate.title, language="pt_BR", dated=certificate.completed_on)
