"""Sentences for what happened to documents, as the trail tells them."""

from core.web.i18n import _l

EVENTS = {
    "core.document.issued": _l("A document was issued"),
    "core.document.revoked": _l("A document was revoked"),
    "core.document.superseded": _l("A document was replaced by a newer one"),
}
