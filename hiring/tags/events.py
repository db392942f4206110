"""What the audit trail says about tags."""

from core.web.i18n import _l

EVENTS = {
    "hiring.candidate.tagged": _l("A tag was put on the candidate"),
    "hiring.candidate.untagged": _l("A tag was taken off the candidate"),
}
