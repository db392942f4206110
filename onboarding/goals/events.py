"""What the audit trail says about goals."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.goal.proposed": _l("A goal or a change of it was proposed"),
    "onboarding.goal.agreed": _l("A goal was agreed on"),
    "onboarding.goal.refused": _l("A proposed goal was refused or taken back"),
    "onboarding.goal.measured": _l("What was reached of a goal was written down"),
    "onboarding.goal.actual_removed": _l("A measurement of a goal was removed"),
}
