"""Which days are working days where, and counting them."""

from datetime import date

import pytest

from core.calendars.business_days import add_business_days, is_business_day
from core.people.models import Location

SAO_PAULO = Location(name="Matriz", country="BR", region="SP")
RIO = Location(name="Filial Rio", country="BR", region="RJ")
NOWHERE = Location(name="Lua", country="XX", region="YY")
ODD_REGION = Location(name="Campinas", country="BR", region="ZZ")


@pytest.mark.parametrize(
    ("day", "place", "expected"),
    [
        (date(2026, 12, 3), SAO_PAULO, True),
        (date(2026, 12, 5), SAO_PAULO, False),  # Saturday
        (date(2026, 12, 6), None, False),  # Sunday
        (date(2026, 12, 25), SAO_PAULO, False),
        (date(2026, 12, 25), None, True),  # a Friday, and no place whose holidays count
        (date(2026, 12, 25), NOWHERE, True),
        (date(2026, 12, 25), ODD_REGION, False),  # an unknown region leaves the country's holidays
        (date(2026, 7, 9), SAO_PAULO, False),  # a holiday of the state of São Paulo
        (date(2026, 7, 9), RIO, True),
        (date(2026, 2, 16), SAO_PAULO, True),  # Carnival Monday: optional, not public
        (date(2026, 2, 17), SAO_PAULO, True),  # Carnival Tuesday
        (date(2026, 2, 18), SAO_PAULO, True),  # Ash Wednesday
        (date(2026, 6, 4), SAO_PAULO, True),  # Corpus Christi: optional, not public
        (date(2026, 4, 3), SAO_PAULO, False),  # Good Friday
        (date(2026, 11, 20), SAO_PAULO, False),  # national since 2024
    ],
)
def test_a_business_day_is_a_weekday_without_public_holiday(day: date, place: Location | None, expected: bool) -> None:
    assert is_business_day(day, place) is expected


@pytest.mark.parametrize(
    ("day", "count", "place", "expected"),
    [
        (date(2026, 12, 3), 0, SAO_PAULO, date(2026, 12, 3)),
        (date(2026, 12, 3), 1, SAO_PAULO, date(2026, 12, 4)),
        (date(2026, 12, 4), 1, SAO_PAULO, date(2026, 12, 7)),
        (date(2026, 12, 5), 0, SAO_PAULO, date(2026, 12, 7)),  # from a Saturday forward
        (date(2026, 12, 5), 1, SAO_PAULO, date(2026, 12, 8)),
        (date(2026, 12, 5), -1, SAO_PAULO, date(2026, 12, 4)),
        (date(2026, 12, 7), -1, SAO_PAULO, date(2026, 12, 4)),
        (date(2026, 12, 7), -5, SAO_PAULO, date(2026, 11, 30)),
        (date(2026, 12, 25), 0, SAO_PAULO, date(2026, 12, 28)),  # from a holiday on a Friday
        (date(2026, 12, 25), 1, SAO_PAULO, date(2026, 12, 29)),
        (date(2026, 12, 25), -1, SAO_PAULO, date(2026, 12, 24)),
        (date(2026, 12, 31), 1, SAO_PAULO, date(2027, 1, 4)),  # over the new year, whose first day is a holiday
        (date(2026, 12, 31), 1, None, date(2027, 1, 1)),
        (date(2026, 7, 8), 1, SAO_PAULO, date(2026, 7, 10)),
        (date(2026, 7, 8), 1, RIO, date(2026, 7, 9)),
    ],
)
def test_business_days_are_counted_around_weekends_and_holidays(day: date, count: int, place: Location | None, expected: date) -> None:
    assert add_business_days(day, count, place) == expected


def test_a_higher_count_never_gives_an_earlier_day() -> None:
    for start in (date(2026, 12, 19), date(2026, 12, 24), date(2026, 12, 25)):
        days = [add_business_days(start, count, SAO_PAULO) for count in range(-15, 16)]
        assert days == sorted(set(days))
        assert all(is_business_day(day, SAO_PAULO) for day in days)
