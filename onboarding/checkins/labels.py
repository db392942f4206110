"""Words for check-ins."""

from typing import Any

from core.web.i18n import _l
from onboarding.checkins.models import CheckInState

CHECK_IN_STATES: dict[CheckInState, Any] = {CheckInState.PLANNED: _l("Planned"), CheckInState.CANCELLED: _l("Cancelled")}
EVERY: dict[str, Any] = {"0": _l("Once"), "7": _l("Every week"), "14": _l("Every two weeks"), "28": _l("Every four weeks")}
