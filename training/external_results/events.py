"""What the audit trail says about results from elsewhere."""

from core.web.i18n import _l

EVENTS = {
    "training.external_import.sent": _l("A file of results from elsewhere was sent"),
    "training.external_import.confirmed": _l("A file of results from elsewhere was confirmed"),
    "training.external_import.discarded": _l("A file of results from elsewhere was put away"),
    "training.external_import.done": _l("A file of results from elsewhere was taken in"),
    "training.external_result.noted": _l("A result from elsewhere was noted"),
}
