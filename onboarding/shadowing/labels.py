"""Words and colours for shadowing sessions."""

from typing import Any

from core.web.i18n import _l
from onboarding.programmes.objectives import Mode
from onboarding.shadowing.models import SessionState, Side

MODES: dict[Mode, Any] = {Mode.ON_SITE: _l("On site"), Mode.REMOTE: _l("Remote, by screen sharing")}
STATES: dict[SessionState, Any] = {
    SessionState.PROPOSED: _l("Proposed"),
    SessionState.CONFIRMED: _l("Confirmed"),
    SessionState.HELD: _l("Took place"),
    SessionState.SIGNED_OFF: _l("Signed off"),
    SessionState.CANCELLED: _l("Cancelled"),
    SessionState.NO_SHOW: _l("Somebody did not come"),
}
STATE_TONES: dict[SessionState, str] = {
    SessionState.PROPOSED: "warning",
    SessionState.CONFIRMED: "info",
    SessionState.HELD: "accent",
    SessionState.SIGNED_OFF: "success",
    SessionState.CANCELLED: "neutral",
    SessionState.NO_SHOW: "danger",
}
SIDES: dict[Side, Any] = {Side.NEW_HIRE: _l("The new hire"), Side.MENTOR: _l("The mentor")}
OUTCOMES: dict[str, Any] = {
    "held": _l("It took place"),
    Side.NEW_HIRE.value: _l("The new hire did not come"),
    Side.MENTOR.value: _l("The mentor did not come"),
}
ANSWERS: dict[str, Any] = {"yes": _l("Seen"), "no": _l("Not seen")}
RATINGS: dict[str, Any] = {
    "1": _l("1: not yet"),
    "2": _l("2: with much help"),
    "3": _l("3: with a little help"),
    "4": _l("4: alone"),
}
LENGTHS: dict[str, Any] = {
    "60": _l("One hour"),
    "90": _l("An hour and a half"),
    "120": _l("Two hours"),
    "180": _l("Three hours"),
    "240": _l("Half a day"),
    "480": _l("A whole day"),
}
USUAL_OBJECTIVES: list[tuple[Any, Any]] = [
    (_l("Handling objections"), _l("What the client doubts, what the mentor asks before answering, how it ends.")),
    (_l("Closing a sale"), _l("When and how the mentor asks for the decision.")),
    (_l("Keeping a relationship"), _l("What the mentor remembers, offers and leaves alone.")),
    (_l("Client meeting"), _l("How the meeting is prepared, opened, led and followed up.")),
    (_l("Managing time"), _l("How a day is planned and what is left out.")),
    (_l("Using the company's resources"), _l("Which systems, experts and materials the mentor reaches for.")),
]
