"""When a panel could meet, as tables: hours, room before and after, a cap, one of several, rounds of one day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.calendars.free_slots import Interval, WorkingHours
from core.calendars.panels import Availability, Round, seated, starts

HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
DAY = date(2026, 12, 3)  # a Thursday; São Paulo is at UTC-3
SAO_PAULO = WorkingHours("America/Sao_Paulo")
GUEST = Availability(0, WorkingHours("America/Sao_Paulo", time(7), time(22), frozenset(range(7))))
ANA, BEA, CAIO = (Availability(key, SAO_PAULO) for key in (1, 2, 3))


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(DAY, time(hour, minute), tzinfo=UTC)


def span(begins: datetime, length: timedelta = HOUR) -> Interval:
    return Interval(begins, begins + length)


def seats(*wanted: tuple[Availability, ...]) -> tuple[int, ...] | None:
    found = seated([Round(HOUR, wanted)], GUEST, at(13), rest=QUARTER, longest_wait=timedelta(0))
    return None if found is None else found[0].people


@pytest.mark.parametrize(
    ("begins", "busy", "buffer", "free"),
    [
        (at(13), (), 0, True),
        (at(11), (), 0, False),  # 08:00 there
        (at(20, 30), (), 0, False),  # would end after hours
        (at(13), (span(at(14)),), 0, True),  # ends as the next begins
        (at(13), (span(at(14)),), 15, False),
        (at(13), (span(at(14, 15)),), 15, True),
        (at(13), (span(at(11, 50)),), 15, False),
    ],
)
def test_room_is_kept_before_and_after(begins: datetime, busy: tuple[Interval, ...], buffer: int, free: bool) -> None:
    assert replace(ANA, busy=busy, buffer=timedelta(minutes=buffer)).free(span(begins)) is free


def test_a_full_day_is_left_alone_and_the_next_is_not() -> None:
    held = (span(at(12)), span(at(19)))
    full = replace(ANA, busy=held, counted=held, daily_cap=2)
    assert not full.free(span(at(15)))
    assert full.free(span(at(15) + timedelta(days=1)))
    assert replace(full, daily_cap=3).free(span(at(15)))
    assert not replace(full, daily_cap=3).free(span(at(15)), [span(at(17))])  # one of the same offer counts as well


def test_the_day_of_the_cap_is_the_persons_own() -> None:
    tokyo = WorkingHours("Asia/Tokyo", time(8), time(20))
    late = datetime(2026, 12, 3, 23, 30, tzinfo=UTC)  # 4 December, 08:30 there
    held = (span(datetime(2026, 12, 4, 5, tzinfo=UTC)),)
    assert not Availability(9, tokyo, held, held, daily_cap=1).free(span(late))


def test_each_seat_is_taken_by_one_who_can_and_nobody_sits_twice() -> None:
    away = replace(ANA, busy=(span(at(13)),))
    assert seats((ANA,), (BEA,)) == (1, 2)
    assert seats((away,), (BEA,)) is None
    assert seats(
        (away, BEA),
    ) == (2,)
    assert seats((ANA, BEA), (ANA,)) == (2, 1)
    assert seats((ANA,), (ANA,)) is None


def test_of_several_the_one_with_the_fewest_interviews_sits() -> None:
    laden = replace(ANA, counted=(span(at(13) + timedelta(days=1)),))
    assert seats((laden, BEA)) == (2,)
    assert seats((ANA, BEA)) == (1,)


def test_closed_days_and_weekends_are_no_days_to_meet() -> None:
    closed = WorkingHours("America/Sao_Paulo", closed=frozenset({DAY}))
    assert not Availability(1, closed).free(span(at(13)))
    week = Interval(at(0), at(0) + timedelta(days=5))
    found = starts(closed, week, timedelta(hours=8))
    assert [instant.date() for instant in found] == [date(2026, 12, 4), date(2026, 12, 4), date(2026, 12, 7), date(2026, 12, 7)]


def test_rounds_of_a_day_follow_each_other_and_wait_for_who_is_needed() -> None:
    later = replace(BEA, busy=(span(at(14), timedelta(minutes=90)),))
    rounds = [Round(HOUR, ((ANA,),)), Round(timedelta(minutes=30), ((later,),)), Round(HOUR, ((ANA, CAIO), (CAIO,)))]
    found = seated(rounds, GUEST, at(13), rest=QUARTER, longest_wait=2 * HOUR)
    assert found is not None
    assert [(sitting.interval.starts_at, sitting.people) for sitting in found] == [(at(13), (1,)), (at(15, 30), (2,)), (at(16, 15), (1, 3))]
    assert seated(rounds, GUEST, at(13), rest=QUARTER, longest_wait=HOUR) is None


def test_the_guest_is_busy_as_well() -> None:
    assert seated([Round(HOUR, ((ANA,),))], replace(GUEST, busy=(span(at(13)),)), at(13), rest=QUARTER, longest_wait=timedelta(0)) is None
