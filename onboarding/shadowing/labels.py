"""Words and colours for shadowing sessions."""

from typing import Any

from core.web.i18n import _l
from onboarding.shadowing.models import Mode, SessionState

MODES: dict[Mode, Any] = {Mode.ON_SITE: _l("On site"), Mode.REMOTE: _l("Remote, by screen sharing")}
STATES: dict[SessionState, Any] = {
    SessionState.PROPOSED: _l("Proposed"),
    SessionState.CONFIRMED: _l("Confirmed"),
    SessionState.HELD: _l("Took place"),
    SessionState.SIGNED_OFF: _l("Signed off"),
    SessionState.CANCELLED: _l("Cancelled"),
}
STATE_TONES: dict[SessionState, str] = {
    SessionState.PROPOSED: "warning",
    SessionState.CONFIRMED: "info",
    SessionState.HELD: "accent",
    SessionState.SIGNED_OFF: "success",
    SessionState.CANCELLED: "neutral",
}
USUAL_OBJECTIVES: list[tuple[Any, Any]] = [
    (_l("Handling objections"), _l("What the client doubts, what the mentor asks before answering, how it ends.")),
    (_l("Closing a sale"), _l("When and how the mentor asks for the decision.")),
    (_l("Keeping a relationship"), _l("What the mentor remembers, offers and leaves alone.")),
    (_l("Client meeting"), _l("How the meeting is prepared, opened, led and followed up.")),
    (_l("Managing time"), _l("How a day is planned and what is left out.")),
    (_l("Using the company's resources"), _l("Which systems, experts and materials the mentor reaches for.")),
]
