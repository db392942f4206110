"""What the audit trail says about groups of people."""

from core.web.i18n import _l

EVENTS = {
    "core.department.placed": _l("A department was put below another, or below none"),
    "core.tag.made": _l("A tag for people was made"),
    "core.tag.carried": _l("The days in which the person carries a tag were written down"),
    "core.tag.taken_back": _l("A tag the person never carried was taken back"),
}
