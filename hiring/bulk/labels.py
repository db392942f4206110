"""Words for bulk actions."""

from typing import Any

from core.web.i18n import _, _l, ngettext
from hiring.bulk.models import BulkKind, BulkState, ItemState

KINDS: dict[BulkKind, Any] = {
    BulkKind.ADVANCE: _l("Move to a stage"),
    BulkKind.DECLINE: _l("Decline with a letter"),
    BulkKind.TAG: _l("Tag"),
    BulkKind.MESSAGE: _l("Write a message"),
    BulkKind.EXPORT: _l("Export"),
}
STATES: dict[BulkState, Any] = {
    BulkState.CHOSEN: _l("Not begun"),
    BulkState.RUNNING: _l("Under way"),
    BulkState.DONE: _l("Done"),
    BulkState.UNDOING: _l("Being taken back"),
    BulkState.UNDONE: _l("Taken back"),
}
STATE_TONES: dict[BulkState, str] = {
    BulkState.CHOSEN: "neutral",
    BulkState.RUNNING: "info",
    BulkState.DONE: "success",
    BulkState.UNDOING: "info",
    BulkState.UNDONE: "neutral",
}
ITEM_STATES: dict[ItemState, Any] = {
    ItemState.WAITING: _l("Waiting"),
    ItemState.DONE: _l("Done"),
    ItemState.REFUSED: _l("Not done"),
    ItemState.TAKEN_BACK: _l("Taken back"),
    ItemState.KEPT: _l("Could not be taken back"),
}
ITEM_TONES: dict[ItemState, str] = {
    ItemState.WAITING: "neutral",
    ItemState.DONE: "success",
    ItemState.REFUSED: "warning",
    ItemState.TAKEN_BACK: "info",
    ItemState.KEPT: "warning",
}


def in_hours(hours: int) -> str:
    """When a letter goes out."""
    if not hours:
        return str(_("at once"))
    if hours % 24 == 0:
        return str(ngettext("in %(num)d day", "in %(num)d days", hours // 24))
    return str(ngettext("in %(num)d hour", "in %(num)d hours", hours))


def do_it(kind: BulkKind, count: int) -> str:
    """What the button says that does it."""
    words = {
        BulkKind.ADVANCE: ngettext("Move %(num)d candidate", "Move %(num)d candidates", count),
        BulkKind.DECLINE: ngettext("Decline %(num)d candidate", "Decline %(num)d candidates", count),
        BulkKind.TAG: ngettext("Tag %(num)d candidate", "Tag %(num)d candidates", count),
        BulkKind.MESSAGE: ngettext("Write to %(num)d candidate", "Write to %(num)d candidates", count),
        BulkKind.EXPORT: ngettext("Export %(num)d application", "Export %(num)d applications", count),
    }
    return str(words[kind])
