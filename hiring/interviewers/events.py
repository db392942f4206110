"""What the audit trail says about pools of interviewers."""

from core.web.i18n import _l

EVENTS = {
    "hiring.interviewers.pool_made": _l("A pool of interviewers was made"),
    "hiring.interviewers.pool_changed": _l("A pool of interviewers was changed"),
    "hiring.interviewers.pool_closed": _l("A pool of interviewers was closed"),
}
