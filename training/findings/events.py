"""What the audit trail says about findings."""

from core.web.i18n import _l

EVENTS = {
    "training.audit_finding.raised": _l("A finding was raised"),
    "training.audit_finding.acted_on": _l("Something was done about a finding"),
    "training.audit_finding.closed": _l("A finding was closed"),
    "training.audit_finding.reopened": _l("A finding was opened again"),
}
