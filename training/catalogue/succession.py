"""What a new version means for those who completed an earlier one, or are in the middle of it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from training.catalogue.models import ChangeKind, UnderWay


@dataclass(frozen=True)
class VersionFact:
    """An approved version: from when it is in force, and what it means for those who are with an earlier one."""

    number: int
    in_force_from: date
    change_kind: ChangeKind = ChangeKind.EDIT
    transition_days: int = 30
    under_way: UnderWay = UnderWay.FINISH

    @property
    def last_day_of_transition(self) -> date:
        """The last day for finishing an earlier version; of a revision also the last on which earlier completions count."""
        return self.in_force_from + timedelta(days=self.transition_days)


def counts_until(number: int, versions: Iterable[VersionFact], *, on: date) -> date | None:
    """The last day on which a completion of the version counts, by the versions in force on the day; None: they set no end."""
    ends = (
        version.last_day_of_transition
        for version in versions
        if version.number > number and version.change_kind is ChangeKind.REVISION and version.in_force_from <= on
    )
    return min(ends, default=None)


def to_take(begun: int | None, versions: Sequence[VersionFact], *, on: date) -> int | None:
    """The version somebody takes on the day who has begun one (its number) and not completed the course since; None where none is in force.

    They stay with what they began while every later version lets them finish and its days for that last.
    """
    in_force = [version for version in versions if version.in_force_from <= on]
    if not in_force:
        return None
    latest = max(in_force, key=lambda version: (version.in_force_from, version.number))
    if begun is None or all(version.number != begun for version in in_force):
        return latest.number
    later = [version for version in in_force if version.number > begun]
    stays = all(version.under_way is UnderWay.FINISH and on <= version.last_day_of_transition for version in later)
    return begun if stays else latest.number
