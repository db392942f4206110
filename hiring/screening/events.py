"""What the audit trail says about screening."""

from core.web.i18n import _l

EVENTS = {"hiring.screening_mark.given": _l("A screening mark was given"), "hiring.screening_mark.taken_back": _l("A screening mark was taken back")}
