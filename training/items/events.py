"""What the audit trail says about questions."""

from core.web.i18n import _l

EVENTS = {
    "training.item.written": _l("A question was written"),
    "training.item.imported": _l("Questions of a file were taken over"),
    "training.item.dropped": _l("A question was taken out of a draft"),
}
