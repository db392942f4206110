"""Reading the time set for the meeting of a task."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import select

from core.calendars.models import Booking, BookingState
from core.calendars.queries import bookings_for
from core.clock import now
from core.db import session
from onboarding.checklists.models import Checklist, Task, TaskState
from onboarding.templates.models import TaskKind


def find_meeting(task: Task) -> Booking | None:
    """The standing booking of the task's meeting, the latest one."""
    standing = [booking for booking in bookings_for(task.public_id) if booking.state is BookingState.CONFIRMED]
    return standing[-1] if standing else None


def meetings_before(checklist: Checklist, day: date) -> Sequence[Task]:
    """The meetings of an onboarding whose time is still to come and lies before the day, in order of their time."""
    query = (
        select(Task)
        .join(Booking, Booking.subject_id == Task.public_id)
        .where(
            Task.checklist_id == checklist.id,
            Task.kind == TaskKind.MEETING,
            Task.state == TaskState.OPEN,
            Booking.state == BookingState.CONFIRMED,
            Booking.starts_at > now(),
            Booking.starts_at < datetime.combine(day, time(), UTC),
        )
    )
    return session.scalars(query.order_by(Booking.starts_at, Task.id)).all()
