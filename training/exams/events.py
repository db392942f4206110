"""What the audit trail says about exams."""

from core.web.i18n import _l

EVENTS = {
    "training.attempt.started": _l("An exam was started"),
    "training.attempt.moved": _l("An exam went on on another device"),
    "training.attempt.to_be_marked": _l("An exam was handed in and waits to be marked by hand"),
    "training.attempt.graded": _l("An exam was closed and graded"),
}
