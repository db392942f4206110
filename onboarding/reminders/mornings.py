"""Whether it is somebody's morning. Pure."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from core.calendars.business_days import SATURDAY, is_public_holiday
from core.people.models import Location
from onboarding.reminders.models import DigestChoice

HOUR, NOON = 7, 12
EARLIEST = 5  # the first hour anybody can choose


def is_morning_somewhere(at: datetime, zones: Iterable[str]) -> bool:
    """Whether a daily mail may be written now to anybody in one of the zones, whatever they have chosen."""
    return any(EARLIEST <= at.astimezone(ZoneInfo(zone)).hour < NOON for zone in zones)


def is_morning(at: datetime, zone: str, choice: DigestChoice | None, place: Location | None) -> bool:
    """Whether the daily mail may be written now: from the person's hour until noon, on working days of their place unless they want weekends too."""
    local = at.astimezone(ZoneInfo(zone))
    hour = HOUR if choice is None else choice.hour
    if not hour <= local.hour < NOON:
        return False
    if choice is not None and choice.on_weekends:
        return True
    return local.weekday() < SATURDAY and (place is None or not is_public_holiday(local.date(), place))
