"""The calendar of sessions: a week or a month, by link and keyboard, and by dragging where scripts run."""

from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.calendars.free_slots import Interval
from core.calendars.hours import availabilities
from core.clock import now, today
from core.errors import Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.shadowing import actions, policy, queries
from onboarding.shadowing.calendar import days_shown, dropped, grid_of, span_of, taken_from
from onboarding.shadowing.models import Session
from onboarding.shadowing.scheduling import place_of
from onboarding.shadowing.times import session_days

bp = Blueprint("shadowing_calendar", __name__, url_prefix="/shadowing/calendar")
EARLIEST, LATEST = date(1971, 2, 1), date(2899, 12, 1)


@bp.route("")
@access(Right.WORK)
def show() -> ResponseReturnValue:
    """The sessions the viewer sees, by week or month, and what else takes the viewer's time or that of both in a session."""
    month = request.args.get("view") == "month"
    zone = g.person.time_zone
    this_day = today(zone)
    day = _day(request.args.get("day", "")) or this_day
    days = days_shown(day, month=month)
    starts_at, ends_at = span_of(days, zone)
    rows = queries.days_between(g.person, starts_at=starts_at, ends_at=ends_at)
    pair = _pair()
    people = [g.person] if pair is None else [pair.person, pair.mentor]
    taken = taken_from(people, availabilities(people, Interval(starts_at, ends_at)), days, rows, zone)
    grid = grid_of([(row, policy.can_change(g.person, row.session) and row.session.ends_at > now()) for row in rows], days, zone, taken)
    step = timedelta(days=7)
    earlier, later = days[0] - step, days[0] + step
    if month:
        earlier, later = day.replace(day=1) - timedelta(days=1), (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return page(
        "onboarding/shadowing/calendar.html",
        grid=grid,
        pair=pair,
        month=month,
        day=day,
        this_day=this_day,
        zone=zone,
        earlier=earlier,
        later=later,
    )


@bp.post("/<uuid:session_id>/drop")
@access(Right.WORK)
def drop(session_id: UUID) -> ResponseReturnValue:
    """A session was dropped on another day, or another hour."""
    session = queries.get_session(session_id, viewer=g.person)
    policy.insist_on_change(g.person, session)
    day, hour = _day(request.form.get("day", "")), request.form.get("hour", "")
    if day is None or (hour and (not hour.isdigit() or int(hour) > 23)):
        raise Invalid(_("Choose a day."))
    first_day, from_time, to_time = dropped(session, day, int(hour) if hour else None, g.person.time_zone)
    days = session_days(
        first_day=first_day,
        from_time=from_time,
        to_time=to_time,
        days=len(session.days),
        time_zone=session.time_zone,
        location=place_of(session.person, first_day),
    )
    actions.move_session(session, days, by=g.person)
    if request.headers.get("X-Requested-With") == "calendar":
        return "", 204
    flash(_("Moved. Both get the new time for their calendars, and who did not move it is asked to accept it."), "success")
    return redirect(url_for(".show", day=day.isoformat()))


def _pair() -> Session | None:
    """The session whose two people's time is shown, if the viewer asks for one they see."""
    try:
        asked = UUID(request.args.get("both", ""))
    except ValueError:
        return None
    return queries.get_session(asked, viewer=g.person)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
