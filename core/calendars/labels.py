"""What kinds of bookings and answers are called."""

from core.calendars.models import Answer, BookingKind, BookingState
from core.web.i18n import _l

KIND_LABELS = {
    BookingKind.INTERVIEW: _l("Interview"),
    BookingKind.SHADOWING: _l("Shadowing"),
    BookingKind.SESSION: _l("Training session"),
    BookingKind.MEETING: _l("Meeting"),
    BookingKind.BLOCK: _l("Kept free"),
}
STATE_LABELS = {BookingState.CONFIRMED: _l("Confirmed"), BookingState.CANCELLED: _l("Cancelled")}
ANSWER_LABELS = {
    Answer.NEEDS_ACTION: _l("Not answered"),
    Answer.ACCEPTED: _l("Will come"),
    Answer.DECLINED: _l("Will not come"),
    Answer.TENTATIVE: _l("Maybe"),
}
OFFERS = {Answer.ACCEPTED: _l("I will come"), Answer.TENTATIVE: _l("I may come"), Answer.DECLINED: _l("I cannot come")}
WEEKDAY_LABELS = {
    0: _l("Monday"),
    1: _l("Tuesday"),
    2: _l("Wednesday"),
    3: _l("Thursday"),
    4: _l("Friday"),
    5: _l("Saturday"),
    6: _l("Sunday"),
}
