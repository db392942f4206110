"""Words for where standards and assessments stand."""

from typing import Any

from core.web.i18n import _l
from training.practicals.models import AssessmentState, StandardState

STANDARDS: dict[StandardState, Any] = {
    StandardState.DRAFT: _l("Draft"),
    StandardState.APPROVED: _l("Holds"),
    StandardState.SUPERSEDED: _l("Superseded"),
}
STANDARD_TONES: dict[StandardState, str] = {
    StandardState.DRAFT: "warning",
    StandardState.APPROVED: "success",
    StandardState.SUPERSEDED: "neutral",
}
STATES: dict[AssessmentState, Any] = {
    AssessmentState.OPEN: _l("To be assessed"),
    AssessmentState.DIFFERING: _l("The assessors differ"),
    AssessmentState.DECIDED: _l("Decided"),
    AssessmentState.CALLED_OFF: _l("Called off"),
}
TONES: dict[AssessmentState, str] = {
    AssessmentState.OPEN: "info",
    AssessmentState.DIFFERING: "warning",
    AssessmentState.DECIDED: "success",
    AssessmentState.CALLED_OFF: "neutral",
}
