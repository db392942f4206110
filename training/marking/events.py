"""What the audit trail says about marking by hand."""

from core.web.i18n import _l

EVENTS = {
    "training.file.handed_in": _l("A file was handed in as an answer"),
    "training.mark.sent": _l("An answer was marked by hand"),
    "training.mark.answered": _l("A marker answered to a mark proposed where two differ"),
    "training.script.differing": _l("Two marks of an answer lie too far apart"),
    "training.script.marked": _l("The mark of an answer stands"),
    "training.mark.amended": _l("A mark was amended"),
}
