"""Words for the kinds of questions that files have."""

from typing import Any

from core.web.i18n import _l
from training.interchange.questions import QuestionKind

QUESTION_KINDS: dict[QuestionKind, Any] = {
    QuestionKind.DESCRIPTION: _l("text without a question"),
    QuestionKind.ESSAY: _l("essay"),
    QuestionKind.NUMERIC: _l("number"),
    QuestionKind.SINGLE: _l("one answer"),
    QuestionKind.MULTIPLE: _l("several answers"),
    QuestionKind.MATCHING: _l("matching"),
    QuestionKind.TRUE_FALSE: _l("true or false"),
    QuestionKind.SHORT_TEXT: _l("short text"),
    QuestionKind.ORDERING: _l("ordering"),
    QuestionKind.FILL_IN: _l("blanks to be filled in"),
    QuestionKind.OTHER: _l("another kind"),
}
