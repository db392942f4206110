"""What the audit trail says about saved searches."""

from core.web.i18n import _l

EVENTS = {
    "hiring.saved_search.kept": _l("A search was saved"),
    "hiring.saved_search.alerts_changed": _l("The alerts of a saved search were switched"),
    "hiring.saved_search.removed": _l("A saved search was removed"),
}
