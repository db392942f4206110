"""What the audit trail says about bookings."""

from core.web.i18n import _l

EVENTS = {
    "core.booking.made": _l("A meeting was booked"),
    "core.booking.moved": _l("A meeting was moved"),
    "core.booking.released": _l("A meeting was cancelled"),
    "core.booking.attendees_changed": _l("The attendees of a meeting were changed"),
    "core.booking.answered": _l("An invitation was answered"),
    "core.meeting_hours.set": _l("The hours for meetings were set"),
    "core.calendar_feed.made": _l("A private calendar address was made"),
}
