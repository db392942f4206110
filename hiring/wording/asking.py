"""Asking the writing aid about a posting, or about what is being typed."""

from dataclasses import dataclass, field
from typing import Any

from hiring.postings.forms import PostingForm
from hiring.postings.models import Posting
from hiring.wording import labels
from hiring.wording.review import Remark, review

TEXTS = ("title", "summary", "responsibilities", "qualifications")


@dataclass(frozen=True)
class Aid:
    """What the writing aid says, with its words. `fixed` are values the form beside it does not ask for."""

    remarks: list[Remark]
    fixed: dict[str, Any] = field(default_factory=dict)

    @property
    def hints(self) -> dict[Any, Any]:
        """A sentence for each hint."""
        return labels.HINTS

    @property
    def fields(self) -> dict[str, Any]:
        """Names of the fields."""
        return labels.FIELDS


def aid_for_posting(posting: Posting) -> Aid:
    """Hints on a posting as it is kept. Needs `criteria` to be loaded."""
    texts = {name: getattr(posting, name) for name in TEXTS}
    texts["criteria"] = "\n\n".join(criterion.text for criterion in posting.criteria)
    return Aid(review(texts, salary_from=posting.salary_from, salary_to=posting.salary_to, language=posting.language))


def aid_for_form(form: PostingForm) -> Aid:
    """Hints on what the form of a draft holds, sound or not."""
    texts = {name: form[name].data or "" for name in TEXTS}
    return Aid(review(texts, salary_from=form.salary_from.data, salary_to=form.salary_to.data, language=form.language.data or "pt_BR"))


def aid_for_wording(posting: Posting, texts: dict[str, str]) -> Aid:
    """Hints on new texts of a posting whose title and pay stay."""
    remarks = review({"title": posting.title, **texts}, salary_from=posting.salary_from, salary_to=posting.salary_to, language=posting.language)
    fixed = {"title": posting.title, "language": posting.language, "salary_from": _plain(posting.salary_from), "salary_to": _plain(posting.salary_to)}
    return Aid(remarks, fixed)


def _plain(amount: int | None) -> str:
    return "" if amount is None else f"{amount // 100}.{amount % 100:02d}"
