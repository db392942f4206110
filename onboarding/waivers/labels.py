"""Words for waivers."""

from typing import Any

from core.web.i18n import _l
from onboarding.waivers.models import WaiverKind, WaiverState

KINDS: dict[WaiverKind, Any] = {WaiverKind.WAIVED: _l("It need not be done"), WaiverKind.NOT_APPLICABLE: _l("It does not apply to this person")}
STATES: dict[WaiverState, Any] = {
    WaiverState.ASKED: _l("Waits for approval"),
    WaiverState.APPROVED: _l("Approved"),
    WaiverState.REFUSED: _l("Refused"),
}
