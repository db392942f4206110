"""What the audit trail says about learning."""

from core.web.i18n import _l

EVENTS = {
    "training.study.begun": _l("The person began a course"),
    "training.module.read": _l("The person said they had read a module"),
}
