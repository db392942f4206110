"""What waits for a person: the one shape in which every area names it for the home page."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Waiting:
    """One thing to do. `about` says for whom or what, `kind` groups, `due_on` and `since` order."""

    title: str
    about: str
    url: str
    kind: str
    due_on: date | None = None
    since: datetime | None = None
