"""What the audit trail says about completions."""

from core.web.i18n import _l

EVENTS = {
    "training.completion.noted": _l("The person completed a course"),
    "training.completion.withdrawn": _l("A completion no longer counts"),
}
