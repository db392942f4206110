"""What the audit trail says about messages and documents of candidates."""

from core.web.i18n import _l

EVENTS = {
    "hiring.message.sent": _l("A message to the candidate was sent"),
    "hiring.message.received": _l("The candidate sent a message or a document"),
    "hiring.message.settled": _l("It was said that the candidate's messages need no answer"),
    "hiring.document.asked_for": _l("A document was asked for"),
    "hiring.document.handed_in": _l("A document was handed in"),
    "hiring.document.not_needed": _l("A document was said to be no longer needed"),
}
