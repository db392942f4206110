"""Words for requisitions."""

from typing import Any

from core.web.i18n import _l
from hiring.requisitions.models import OpeningState, Reason, RequisitionState

STATES: dict[RequisitionState, Any] = {
    RequisitionState.DRAFT: _l("Draft"),
    RequisitionState.IN_APPROVAL: _l("Waiting for approval"),
    RequisitionState.APPROVED: _l("Approved"),
    RequisitionState.ON_HOLD: _l("On hold"),
    RequisitionState.FILLED: _l("Filled"),
    RequisitionState.CANCELLED: _l("Cancelled"),
}
STATE_TONES: dict[RequisitionState, str] = {
    RequisitionState.DRAFT: "neutral",
    RequisitionState.IN_APPROVAL: "warning",
    RequisitionState.APPROVED: "success",
    RequisitionState.ON_HOLD: "warning",
    RequisitionState.FILLED: "info",
    RequisitionState.CANCELLED: "neutral",
}
REASONS: dict[Reason, Any] = {
    Reason.GROWTH: _l("The team grows"),
    Reason.REPLACEMENT: _l("Somebody leaves or has left"),
    Reason.NEW_ROLE: _l("A role we did not have"),
    Reason.TEMPORARY: _l("For a limited time"),
}
OPENING_STATES: dict[OpeningState, Any] = {
    OpeningState.OPEN: _l("Open"),
    OpeningState.FILLED: _l("Filled"),
    OpeningState.CANCELLED: _l("Cancelled"),
}
OPENING_TONES: dict[OpeningState, str] = {OpeningState.OPEN: "success", OpeningState.FILLED: "info", OpeningState.CANCELLED: "neutral"}
