"""How the steps on the way are called."""

from typing import Any

from core.web.i18n import _l
from onboarding.readiness.path import StepKind

STEP_KINDS: dict[StepKind, Any] = {
    StepKind.START: _l("Start"),
    StepKind.TASK: _l("Task"),
    StepKind.SESSION: _l("Shadowing session"),
    StepKind.UNPLANNED_SESSION: _l("Shadowing session, not planned yet"),
    StepKind.CERTIFICATE: _l("Certificate"),
    StepKind.GATE: _l("Word of the manager"),
}
