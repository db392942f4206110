"""Checking answers against the questions of a posting, and writing them one way."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from core.errors import Invalid
from core.files.models import StoredFile
from core.web.i18n import _
from hiring.postings.models import Question, QuestionKind

LONGEST = {
    QuestionKind.SHORT: 300,
    QuestionKind.LONG: 5000,
    QuestionKind.YES_NO: 3,
    QuestionKind.ONE_OF: 200,
    QuestionKind.MANY_OF: 30 * 201,
    QuestionKind.NUMBER: 20,
    QuestionKind.DATE: 10,
    QuestionKind.FILE: 300,
}
NUMBER = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,2})?")  # three digits after a mark may be thousands: not accepted


def field_name(question: Question) -> str:
    """The name of the question's field in the form."""
    return f"answer_{question.public_id.hex}"


def held_name(question: Question) -> str:
    """The name of the hidden field that refers to a file sent before."""
    return f"held_{question.public_id.hex}"


def checked_answers(
    questions: Sequence[Question], given: Mapping[UUID, str], files: Mapping[UUID, StoredFile] | None = None
) -> list[tuple[Question, str]]:
    """Each question with its answer as it is kept, "" where an optional one was left out; what was not asked is ignored.

    Raises Invalid at the first answer that is missing, too long, or not what its kind of question takes.
    """
    answers = []
    for question in questions:
        if question.kind is QuestionKind.FILE:
            file = (files or {}).get(question.public_id)
            text = "" if file is None else file.name
        else:
            text = given.get(question.public_id, "").strip()
        if not text and question.required:
            sentence = _("Please choose a file.") if question.kind is QuestionKind.FILE else _("Please answer this question.")
            raise Invalid(sentence, field=field_name(question))
        answers.append((question, kept_text(question, text)))
    return answers


def kept_text(question: Question, text: str) -> str:
    """The text of an answer as it is kept: options in their order, a number with a point. Raises Invalid for what does not answer."""
    if not text:
        return ""
    field = field_name(question)
    if len(text) > LONGEST[question.kind]:
        raise Invalid(_("This answer is too long."), field=field)
    if question.kind is QuestionKind.YES_NO and text not in ("yes", "no"):
        raise Invalid(_("Please answer yes or no."), field=field)
    if question.kind is QuestionKind.ONE_OF and text not in question.options:
        raise Invalid(_("Please choose one of the answers."), field=field)
    if question.kind is QuestionKind.MANY_OF:
        chosen = set(text.splitlines())
        if not chosen <= set(question.options):
            raise Invalid(_("Please choose from the answers."), field=field)
        return "\n".join(option for option in question.options if option in chosen)
    if question.kind is QuestionKind.NUMBER:
        if not NUMBER.fullmatch(text):
            raise Invalid(_("Please write a number in digits, such as 1500 or 2.5, without marks between thousands."), field=field)
        return text.replace(",", ".")
    if question.kind is QuestionKind.DATE:
        return _day(text, field)
    return text


def _day(text: str, field: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Invalid(_("Please choose a day, or write it as year-month-day, such as 2031-12-31."), field=field) from None


def knocks_out(question: Question, text: str) -> bool:
    """Whether the answer is not one a knock-out question accepts."""
    return question.knock_out and text not in question.accepted.split("\n")
