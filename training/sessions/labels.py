"""Words for sessions and seats."""

from typing import Any

from core.web.i18n import _l
from training.sessions.models import CourseSessionState, SeatOrigin, SeatState

STATES: dict[CourseSessionState, Any] = {
    CourseSessionState.PLANNED: _l("Planned"),
    CourseSessionState.HELD: _l("Held"),
    CourseSessionState.CANCELLED: _l("Called off"),
}
SEATS: dict[SeatState, Any] = {
    SeatState.ENROLLED: _l("Enrolled"),
    SeatState.WAITING: _l("On the waiting list"),
    SeatState.WITHDRAWN: _l("Withdrawn"),
    SeatState.ATTENDED: _l("Came"),
    SeatState.NO_SHOW: _l("Did not come"),
}
ORIGINS: dict[SeatOrigin, Any] = {
    SeatOrigin.ASKED: _l("Asked for it"),
    SeatOrigin.GIVEN: _l("Enrolled by a manager or trainer"),
    SeatOrigin.RULE: _l("Because a rule asks for the course"),
}
FEEDBACK: dict[str, Any] = {
    "content": _l("What was taught"),
    "teaching": _l("How it was taught"),
    "usefulness": _l("Use for my work"),
}
TONES: dict[Any, str] = {
    CourseSessionState.PLANNED: "info",
    CourseSessionState.HELD: "success",
    CourseSessionState.CANCELLED: "neutral",
    SeatState.ENROLLED: "success",
    SeatState.WAITING: "warning",
    SeatState.WITHDRAWN: "neutral",
    SeatState.ATTENDED: "success",
    SeatState.NO_SHOW: "danger",
}
