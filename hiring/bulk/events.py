"""What the audit trail says about bulk actions."""

from core.web.i18n import _l

EVENTS = {
    "hiring.bulk.started": _l("Something was done to several applications at once"),
    "hiring.bulk.taken_back": _l("A decision on several applications was taken back"),
    "hiring.bulk.exported": _l("A list of applications was exported"),
}
