"""The day view: when the interviewers of a day are free, and which interviews stand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from core.calendars.free_slots import Interval
from core.calendars.hours import availabilities
from core.calendars.spans import local_day
from core.clock import today
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.access import access
from core.web.pages import page
from hiring.interviews.labels import INTERVIEW_KIND_LABELS
from hiring.scheduling.day_grid import grid
from hiring.scheduling.labels import STRETCH_LABELS
from hiring.scheduling.queries import interviews_on

bp = Blueprint("interview_days", __name__)
EARLIEST, LATEST = date(1971, 1, 2), date(2999, 12, 30)
MOST_PEOPLE = 20


@bp.get("/interviews/day")
@access(Right.SCHEDULE_INTERVIEWS)
def show() -> ResponseReturnValue:
    """One day of everybody who interviews."""
    zone, day = g.person.time_zone, _asked_day()
    begins, ends = (datetime.combine(each, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    window = Interval(begins, ends)
    people = people_with_right(Right.INTERVIEW)
    shown = people[:MOST_PEOPLE]
    known = availabilities(shown, window)
    columns = [known[person.id] for person in shown]
    return page(
        "hiring/scheduling/day.html",
        day=day,
        earlier=day - timedelta(days=1),
        later=day + timedelta(days=1),
        people=[(person.name, one.on(day), one.daily_cap) for person, one in zip(shown, columns, strict=True)],
        left_out=len(people) - len(shown),
        rows=grid(columns, day, zone),
        interviews=interviews_on(window.starts_at, window.ends_at, viewer=g.person),
        kind_labels=INTERVIEW_KIND_LABELS,
        stretch_labels=STRETCH_LABELS,
        zone=zone,
        local=lambda instant: instant.astimezone(ZoneInfo(zone)).strftime("%H:%M"),
        is_today=day == local_day(begins, zone) == today(zone),
    )


def _asked_day() -> date:
    try:
        asked = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return today(g.person.time_zone)
    return asked if EARLIEST <= asked <= LATEST else today(g.person.time_zone)
