"""What the audit trail says about offered times."""

from core.web.i18n import _l

EVENTS = {
    "hiring.times.offered": _l("Interview times were offered"),
    "hiring.times.withdrawn": _l("Offered interview times were withdrawn"),
    "hiring.times.picked": _l("The candidate picked an interview time"),
    "hiring.times.changed": _l("The candidate changed to another of the offered times"),
    "hiring.times.refused": _l("The candidate said that no offered time suits"),
    "hiring.interview.people_changed": _l("The interviewers were changed"),
}
