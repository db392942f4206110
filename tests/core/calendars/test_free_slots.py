"""Finding times at which people could meet."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.calendars.free_slots import Interval, WorkingHours, free_slots

HOUR = timedelta(hours=1)
SAO_PAULO = WorkingHours("America/Sao_Paulo", time(9), time(12))
THURSDAY = Interval(datetime(2026, 12, 3, 0, tzinfo=UTC), datetime(2026, 12, 4, 0, tzinfo=UTC))


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, 3, hour, minute, tzinfo=UTC)


def starts(slots: list[Interval]) -> list[datetime]:
    return [slot.starts_at for slot in slots]


def test_an_empty_day_is_cut_into_steps_from_opening_to_closing() -> None:
    slots = free_slots([], [SAO_PAULO], THURSDAY, HOUR, timedelta(minutes=30))
    assert starts(slots) == [at(12), at(12, 30), at(13), at(13, 30), at(14)]
    assert all(slot.ends_at - slot.starts_at == HOUR for slot in slots)


@pytest.mark.parametrize(
    ("busy", "expected"),
    [
        ([Interval(at(13), at(14))], [at(12), at(14)]),  # touching ends do not overlap
        ([Interval(at(13, 10), at(13, 20))], [at(12), at(14)]),
        ([Interval(at(11), at(12, 1))], [at(13), at(14)]),
        ([Interval(at(0), at(23))], []),
        ([Interval(at(14), at(15)), Interval(at(12), at(13)), Interval(at(12), at(12, 30))], [at(13)]),
    ],
)
def test_what_touches_something_busy_is_left_out(busy: list[Interval], expected: list[datetime]) -> None:
    assert starts(free_slots(busy, [SAO_PAULO], THURSDAY, HOUR, HOUR)) == expected


def test_the_window_bounds_the_slots() -> None:
    assert starts(free_slots([], [SAO_PAULO], Interval(at(12, 30), at(14, 30)), HOUR, HOUR)) == [at(13)]


def test_weekends_and_closed_days_offer_nothing() -> None:
    week = Interval(datetime(2026, 12, 3, tzinfo=UTC), datetime(2026, 12, 8, tzinfo=UTC))
    closed = WorkingHours("America/Sao_Paulo", time(9), time(10), closed=frozenset({date(2026, 12, 4)}))
    assert [slot.starts_at.date() for slot in free_slots([], [closed], week, HOUR, HOUR)] == [date(2026, 12, 3), date(2026, 12, 7)]


def test_people_in_two_zones_meet_where_their_hours_overlap() -> None:
    lisbon = WorkingHours("Europe/Lisbon", time(9), time(14))
    assert starts(free_slots([], [SAO_PAULO, lisbon], THURSDAY, HOUR, HOUR)) == [at(12), at(13)]


@pytest.mark.parametrize(("day", "offset"), [(date(2026, 3, 27), 1), (date(2026, 3, 30), 2)])
def test_slots_follow_the_clock_when_it_changes(day: date, offset: int) -> None:
    berlin = WorkingHours("Europe/Berlin", time(9), time(10))
    window = Interval(datetime.combine(day, time(), tzinfo=UTC), datetime.combine(day, time(23), tzinfo=UTC))
    assert starts(free_slots([], [berlin], window, HOUR, HOUR)) == [datetime.combine(day, time(9 - offset), tzinfo=UTC)]


def test_a_night_in_which_the_clock_goes_back_has_an_hour_more() -> None:
    night = WorkingHours("Europe/Berlin", time(0), time(6), weekdays=frozenset(range(7)))
    zone = ZoneInfo("Europe/Berlin")
    window = Interval(datetime(2026, 10, 25, 0, tzinfo=zone).astimezone(UTC), datetime(2026, 10, 25, 8, tzinfo=zone).astimezone(UTC))
    slots = free_slots([], [night], window, HOUR, HOUR)
    assert len(slots) == 7
    assert len(set(slots)) == 7


def test_a_length_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        free_slots([], [SAO_PAULO], THURSDAY, timedelta(0), HOUR)
