"""What the audit trail says about onboarding templates."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.template.written": _l("An onboarding template was written"),
    "onboarding.template.described": _l("An onboarding template was changed"),
    "onboarding.template.drafted": _l("A new version of an onboarding template was begun"),
    "onboarding.template.published": _l("A version of an onboarding template was published"),
    "onboarding.template.copied": _l("An onboarding template was copied"),
    "onboarding.template.imported": _l("An onboarding template was imported"),
    "onboarding.template_task.attached": _l("A file was added to the instructions of an onboarding task"),
    "onboarding.template_task.detached": _l("A file was taken off the instructions of an onboarding task"),
    "onboarding.template_task.added": _l("A task was added to an onboarding template"),
    "onboarding.template_task.changed": _l("A task of an onboarding template was changed"),
    "onboarding.template_task.removed": _l("A task was removed from an onboarding template"),
}
