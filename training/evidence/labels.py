"""Words for evidence packs."""

from typing import Any

from core.web.i18n import _l
from training.evidence.models import PackState

STATES: dict[PackState, Any] = {
    PackState.GATHERING: _l("Being gathered"),
    PackState.PRINTING: _l("Being printed and sealed"),
    PackState.READY: _l("Ready"),
    PackState.FAILED: _l("Failed"),
}
TONES: dict[PackState, str] = {
    PackState.GATHERING: "info",
    PackState.PRINTING: "info",
    PackState.READY: "success",
    PackState.FAILED: "danger",
}

RUNNING = frozenset({PackState.GATHERING, PackState.PRINTING})
