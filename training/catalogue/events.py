"""What the audit trail says about courses."""

from core.web.i18n import _l

EVENTS = {
    "training.course.added": _l("A course was added"),
    "training.course.described": _l("The description of a course was changed"),
    "training.version.begun": _l("A version of a course was begun"),
    "training.version.written": _l("The exam terms of a version were changed"),
    "training.version.in_review": _l("A version was handed in for review"),
    "training.version.draft": _l("A version was returned to its authors"),
    "training.version.change_described": _l("It was written down what a version changes and for whom"),
    "training.version.reviewed": _l("A version was reviewed by a second person"),
    "training.version.approved": _l("A version was approved by a second person"),
    "training.version.in_force": _l("A version came into force"),
    "training.version.superseded": _l("A version was superseded by the next"),
    "training.module.written": _l("A module was written"),
    "training.module.dropped": _l("A module was taken out of a draft"),
}
