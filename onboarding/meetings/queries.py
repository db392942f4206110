"""Reading the time set for the meeting of a task."""

from core.calendars.models import Booking, BookingState
from core.calendars.queries import bookings_for
from onboarding.checklists.models import Task


def find_meeting(task: Task) -> Booking | None:
    """The standing booking of the task's meeting, the latest one."""
    standing = [booking for booking in bookings_for(task.public_id) if booking.state is BookingState.CONFIRMED]
    return standing[-1] if standing else None
