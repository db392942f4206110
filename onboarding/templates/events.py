"""What the audit trail says about onboarding templates."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.template.written": _l("An onboarding template was written"),
    "onboarding.template.described": _l("An onboarding template was changed"),
    "onboarding.template.drafted": _l("A new version of an onboarding template was begun"),
    "onboarding.template.published": _l("A version of an onboarding template was published"),
    "onboarding.template_task.added": _l("A task was added to an onboarding template"),
    "onboarding.template_task.changed": _l("A task of an onboarding template was changed"),
    "onboarding.template_task.removed": _l("A task was removed from an onboarding template"),
}
