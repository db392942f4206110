"""Gathering what waits for a person from every area."""

from datetime import date

import hiring.public
import onboarding.public
import training.public
from core.people.models import Person
from core.waiting import Waiting, which_may_wait

AREAS = {"hiring": hiring.public, "onboarding": onboarding.public, "training": training.public}


def waiting_for(person: Person, *, on: date) -> list[Waiting]:
    """Everything that waits for the person: what has a day first, by day; then the oldest first.

    Where it may be is asked in one statement first, for few sources have something for somebody.
    """
    conditions = {(area, name): condition for area, public in AREAS.items() for name, condition in public.may_wait(person).items()}
    holding = which_may_wait(conditions)
    found = []
    for area, public in AREAS.items():
        found += public.waiting_for(person, on=on, among={name for one, name in holding if one == area})
    return sorted(found, key=lambda thing: (thing.due_on or date.max, thing.since.timestamp() if thing.since else 0.0, thing.title, thing.about))
