"""What the audit trail says about requirements."""

from core.web.i18n import _l

EVENTS = {
    "training.rule.written": _l("A training rule was written"),
    "training.rule.revised": _l("A training rule was changed"),
    "training.rule.ended": _l("A training rule was given an end"),
    "training.assignment.made": _l("A course was assigned by a rule"),
    "training.assignment.changed": _l("The days of an assignment changed"),
    "training.assignment.dropped": _l("An assignment was dropped: the rule no longer asks it"),
}
