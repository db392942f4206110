"""Spans of time as people read them. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

SHORT_DAY = "d MMM"


def short_span(starts_at: datetime, ends_at: datetime, *, zone: str, locale: str) -> str:
    """Such as "3 Dec, 14:00–15:00 (America/Sao_Paulo)"."""
    return _span(starts_at, ends_at, zone, locale, SHORT_DAY)


def full_span(starts_at: datetime, ends_at: datetime, *, zone: str, locale: str) -> str:
    """Such as "Thursday, December 3, 2026, 14:00–15:00 (America/Sao_Paulo)"."""
    return _span(starts_at, ends_at, zone, locale, "full")


def _span(starts_at: datetime, ends_at: datetime, zone: str, locale: str, day_format: str) -> str:
    starts, ends = (instant.astimezone(ZoneInfo(zone)) for instant in (starts_at, ends_at))
    first = format_date(starts.date(), day_format, locale=locale)
    if starts.date() == ends.date():
        return f"{first}, {starts:%H:%M}–{ends:%H:%M} ({zone})"
    last = format_date(ends.date(), day_format, locale=locale)
    return f"{first}, {starts:%H:%M} – {last}, {ends:%H:%M} ({zone})"


def same_clock(starts_at: datetime, zone: str, other: str) -> bool:
    """Whether clocks in the two zones show the same at that instant."""
    return starts_at.astimezone(ZoneInfo(zone)).utcoffset() == starts_at.astimezone(ZoneInfo(other)).utcoffset()


def local_day(instant: datetime, zone: str) -> date:
    """The calendar day of the instant in the zone."""
    return instant.astimezone(ZoneInfo(zone)).date()
