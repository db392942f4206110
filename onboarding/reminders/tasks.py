"""What the clock does for reminders."""

from datetime import timedelta

from core.jobs.queue import enqueue, task, timetable
from onboarding.reminders import actions

AT_ONCE = 100


@timetable("onboarding.remind", every=timedelta(minutes=30))
def remind() -> None:
    """Have the mails of the day written for everybody whose morning it is."""
    keys = actions.people_due()
    for start in range(0, len(keys), AT_ONCE):
        enqueue("onboarding.write_digests", arguments={"keys": keys[start : start + AT_ONCE]})


@task("onboarding.write_digests")
def write_digests(keys: list[int]) -> None:
    """Write the mails of some people."""
    actions.write_digests(keys)
