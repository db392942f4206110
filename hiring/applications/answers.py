"""Checking answers against the questions of a posting."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from core.errors import Invalid
from core.web.i18n import _
from hiring.postings.models import Question, QuestionKind

LONGEST = {QuestionKind.SHORT: 300, QuestionKind.LONG: 5000, QuestionKind.YES_NO: 3}


def field_name(question: Question) -> str:
    """The name of the question's field in the form."""
    return f"answer_{question.public_id.hex}"


def checked_answers(questions: Sequence[Question], given: Mapping[UUID, str]) -> list[tuple[Question, str]]:
    """Each question with its answer, "" where an optional one was left out; what was not asked is ignored.

    Raises Invalid at the first answer that is missing, too long or neither yes nor no.
    """
    answers = []
    for question in questions:
        text = given.get(question.public_id, "").strip()
        if not text and question.required:
            raise Invalid(_("Please answer this question."), field=field_name(question))
        if len(text) > LONGEST[question.kind]:
            raise Invalid(_("This answer is too long."), field=field_name(question))
        if text and question.kind is QuestionKind.YES_NO and text not in ("yes", "no"):
            raise Invalid(_("Please answer yes or no."), field=field_name(question))
        answers.append((question, text))
    return answers


def knocks_out(question: Question, text: str) -> bool:
    """Whether the answer is not the one a knock-out question accepts."""
    return question.knock_out and text != question.accepted
