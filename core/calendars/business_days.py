"""Working days by place: weekdays that are no public holiday there. Pure.

Only holidays of the category "public" count. In Brazil Carnival and Corpus Christi are optional holidays by federal rule, so
they are business days here, and so are municipal holidays.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import holidays

if TYPE_CHECKING:
    from core.people.models import Location

SATURDAY = 5


def is_business_day(day: date, location: "Location | None") -> bool:
    """Whether people work on the day at the place; without a place, whether it is a weekday."""
    if day.weekday() >= SATURDAY:
        return False
    return location is None or not is_public_holiday(day, location)


def is_public_holiday(day: date, location: "Location") -> bool:
    """Whether the day is a public holiday at the place."""
    return day in _public_holidays(location.country, location.region, day.year)


def add_business_days(day: date, count: int, location: "Location | None") -> date:
    """The business day that lies `count` business days after the day (before it, when negative).

    A day that is none itself first moves forward to the next one, which is also what a count of 0 answers. Hence from a
    Saturday: -1 is Friday, 0 is Monday, 1 is Tuesday.
    """
    while not is_business_day(day, location):
        day += timedelta(days=1)
    step = timedelta(days=1 if count > 0 else -1)
    for _counted in range(abs(count)):
        day += step
        while not is_business_day(day, location):
            day += step
    return day


@lru_cache(maxsize=512)
def _public_holidays(country: str, region: str, year: int) -> frozenset[date]:
    for subdivision in (region or None, None):
        try:
            return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))
        except NotImplementedError:
            continue  # a region, then a country, that the library does not know
    return frozenset()
