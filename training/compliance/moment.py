"""The two days a report is asked for: the day it is about, and the day up to whose end it is told what was known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

EARLIEST, LATEST = date(1970, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class Moment:
    """`on` is the day it is about. `known_on` is None for what is known now; else what was written down later is left out."""

    on: date
    known_on: date | None = None

    @property
    def known_at(self) -> datetime | None:
        """The instant up to which it is told what was known: the end of the day in UTC, the same for whoever asks from wherever."""
        return None if self.known_on is None else datetime.combine(self.known_on + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)

    def is_settled(self, *, at: datetime) -> bool:
        """Whether nothing that is written down from now on can change the report."""
        return self.known_at is not None and self.known_at < at

    @property
    def address(self) -> dict[str, str | None]:
        """What stands in an address that leads to the same report."""
        return {"as_of": self.on.isoformat(), "known_on": None if self.known_on is None else self.known_on.isoformat()}


def asked_for(arguments: Mapping[str, str], *, today: date, prefix: str = "") -> Moment:
    """The days an address asks for; what is no day counts as not asked."""
    on = _day(arguments.get(f"{prefix}as_of", ""))
    return Moment(on or today, _day(arguments.get(f"{prefix}known_on", "")))


def _day(text: str) -> date | None:
    try:
        return min(max(date.fromisoformat(text), EARLIEST), LATEST)
    except ValueError:
        return None
