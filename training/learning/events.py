"""What the audit trail says about learning."""

from core.web.i18n import _l

EVENTS = {
    "training.study.begun": _l("The person began a course"),
    "training.module.acknowledged": _l("The person confirmed a statement by name"),
    "training.module.read": _l("The person said they had read a module"),
}
