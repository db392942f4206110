"""Sentences for what happened to files, as the trail tells them."""

from core.web.i18n import _l

EVENTS = {
    "core.file.stored": _l("A file was stored"),
}
