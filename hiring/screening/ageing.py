"""How long something has stood in a stage, against the days the stage aims at."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Age:
    """Whole days in the stage, and whether that is near or past its target."""

    days: int
    target: int

    @property
    def tone(self) -> str:
        """How loudly to say it: neutral, warning near the target, danger past it."""
        if self.days > self.target:
            return "danger"
        return "warning" if self.days * 3 >= self.target * 2 else "neutral"


def age(since: datetime, *, now: datetime, target_days: int) -> Age:
    """How old something is that has stood since an instant."""
    return Age(max(0, (now - since).days), target_days)
