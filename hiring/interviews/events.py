"""What the audit trail says about interviews."""

from core.web.i18n import _l

EVENTS = {
    "hiring.interview.scheduled": _l("An interview was scheduled"),
    "hiring.interview.moved": _l("An interview was moved to another time"),
    "hiring.interview.cancelled": _l("An interview was cancelled"),
    "hiring.interview.missed": _l("The candidate did not come to the interview"),
    "hiring.interview.held_after_all": _l("The candidate came to the interview after all"),
    "hiring.scorecard.sent": _l("A scorecard was sent"),
    "hiring.scorecard.amended": _l("A scorecard that had been sent was amended"),
}
