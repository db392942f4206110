"""What the audit trail says about approvals."""

from core.web.i18n import _l

EVENTS = {
    "hiring.approval.asked": _l("Approval was asked for"),
    "hiring.approval.given": _l("An approval was given"),
    "hiring.approval.refused": _l("An approval was refused"),
    "hiring.approval.seat_given": _l("Somebody else was named to decide, for the approver no longer can"),
    "hiring.approval.voided": _l("Approvals were given up, for what they were for has changed"),
    "hiring.approval_template.saved": _l("An approval chain was described"),
    "hiring.approval_delegate.named": _l("A stand-in for approvals was named"),
    "hiring.approval_delegate.ended": _l("A stand-in's time ended"),
}
