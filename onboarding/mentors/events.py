"""What the audit trail says about mentors."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.mentor.added": _l("Somebody became a mentor"),
    "onboarding.mentor.described": _l("A mentor's profile was changed"),
    "onboarding.mentor.paused": _l("A mentor pauses"),
    "onboarding.mentor.resumed": _l("A mentor is back from a pause"),
    "onboarding.mentor.absence_added": _l("A mentor has days off"),
    "onboarding.mentor.absence_removed": _l("Days off of a mentor were taken back"),
}
