"""Words and colours for the states of checklists and tasks."""

from typing import Any

from core.web.i18n import _l
from onboarding.checklists.models import ChecklistKind, ChecklistState, TaskState
from onboarding.checklists.standing import Light

CHECKLIST_STATES: dict[ChecklistState, Any] = {
    ChecklistState.RUNNING: _l("Under way"),
    ChecklistState.DONE: _l("Complete"),
    ChecklistState.CANCELLED: _l("Cancelled"),
}
CHECKLIST_KINDS: dict[ChecklistKind, Any] = {ChecklistKind.JOINING: _l("Onboarding"), ChecklistKind.LEAVING: _l("Leaving")}
CHECKLIST_TONES: dict[ChecklistState, str] = {
    ChecklistState.RUNNING: "info",
    ChecklistState.DONE: "success",
    ChecklistState.CANCELLED: "neutral",
}
TASK_STATES: dict[TaskState, Any] = {
    TaskState.OPEN: _l("Open"),
    TaskState.SUBMITTED: _l("In review"),
    TaskState.RETURNED: _l("Sent back"),
    TaskState.DONE: _l("Done"),
    TaskState.WAIVED: _l("Waived"),
    TaskState.NOT_APPLICABLE: _l("Does not apply"),
}
TASK_TONES: dict[TaskState, str] = {
    TaskState.OPEN: "neutral",
    TaskState.SUBMITTED: "info",
    TaskState.RETURNED: "danger",
    TaskState.DONE: "success",
    TaskState.WAIVED: "neutral",
    TaskState.NOT_APPLICABLE: "neutral",
}
LIGHTS: dict[Light, Any] = {Light.GREEN: _l("On time"), Light.YELLOW: _l("Attention"), Light.RED: _l("Late")}
LIGHT_TONES: dict[Light, str] = {Light.GREEN: "success", Light.YELLOW: "warning", Light.RED: "danger"}
