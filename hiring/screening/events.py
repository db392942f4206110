"""What the audit trail says about screening."""

from core.web.i18n import _l

EVENTS = {"hiring.screening_mark.given": _l("A screening mark was given")}
