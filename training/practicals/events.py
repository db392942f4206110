"""What the audit trail says about practical assessments."""

from core.web.i18n import _l

EVENTS = {
    "training.standard.written": _l("A performance standard was written"),
    "training.standard.changed": _l("The draft of a performance standard was changed"),
    "training.standard.approved": _l("A performance standard was approved"),
    "training.assessment.arranged": _l("A practical assessment was arranged"),
    "training.sheet.sent": _l("An assessor said what they saw"),
    "training.assessment.differing": _l("The assessors came to different ends"),
    "training.assessment.decided": _l("A practical assessment was decided"),
    "training.assessment.called_off": _l("A practical assessment was called off"),
}
