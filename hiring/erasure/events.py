"""Sentences for the audit trail."""

from core.web.i18n import _l

EVENTS = {
    "hiring.erasure.asked_for": _l("A candidate asked for their data to be deleted"),
    "hiring.erasure.called_back": _l("A candidate called the deletion of their data back"),
    "hiring.application.erased": _l("All that tells who a candidate was has been deleted"),
}
