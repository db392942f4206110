"""What the clock does for those who have gone."""

from datetime import timedelta

import onboarding.public
from core.clock import today
from core.jobs.queue import timetable
from home.people.changing import lock_out
from home.people.queries import people_gone

WESTERNMOST = "Etc/GMT+12"  # a day is over once it is over everywhere


@timetable("home.lock_out_who_has_gone", every=timedelta(hours=6))
def lock_out_who_has_gone() -> None:
    """Close accounts after the last day, and pass on what was still with somebody."""
    for person, last_day in people_gone(on=today(WESTERNMOST)):
        onboarding.public.has_gone(person, last_day=last_day)
        lock_out(person, by=None)
