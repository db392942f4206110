"""Words for where files of results stand."""

from typing import Any

from core.web.i18n import _l
from training.external_results.models import ImportState

STATES: dict[ImportState, Any] = {
    ImportState.CHECKED: _l("To be confirmed"),
    ImportState.RUNNING: _l("Being taken in"),
    ImportState.DONE: _l("Taken in"),
    ImportState.DISCARDED: _l("Put away"),
}
TONES: dict[ImportState, str] = {
    ImportState.CHECKED: "warning",
    ImportState.RUNNING: "info",
    ImportState.DONE: "success",
    ImportState.DISCARDED: "neutral",
}
