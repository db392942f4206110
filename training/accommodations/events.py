"""What the audit trail says about accommodations. Never why: that is often about health."""

from core.web.i18n import _l

EVENTS = {
    "training.accommodation.granted": _l("Extra time in exams was given"),
    "training.accommodation.ended": _l("Extra time in exams was ended"),
}
