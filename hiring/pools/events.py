"""What the audit trail says about talent pools."""

from core.web.i18n import _l

EVENTS = {
    "hiring.pool.made": _l("A talent pool was made"),
    "hiring.pool_member.added": _l("The candidate was put into a talent pool"),
    "hiring.pool_member.removed": _l("The candidate was taken out of a talent pool"),
}
