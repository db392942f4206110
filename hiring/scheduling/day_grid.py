"""One day of several people, cut into half hours: who works, who is taken, where an interview still fits. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.calendars.free_slots import Interval
from core.calendars.panels import Availability

HALF_HOUR = timedelta(minutes=30)
FIRST, LAST = time(7), time(20)


class Stretch(StrEnum):
    """What a half hour of somebody is."""

    FREE = "free"
    INTERVIEW = "interview"
    TAKEN = "taken"
    KEPT = "kept"  # room beside what is taken, or a day that is full
    CLOSED = "closed"  # outside their hours, or a holiday


@dataclass(frozen=True)
class Cell:
    """Some half hours in a row that are the same."""

    stretch: Stretch
    rows: int


@dataclass(frozen=True)
class Row:
    """A half hour; a cell stands where it begins, None where the one above goes on."""

    at: datetime
    cells: tuple[Cell | None, ...]


def grid(people: Sequence[Availability], day: date, zone: str) -> list[Row]:
    """The rows of the day by clocks in the zone, a column for each of the people."""
    begins = datetime.combine(day, FIRST, tzinfo=ZoneInfo(zone))
    count = (LAST.hour - FIRST.hour) * 2
    marks = [begins + HALF_HOUR * number for number in range(count)]
    columns = [_runs([_stretch(one, mark) for mark in marks]) for one in people]
    return [Row(mark, tuple(column[number] for column in columns)) for number, mark in enumerate(marks)]


def _stretch(one: Availability, begins: datetime) -> Stretch:
    slot = Interval(begins, begins + HALF_HOUR)
    if _any(slot, one.counted):
        return Stretch.INTERVIEW
    if _any(slot, one.busy):
        return Stretch.TAKEN
    if not one.works(slot):
        return Stretch.CLOSED
    return Stretch.FREE if one.free(slot) else Stretch.KEPT


def _runs(stretches: Sequence[Stretch]) -> list[Cell | None]:
    cells: list[Cell | None] = []
    for number, stretch in enumerate(stretches):
        if number and stretches[number - 1] is stretch:
            cells.append(None)
            continue
        length = next((offset for offset, other in enumerate(stretches[number:]) if other is not stretch), len(stretches) - number)
        cells.append(Cell(stretch, length))
    return cells


def _any(slot: Interval, taken: Sequence[Interval]) -> bool:
    return any(interval.starts_at < slot.ends_at and slot.starts_at < interval.ends_at for interval in taken)
