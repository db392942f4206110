"""What the audit trail says about locked exams."""

from core.web.i18n import _l

EVENTS = {
    "training.exam.locked": _l("An exam was locked after the last attempt failed"),
    "training.exam.unlocked": _l("A locked exam was opened again"),
    "training.attempt.granted": _l("One more attempt at an exam was granted"),
}
