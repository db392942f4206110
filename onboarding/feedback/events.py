"""What the audit trail says about feedback: that it was asked for or given, never what it says."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.feedback.asked": _l("Feedback was asked for"),
    "onboarding.feedback.given": _l("Feedback was given"),
    "onboarding.feedback.declined": _l("Feedback that was asked for was declined"),
}
