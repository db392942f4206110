"""Words for where appeals stand."""

from typing import Any

from core.web.i18n import _l
from training.appeals.models import AppealState

STATES: dict[AppealState, Any] = {
    AppealState.OPEN: _l("Being looked at"),
    AppealState.UPHELD: _l("Upheld"),
    AppealState.REJECTED: _l("Not upheld"),
    AppealState.WITHDRAWN: _l("Taken back"),
}
TONES: dict[AppealState, str] = {
    AppealState.OPEN: "warning",
    AppealState.UPHELD: "success",
    AppealState.REJECTED: "neutral",
    AppealState.WITHDRAWN: "neutral",
}
