"""A month as weeks of days, Monday first. Pure."""

from calendar import Calendar
from datetime import date, timedelta

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 1)


def month_of(text: str, *, otherwise: date) -> date:
    """The first day of the month written as 2026-12; of another day's month when that is none."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = otherwise.replace(day=1)
    return min(max(found, EARLIEST), LATEST)


def weeks_of(month: date) -> list[list[date]]:
    """The weeks of the month, whole: days of the months around stand at the ends."""
    return Calendar().monthdatescalendar(month.year, month.month)


def beside(month: date, *, later: bool) -> str:
    """The month after or before, as it is written in addresses."""
    day = month + timedelta(days=32) if later else month - timedelta(days=1)
    return f"{day:%Y-%m}"
