"""What the audit trail says about notes."""

from core.web.i18n import _l

EVENTS = {
    "hiring.note.written": _l("A note was written on the application"),
    "hiring.note.changed": _l("A note on the application was changed"),
    "hiring.note.withdrawn": _l("A note on the application was withdrawn"),
    "hiring.note.read": _l("A note was read by a colleague it mentions"),
}
