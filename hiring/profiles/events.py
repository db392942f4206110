"""What the audit trail says about role profiles."""

from core.web.i18n import _l

EVENTS = {
    "hiring.profile.written": _l("A role profile was written"),
    "hiring.profile.edited": _l("The role profile was changed"),
    "hiring.profile.taken_from_posting": _l("The role profile was taken from a posting"),
    "hiring.profile.removed": _l("A role profile was removed"),
    "hiring.posting.filled_from_profile": _l("Criteria and questions of the role profile were put into the posting"),
}
