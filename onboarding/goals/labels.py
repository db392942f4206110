"""Words and colours for goals."""

from typing import Any

from core.web.i18n import _l
from onboarding.goals.models import GoalState, Kpi

KPIS: dict[Kpi, Any] = {
    Kpi.CLIENT_RETENTION: _l("Client retention"),
    Kpi.NEW_BUSINESS: _l("New business"),
    Kpi.REVENUE_GROWTH: _l("Revenue growth"),
    Kpi.SATISFACTION: _l("Client satisfaction (NPS)"),
    Kpi.SALES_GROWTH: _l("Sales growth"),
    Kpi.PIPELINE_CONVERSION: _l("Pipeline conversion"),
    Kpi.RESPONSE_TIME: _l("Response time"),
    Kpi.OTHER: _l("Another measure"),
}
GOAL_STATES: dict[GoalState, Any] = {GoalState.PROPOSED: _l("Proposed"), GoalState.AGREED: _l("Agreed on"), GoalState.ENDED: _l("Ended")}
GOAL_TONES: dict[GoalState, str] = {GoalState.PROPOSED: "warning", GoalState.AGREED: "success", GoalState.ENDED: "neutral"}
