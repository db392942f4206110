"""Changing an employment that is written down: another first day, its end, and one that never began."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import format_date

from core.audit.record import record
from core.calendars.business_days import add_business_days, is_business_day
from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Employment, Location, Person
from core.people.queries import employments_of, open_grants
from core.people.rights import Right
from core.web.i18n import _


def start_of_day(day: date, place: Location) -> datetime:
    """The instant a day begins at a place."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(place.time_zone))


def insist_on_editor(person: Person, *, by: Person | None) -> None:
    """Raise NotAllowed unless `by` may change where the person belongs: human resources, and never themselves."""
    if by is None:
        return
    if by.id == person.id:
        raise NotAllowed(_("Nobody changes their own employment. Ask a colleague in human resources."))
    if not by.may(Right.CHANGE_EMPLOYMENT):
        raise NotAllowed(_("Only human resources changes where people belong."))


def doubt_about(day: date, place: Location) -> str:
    """Why a first day is unusual, in a sentence; nothing for a business day."""
    if is_business_day(day, place):
        return ""
    first = format_date(add_business_days(day, 0, place), "full")
    if day.weekday() > 4:
        return _("That is a weekend: %(day)s. Tasks count from the next business day, %(first)s.", day=format_date(day, "full"), first=first)
    return _("That is a public holiday there: %(day)s. Tasks count from the next business day, %(first)s.", day=format_date(day, "full"), first=first)


def insist_on_first_day(day: date, employment: Employment) -> None:
    """Raise Invalid for a first day that cannot be: in the past, the same as before, or within another employment. Needs `location`, `person`."""
    if day == employment.valid_from:
        raise Invalid(_("This is the first day already."), field="starts_on")
    if day < today(employment.location.time_zone):
        raise Invalid(_("That day is over. Choose today or a later day."), field="starts_on")
    before = position_before(employment)
    others = [row for row in employments_of(employment.person) if row.id not in (employment.id, before.id if before else None)]
    if any(row.hired_on == employment.hired_on and row.valid_from > employment.valid_from for row in others):
        raise WrongState(_("A later change of this employment is written down already. Take that back first, on the page of the person."))
    if before is not None and employment.valid_from <= today(employment.location.time_zone):
        raise WrongState(_("The change of position has begun already, so its day cannot move any more."))
    if before is not None and day <= before.valid_from:
        raise Invalid(_("Choose a day after %(day)s, when what holds before begins.", day=format_date(before.valid_from, "long")), field="starts_on")
    if any(row.valid_from <= day and (row.valid_to is None or row.valid_to >= day) for row in others):
        raise Invalid(_("This person is still employed in another position on that day."), field="starts_on")
    if employment.valid_to is not None and day > employment.valid_to:
        raise Invalid(_("The employment ends before that day."), field="starts_on")


def position_before(employment: Employment) -> Employment | None:
    """What the person was employed as until the day before, in the same stretch of employment; None where this is its beginning."""
    rows = (row for row in employments_of(employment.person) if row.hired_on == employment.hired_on)
    return next((row for row in rows if row.valid_to == employment.valid_from - timedelta(days=1)), None)


def move_start(employment: Employment, starts_on: date, *, by: Person | None) -> Employment:
    """Let an employment, or another position within it, begin on another day. The row that said otherwise is superseded; answers with the
    one that holds."""
    insist_on_editor(employment.person, by=by)
    insist_on_first_day(starts_on, employment)
    before = position_before(employment)
    if before is not None:
        before.end_with(starts_on - timedelta(days=1))
    employment.superseded_at = now()
    moved = Employment(
        person=employment.person,
        job_role=employment.job_role,
        department=employment.department,
        location=employment.location,
        manager=employment.manager,
        employment_type=employment.employment_type,
        hired_on=starts_on if before is None else employment.hired_on,
        valid_from=starts_on,
        valid_to=None,
        superseded_at=None,
    )
    session.add(moved)
    if employment.valid_to is not None:
        moved.end_with(employment.valid_to)
    for grant in open_grants(employment.person):
        if grant.begins_at is not None and grant.begins_at >= start_of_day(employment.valid_from, employment.location):
            grant.begins_at = start_of_day(starts_on, employment.location)
    session.flush()
    changes = {"from": [employment.valid_from.isoformat(), starts_on.isoformat()]}
    record("core.employment.start_moved", moved, by=by, person=employment.person, changes=changes)
    return moved


def end_employment(employment: Employment, *, last_day: date, reason: str, by: Person | None) -> None:
    """Let an employment end with a day. Raises Invalid for a day before it began, Conflict when a later change is written down."""
    insist_on_editor(employment.person, by=by)
    if last_day < employment.valid_from:
        raise Invalid(_("The last day cannot lie before the first, %(day)s.", day=format_date(employment.valid_from, "long")), field="last_day")
    if last_day < today(employment.location.time_zone) - timedelta(days=60):
        raise Invalid(_("That day is more than two months ago. Choose a later one."), field="last_day")
    if any(row.valid_from > employment.valid_from for row in employments_of(employment.person)):
        raise Conflict(_("A later change of this employment is written down already. Take that back first, on the page of the person."))
    employment.end_with(last_day)
    session.flush()
    record("core.employment.ended", employment, by=by, person=employment.person, changes={"last_day": last_day.isoformat()}, reason=reason)


def withdraw_employment(employment: Employment, *, reason: str, by: Person | None) -> None:
    """Take back an employment that has not begun. Raises WrongState once it has."""
    insist_on_editor(employment.person, by=by)
    if employment.valid_from <= today(employment.location.time_zone):
        raise WrongState(_("The first day has come: end the employment with its last day instead."))
    before = position_before(employment)
    if before is not None:
        before.end_with(employment.valid_to)  # a move that does not take place: what held before goes on
    employment.superseded_at = now()
    session.flush()
    record("core.employment.withdrawn", employment, by=by, person=employment.person, reason=reason)


def end_all_roles(person: Person, *, by: Person | None) -> None:
    """Take every role from somebody who has gone."""
    for grant in open_grants(person):
        grant.ended_at = now()
        record("core.role.ended", person, by=by, person=person, changes={"role": grant.role.value})
    session.flush()
    session.expire(person, ["grants"])
