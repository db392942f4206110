"""The sealed paper of a review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.documents.paper import company_paper
from core.documents.rendering import render_pdf


@dataclass(frozen=True)
class Voice:
    """One side's assessment as the paper shows it."""

    who: str
    achievements: str
    difficulties: str
    support: str
    mark: str


@dataclass(frozen=True)
class ReviewPaper:
    """Everything the paper shows, as text in its language."""

    title: str
    person: str
    position: str
    facts: Sequence[tuple[str, str]]
    successes: str
    improvements: str
    job_description: str
    actions: Sequence[tuple[str, str, str]]  # what, who, by when
    voices: Sequence[Voice]
    signatures: Sequence[tuple[str, str]]
    code: str
    language: str
    dated: date


def review_paper(sheet: ReviewPaper) -> bytes:
    """The review as PDF."""
    context = {"sheet": sheet, "paper": company_paper(code=sheet.code)}
    return render_pdf("review.html", context=context, title=sheet.title, language=sheet.language, dated=sheet.dated)
