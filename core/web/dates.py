"""Days and instants as the viewer reads them: in their language, and instants in their time zone."""

from datetime import date, datetime, tzinfo
from functools import lru_cache

from babel.dates import format_date, format_datetime
from flask_babel import get_timezone

from core.web.i18n import locale_name

# the month is a word: 3/4 is one day in one country and another in the next
DAYS = {"short": "d MMM y"}
INSTANTS = {"short": "d MMM y, HH:mm"}


def day_text(value: date | None, style: str = "medium") -> str:
    """A day; of an instant, the day it is in the viewer's time zone. Nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(get_timezone()).date()
    return _day(value, style, locale_name())


def instant_text(value: datetime | None, style: str = "short") -> str:
    """Day and time of an instant in the viewer's time zone. Nothing for None."""
    return "" if value is None else _instant(value, style, locale_name(), get_timezone())


@lru_cache(maxsize=4096)
def _day(value: date, style: str, locale: str) -> str:
    return format_date(value, DAYS.get(style, style), locale)


@lru_cache(maxsize=4096)
def _instant(value: datetime, style: str, locale: str, zone: tzinfo) -> str:
    return format_datetime(value, INSTANTS.get(style, style), zone, locale)
