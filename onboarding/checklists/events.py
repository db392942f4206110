"""What the audit trail says about checklists and their tasks."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.checklist.begun": _l("The onboarding began"),
    "onboarding.checklist.completed": _l("The onboarding was completed"),
    "onboarding.checklist.reopened": _l("The onboarding was opened again"),
    "onboarding.checklist.cancelled": _l("The onboarding was cancelled"),
    "onboarding.task.done": _l("An onboarding task was done"),
    "onboarding.task.reopened": _l("An onboarding task was opened again"),
    "onboarding.task.submitted": _l("A document was handed in"),
    "onboarding.task.accepted": _l("A document was accepted"),
    "onboarding.task.returned": _l("A document was sent back"),
    "onboarding.task.waived": _l("An onboarding task was waived"),
    "onboarding.task.written": _l("A form was filled in, to be sent later"),
    "onboarding.task.signed": _l("A document was signed"),
    "onboarding.task.granted": _l("Access or equipment was handed over"),
    "onboarding.task.revoked": _l("Access or equipment was taken back"),
    "onboarding.task.waiver_asked": _l("Somebody asked that an onboarding task need not be done"),
    "onboarding.task.waiver_refused": _l("An onboarding task has to be done after all"),
    "onboarding.task.changed": _l("An onboarding task was changed"),
}
