"""What the audit trail says about debriefs."""

from core.web.i18n import _l

EVENTS = {"hiring.panel.decided": _l("The panel's decision was written down")}
