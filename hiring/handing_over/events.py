"""What the audit trail says about handing over."""

from core.web.i18n import _l

EVENTS = {"hiring.posting.handed_over": _l("The posting was handed over")}
