"""Words for exemptions."""

from typing import Any

from core.web.i18n import _l
from training.exemptions.models import ExemptionState

STATES: dict[ExemptionState, Any] = {
    ExemptionState.ASKED: _l("Waits for a second person"),
    ExemptionState.APPROVED: _l("Approved"),
    ExemptionState.REFUSED: _l("Refused"),
    ExemptionState.WITHDRAWN: _l("Taken back"),
    ExemptionState.REVOKED: _l("Revoked"),
}
TONES: dict[ExemptionState, str] = {
    ExemptionState.ASKED: "warning",
    ExemptionState.APPROVED: "success",
    ExemptionState.REFUSED: "danger",
    ExemptionState.WITHDRAWN: "neutral",
    ExemptionState.REVOKED: "danger",
}
