"""Words for programmes, and the stages that are usual."""

from typing import Any

from core.web.i18n import _l
from onboarding.programmes.models import ParticipationState, StageKind

STAGE_KINDS: dict[StageKind, Any] = {
    StageKind.OBSERVE: _l("Observe"),
    StageKind.ASSIST: _l("Assist"),
    StageKind.SUPERVISED: _l("Do it, watched"),
    StageKind.ALONE: _l("Do it alone"),
}
PARTICIPATION_STATES: dict[ParticipationState, Any] = {
    ParticipationState.RUNNING: _l("Under way"),
    ParticipationState.COMPLETED: _l("Completed"),
    ParticipationState.ENDED: _l("Ended early"),
}
PARTICIPATION_TONES: dict[ParticipationState, str] = {
    ParticipationState.RUNNING: "info",
    ParticipationState.COMPLETED: "success",
    ParticipationState.ENDED: "neutral",
}
