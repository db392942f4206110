"""What the audit trail says about audits."""

from core.web.i18n import _l

EVENTS = {
    "training.audit_grant.given": _l("The auditor was given access for a time"),
    "training.audit_grant.ended": _l("The auditor's access was ended before its time"),
}
