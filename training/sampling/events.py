"""What the audit trail says about samples."""

from core.web.i18n import _l

EVENTS = {
    "training.audit_sample.drawn": _l("A sample was drawn"),
    "training.sample_line.checked": _l("A line of a sample was checked"),
}
