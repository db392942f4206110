"""The words of interview plans."""

from core.web.i18n import _l
from hiring.plans.models import QuestionStyle

QUESTION_STYLES = {
    QuestionStyle.OPEN: _l("Open"),
    QuestionStyle.BEHAVIOURAL: _l("Behavioural"),
    QuestionStyle.SITUATIONAL: _l("Situational"),
    QuestionStyle.TECHNICAL: _l("Technical"),
}
