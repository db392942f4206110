"""What the audit trail says about teams."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.team.made": _l("A team for onboarding tasks was made"),
    "onboarding.team.changed": _l("A team for onboarding tasks was changed"),
}
