"""What the audit trail says about equivalences."""

from core.web.i18n import _l

EVENTS = {
    "training.equivalence_kind.written": _l("A kind of certificate from elsewhere was added"),
    "training.equivalence_kind.changed": _l("The terms of a kind of certificate were changed"),
    "training.equivalent_course.added": _l("A kind of certificate was said to stand for a course"),
    "training.equivalent_course.confirmed": _l("A kind of certificate was said to stand for a new version of a course"),
    "training.equivalent_course.ended": _l("A kind of certificate no longer stands for a course"),
    "training.equivalence.handed_in": _l("A certificate from elsewhere was handed in"),
    "training.equivalence.accepted": _l("A certificate from elsewhere was accepted"),
    "training.equivalence.refused": _l("A certificate from elsewhere was refused"),
    "training.equivalence.withdrawn": _l("A certificate from elsewhere was taken back"),
    "training.equivalence.revoked": _l("A certificate from elsewhere was revoked"),
    "training.equivalence.corrected": _l("A certificate from elsewhere was corrected"),
}
