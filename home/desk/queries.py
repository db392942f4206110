"""Gathering what waits for a person from every area."""

from datetime import date

import hiring.public
import onboarding.public
import training.public
from core.people.models import Person
from core.waiting import Waiting

AREAS = (hiring.public, onboarding.public, training.public)


def waiting_for(person: Person, *, on: date) -> list[Waiting]:
    """Everything that waits for the person: what has a day first, by day; then the oldest first."""
    found = [thing for area in AREAS for thing in area.waiting_for(person, on=on)]
    return sorted(found, key=lambda thing: (thing.due_on or date.max, thing.since.timestamp() if thing.since else 0.0, thing.title, thing.about))
