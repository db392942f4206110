"""The days of a session from what a form says. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from core.calendars.business_days import add_business_days
from core.errors import Invalid
from core.people.models import Location
from core.web.i18n import _

LONGEST = 2


@dataclass(frozen=True)
class Stretch:
    """From one instant to another, on one day."""

    starts_at: datetime
    ends_at: datetime


def session_days(*, first_day: date, from_time: time, to_time: time, days: int, time_zone: str, location: Location | None) -> list[Stretch]:
    """Each day of a session in turn; a second day is the next business day, so that a weekend lies between Friday and Monday.

    The wall clock rules: nine o'clock is nine o'clock on both sides of a change to summer time.
    """
    if to_time <= from_time:
        raise Invalid(_("The end must come after the start."), field="to_time")
    if not 1 <= days <= LONGEST:
        raise Invalid(_("A session takes one or two days."), field="days")
    zone = ZoneInfo(time_zone)
    chosen = [first_day] + [add_business_days(first_day, count, location) for count in range(1, days)]
    return [Stretch(datetime.combine(day, from_time, tzinfo=zone), datetime.combine(day, to_time, tzinfo=zone)) for day in chosen]
