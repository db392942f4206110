"""What the audit trail says about regrading."""

from core.web.i18n import _l

EVENTS = {
    "training.key.corrected": _l("The key of an exam question was corrected"),
    "training.attempt.regraded": _l("An exam was graded again after a correction"),
}
