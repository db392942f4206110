"""What the audit trail says about shadowing."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.shadowing_session.scheduled": _l("A shadowing session was scheduled"),
    "onboarding.shadowing_session.confirmed": _l("A shadowing session was confirmed"),
    "onboarding.shadowing_session.accepted": _l("A shadowing session was accepted"),
    "onboarding.shadowing_session.reassigned": _l("A shadowing session got another mentor"),
    "onboarding.shadowing_session.no_show": _l("Somebody did not come to a shadowing session"),
    "onboarding.shadowing_session.decided": _l("What was seen in a shadowing session was decided"),
    "onboarding.shadowing_session.settled": _l("That a shadowing session took place was decided"),
    "onboarding.shadowing_session.moved": _l("A shadowing session was moved"),
    "onboarding.shadowing_session.cancelled": _l("A shadowing session was cancelled"),
    "onboarding.shadowing_session.held": _l("A shadowing session took place"),
    "onboarding.shadowing_session.logged": _l("What was seen in a shadowing session was written down"),
    "onboarding.shadowing_session.signed_off": _l("A shadowing session was signed off"),
    "onboarding.objective.added": _l("A shadowing objective was added"),
}
