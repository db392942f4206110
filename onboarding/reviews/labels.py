"""Words and colours for reviews."""

from typing import Any

from core.web.i18n import _l
from onboarding.moments import Moment
from onboarding.reviews.models import Outcome, ReviewState, ReviewStep, Side

MOMENTS: dict[Moment, Any] = {
    Moment.DAY_30: _l("Review after 30 days"),
    Moment.DAY_60: _l("Review after 60 days"),
    Moment.DAY_90: _l("Review after 90 days"),
    Moment.PROBATION: _l("Review at the end of probation"),
}
STATES: dict[ReviewState, Any] = {
    ReviewState.OPEN: _l("Assessments"),
    ReviewState.ASSESSED: _l("To be agreed on"),
    ReviewState.AGREED: _l("To be signed"),
    ReviewState.SIGNED: _l("Signed"),
    ReviewState.CANCELLED: _l("Cancelled"),
}
STATE_TONES: dict[ReviewState, str] = {
    ReviewState.OPEN: "info",
    ReviewState.ASSESSED: "accent",
    ReviewState.AGREED: "warning",
    ReviewState.SIGNED: "success",
    ReviewState.CANCELLED: "neutral",
}
SIDES: dict[Side, Any] = {Side.PERSON: _l("New hire"), Side.MANAGER: _l("Manager")}
OUTCOMES: dict[Outcome, Any] = {
    Outcome.CONTINUE: _l("Goes on as planned"),
    Outcome.CONFIRM: _l("Confirmed"),
    Outcome.EXTEND: _l("Probation is extended"),
    Outcome.END: _l("Ends"),
}
STEPS: dict[ReviewStep, Any] = {
    ReviewStep.BEGUN: _l("The review was planned"),
    ReviewStep.SENT: _l("An assessment was sent"),
    ReviewStep.AMENDED: _l("A sent assessment was amended"),
    ReviewStep.MEETING_BOOKED: _l("The meeting was booked"),
    ReviewStep.MEETING_MOVED: _l("The meeting was moved"),
    ReviewStep.MEETING_CANCELLED: _l("The meeting was cancelled"),
    ReviewStep.MEETING_HANDED_OVER: _l("The new manager was invited to the meeting"),
    ReviewStep.AGREED: _l("What was agreed is ready to be signed"),
    ReviewStep.REOPENED: _l("A change was asked for before signing"),
    ReviewStep.CONSENTED: _l("Human resources consented"),
    ReviewStep.SIGNED_BY_ONE: _l("One side signed"),
    ReviewStep.SIGNED: _l("The review is signed and sealed"),
    ReviewStep.CANCELLED: _l("The review was cancelled"),
}
MARKS: dict[str, Any] = {
    "1": _l("1: far behind"),
    "2": _l("2: behind"),
    "3": _l("3: on track"),
    "4": _l("4: ahead"),
    "5": _l("5: far ahead"),
}
