"""What the audit trail says about persons."""

from core.web.i18n import _l

EVENTS = {
    "core.person.added": _l("The person was added"),
    "core.role.granted": _l("A role was granted"),
    "core.role.ended": _l("A role was taken away"),
    "core.employment.begun": _l("An employment was begun or changed"),
    "core.employment.start_moved": _l("The first day was moved"),
    "core.employment.ended": _l("The employment was ended"),
    "core.employment.withdrawn": _l("The employment was withdrawn before it began"),
    "core.employment.never_begun": _l("An employment did not begin"),
    "core.company.described": _l("The company profile was changed"),
}
