"""Sentences for the audit trail."""

from core.web.i18n import _l

EVENTS = {
    "hiring.candidate.merged": _l("Two candidates were made one"),
    "hiring.candidate.became_another": _l("The candidate was made one with another"),
    "hiring.candidate.merge_undone": _l("What was made one was made two candidates again"),
    "hiring.candidate.told_apart": _l("Two candidates were said to be two persons"),
}
