"""When the reviews of a start are due. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.calendars.business_days import is_business_day
from core.people.models import Location
from onboarding.moments import Moment

DAYS = {Moment.DAY_30: 30, Moment.DAY_60: 60, Moment.DAY_90: 90}
AHEAD = timedelta(days=14)  # how long before its day a review is asked for


@dataclass(frozen=True)
class Plan:
    """One review of a start, and when it is due."""

    moment: Moment
    due_on: date


def planned(starts_on: date, *, probation_days: int | None, location: Location | None) -> list[Plan]:
    """The reviews of a start, by day; the one at the end of probation is the one after 30, 60 or 90 days where they fall together.

    A review that falls on no business day is held on the one before, so that it comes before the probation is over.
    """
    wanted = dict(DAYS)
    if probation_days is not None and probation_days not in DAYS.values():
        wanted[Moment.PROBATION] = probation_days
    return [
        Plan(moment, business_day_before(starts_on + timedelta(days=days - 1), location))
        for moment, days in sorted(wanted.items(), key=lambda item: item[1])
    ]


def business_day_before(day: date, location: Location | None) -> date:
    """The day, or the last business day before it."""
    while not is_business_day(day, location):
        day -= timedelta(days=1)
    return day
