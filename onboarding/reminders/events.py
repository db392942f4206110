"""What the audit trail says about reminders."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.nudge.sent": _l("Somebody was reminded by hand of their late tasks"),
    "onboarding.reminders.set": _l("When late tasks are told to others was changed"),
    "onboarding.digest.chosen": _l("How the daily mail comes was chosen"),
}
