"""What the audit trail says about development."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.competency.added": _l("A competency was added"),
    "onboarding.competency.expected": _l("What a role asks for was set"),
    "onboarding.competency.assessed": _l("Levels of competencies were assessed"),
    "onboarding.development_action.added": _l("Something was added to a development plan"),
    "onboarding.development_action.done": _l("Something in a development plan was done"),
    "onboarding.development_action.removed": _l("Something was taken out of a development plan"),
    "onboarding.career_ladder.set": _l("The career ladder was set"),
}
