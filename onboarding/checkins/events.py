"""What the audit trail says about check-ins."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.check_in.planned": _l("A check-in was planned"),
    "onboarding.check_in.written": _l("The agenda or the notes of a check-in were written"),
    "onboarding.check_in.cancelled": _l("A check-in was cancelled"),
}
