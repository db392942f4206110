"""Several sessions at once, week by week: all of them, or none with every date that does not work named."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from core.calendars.business_days import is_business_day
from core.calendars.spans import local_day, short_span
from core.db import session as database
from core.errors import Conflict, Invalid
from core.people.models import Location, Person
from core.web.i18n import _, locale_name
from onboarding.shadowing.actions import Plan, schedule
from onboarding.shadowing.models import Session
from onboarding.shadowing.times import Stretch

MOST_WEEKS = 12


def schedule_series(plan: Plan, *, weeks: int, location: Location | None, skips: bool = False, by: Person) -> list[Session]:
    """Schedule the same session for so many weeks. With `skips` the dates that do not work are left out, else nothing is scheduled.

    Raises Conflict naming every date that does not work, and why; Invalid for a number of weeks that cannot be.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise Invalid(_("Repeat a session for between 1 and %(most)d weeks.", most=MOST_WEEKS), field="weeks")
    if weeks == 1:
        return [schedule(plan, by=by)]
    series_id, made, sentences = uuid4(), [], []
    with database.begin_nested() as attempt:
        for number in range(weeks):
            days = _later(plan.days, number, plan.time_zone)
            try:
                _insist_on_working_days(days, plan.time_zone, location)
                with database.begin_nested():
                    made.append(schedule(replace(plan, days=days, series_id=series_id), by=by))
            except (Conflict, Invalid) as refusal:
                if isinstance(refusal, Invalid) and refusal.field not in ("mentor", "first_day"):
                    raise
                when = short_span(days[0].starts_at, days[-1].ends_at, zone=plan.time_zone, locale=locale_name())
                sentences.append(f"{when}: {refusal.sentence}")
        if sentences and not (skips and made):
            attempt.rollback()
    if sentences and not (skips and made):
        raise Conflict(_("Nothing was scheduled. These dates do not work: %(dates)s", dates=" ".join(sentences)))
    return made


def _later(days: Sequence[Stretch], weeks: int, time_zone: str) -> list[Stretch]:
    """The same wall clock so many weeks later, whatever the clocks are changed to in between."""
    zone = ZoneInfo(time_zone)

    def later(at: datetime) -> datetime:
        local = at.astimezone(zone)
        return datetime.combine(local.date() + timedelta(weeks=weeks), local.time(), tzinfo=zone)

    return [Stretch(later(day.starts_at), later(day.ends_at)) for day in days]


def _insist_on_working_days(days: Sequence[Stretch], time_zone: str, location: Location | None) -> None:
    if not all(is_business_day(local_day(day.starts_at, time_zone), location) for day in days):
        raise Conflict(_("This is no working day there."))
