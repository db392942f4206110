"""What the audit trail says about shadowing programmes."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.programme.written": _l("A shadowing programme was written"),
    "onboarding.programme.described": _l("A shadowing programme was changed"),
    "onboarding.programme.put_into_use": _l("A version of a shadowing programme was put into use"),
    "onboarding.programme.taken_out_of_use": _l("A shadowing programme was taken out of use"),
    "onboarding.programme_stage.added": _l("A stage was added to a shadowing programme"),
    "onboarding.programme_stage.changed": _l("A stage of a shadowing programme was changed"),
    "onboarding.programme_stage.removed": _l("A stage was removed from a shadowing programme"),
    "onboarding.participation.begun": _l("A shadowing programme began for a new hire"),
    "onboarding.participation.advanced": _l("A stage of a shadowing programme was passed"),
    "onboarding.participation.ended": _l("A shadowing programme was ended early"),
}
