"""What the audit trail says about what modules consist of."""

from core.web.i18n import _l

EVENTS = {
    "training.picture.added": _l("A picture was added to a draft"),
    "training.picture.dropped": _l("A picture was taken out of a draft"),
}
