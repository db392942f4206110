"""What the audit trail says about sections."""

from core.web.i18n import _l

EVENTS = {
    "training.section.written": _l("A section of an exam was written"),
    "training.section.dropped": _l("A section was taken out of a draft"),
}
