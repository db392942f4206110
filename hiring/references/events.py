"""What the audit trail says about references."""

from core.web.i18n import _l

EVENTS = {"hiring.reference.noted": _l("A reference was noted")}
