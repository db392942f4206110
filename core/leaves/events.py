"""What the audit trail says about leaves. Never why: that is often about health."""

from core.web.i18n import _l

EVENTS = {
    "core.leave.written": _l("A leave of absence was written down"),
    "core.leave.corrected": _l("The days of a leave of absence were corrected"),
    "core.leave.taken_back": _l("A leave of absence was taken back"),
}
