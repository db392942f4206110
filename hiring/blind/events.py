"""What the audit trail says about blind screening."""

from core.web.i18n import _l

EVENTS = {
    "hiring.posting.screening_changed": _l("How the applications are screened was changed"),
    "hiring.application.revealed": _l("The candidate's name was shown before its time"),
}
