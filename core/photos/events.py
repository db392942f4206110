"""What the audit trail says about photos."""

from core.web.i18n import _l

EVENTS = {
    "core.photo.put_up": _l("A photo was put up"),
    "core.photo.removed": _l("A photo was taken away"),
}
