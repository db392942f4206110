"""What the audit trail says about certificate designs."""

from core.web.i18n import _l

EVENTS = {
    "training.design.written": _l("A certificate design was written"),
    "training.design.changed": _l("A certificate design was changed"),
}
