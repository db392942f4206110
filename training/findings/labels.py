"""Words for findings."""

from typing import Any

from core.web.i18n import _l
from training.findings.models import FindingState, Severity

SEVERITIES: dict[Severity, Any] = {
    Severity.CRITICAL: _l("Critical"),
    Severity.HIGH: _l("High"),
    Severity.MEDIUM: _l("Medium"),
    Severity.LOW: _l("Low"),
}
SEVERITY_TONES: dict[Severity, str] = {Severity.CRITICAL: "danger", Severity.HIGH: "danger", Severity.MEDIUM: "warning", Severity.LOW: "neutral"}
STATES: dict[FindingState, Any] = {
    FindingState.OPEN: _l("Open"),
    FindingState.ACTED_ON: _l("Acted on, to be closed"),
    FindingState.CLOSED: _l("Closed"),
}
TONES: dict[FindingState, str] = {FindingState.OPEN: "warning", FindingState.ACTED_ON: "info", FindingState.CLOSED: "success"}
