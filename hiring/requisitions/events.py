"""What the audit trail says about requisitions."""

from core.web.i18n import _l

EVENTS = {
    "hiring.requisition.written": _l("A requisition was written"),
    "hiring.requisition.changed": _l("The requisition was changed"),
    "hiring.requisition.returned_to_draft": _l("The requisition needs approval again, or was sent back"),
    "hiring.requisition.submitted": _l("Approval of the requisition was asked for"),
    "hiring.requisition.approved": _l("The requisition was approved"),
    "hiring.requisition.held": _l("The requisition was put on hold"),
    "hiring.requisition.resumed": _l("The requisition was taken up again"),
    "hiring.requisition.filled": _l("The last opening of the requisition was filled"),
    "hiring.requisition.cancelled": _l("The requisition was cancelled"),
    "hiring.opening.filled": _l("An opening was filled"),
    "hiring.opening.freed": _l("An opening is free again"),
    "hiring.opening.cancelled": _l("An opening was cancelled"),
    "hiring.posting.made_from_requisition": _l("The posting was made from a requisition"),
    "hiring.posting.pay_followed": _l("The pay range of the posting followed its requisition"),
    "hiring.posting.openings_followed": _l("The number of openings of the posting followed its requisition"),
}
