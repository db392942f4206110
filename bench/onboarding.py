"""Onboarding with many people in it: its pages, and what is done for one person or for all of them at once."""

from datetime import timedelta

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bench.deeds import Deed
from bench.pages import Measured
from core.accounts.models import Account
from core.calendars.free_slots import Interval, WorkingHours
from core.calendars.queries import free_times
from core.clock import now, today
from core.db import session
from core.people.models import Employment, Person
from core.people.queries import get_person_by_key
from home.people.changing import move_start
from onboarding.checklists.models import Checklist, ChecklistState
from onboarding.reminders.actions import write_digests
from onboarding.reminders.gathering import people_concerned
from onboarding.reminders.queries import reminder_settings
from onboarding.reminders.tasks import AT_ONCE
from onboarding.shadowing import slots
from onboarding.shadowing.models import Session

WHAT = "people in onboarding"
FOUR_WEEKS = timedelta(weeks=4)


def pages() -> list[Measured]:
    """The pages of onboarding and shadowing. Needs a request context."""
    checklist = session.scalars(select(Checklist.public_id).where(Checklist.person_id == _demo("newhire").id)).one()
    one = session.scalars(select(Session.public_id).order_by(Session.id).limit(1)).one()
    tasks, shadowing = url_for("checklists.tasks"), url_for("shadowing.index")
    return [
        Measured("Home of a manager in onboarding", "manager", url_for("home.mine")),
        Measured("Onboarding board", "hr", url_for("checklists.board"), is_list=True),
        Measured("Onboarding board of a manager", "manager", url_for("checklists.board"), is_list=True),
        Measured("Onboarding board, one name", "hr", url_for("checklists.board", words="joana"), is_list=True),
        Measured("My tasks of a manager", "manager", tasks, is_list=True),
        Measured("My tasks of HR", "hr", tasks, is_list=True),
        Measured("My tasks of IT", "admin", tasks, is_list=True),
        Measured("My onboarding", "newhire", url_for("checklists.mine"), is_list=True),
        Measured("One onboarding", "hr", url_for("checklists.show", checklist_id=checklist), is_list=True),
        Measured("Shadowing", "hr", shadowing, is_list=True),
        Measured("Shadowing, past", "hr", f"{shadowing}?when=past", is_list=True),
        Measured("Shadowing of a manager", "manager", shadowing, is_list=True),
        Measured("Shadowing of a mentor", "mentor", shadowing, is_list=True),
        Measured("One shadowing session", "hr", url_for("shadowing.show", session_id=one)),
        Measured("Calendar of a mentor", "mentor", url_for("calendar.agenda"), is_list=True),
    ]


def deeds() -> list[Deed]:
    """What is measured besides pages: one line for each. Needs a request context."""
    return [
        Deed("Free times of a mentor and a new hire within four weeks", 30, _free_times),
        Deed("Times for shadowing that mentor and new hire are offered within four weeks", 30, _shadowing_times),
        Deed("Moving the first day of somebody who is yet to start", 50, _move_start),
        Deed("Writing the daily mails of everybody concerned", 30_000, _remind, once=True),
    ]


def _demo(account: str) -> Person:
    key = session.scalars(select(Account.person_id).where(Account.email == f"{account}@demo.trilha.test")).one()
    return get_person_by_key(key)


def _free_times() -> None:
    people = [_demo("mentor"), _demo("newhire")]
    hours = [WorkingHours(person.time_zone) for person in people]
    free_times(people, working_hours=hours, window=Interval(now(), now() + FOUR_WEEKS), length=timedelta(hours=2))


def _shadowing_times() -> None:
    mentor = _demo("mentor")
    slots.free_times(_demo("newhire"), mentor, length=timedelta(hours=2), window=slots.window_from(None, mentor.time_zone))


def _move_start() -> None:
    """By human resources, with all that hangs on the day: tasks, bookings, reviews."""
    query = (
        select(Employment)
        .join(Checklist, Checklist.employment_id == Employment.id)
        .where(Checklist.state == ChecklistState.RUNNING, Employment.superseded_at.is_(None), Employment.valid_from > today("UTC"))
        .options(
            joinedload(Employment.person),
            joinedload(Employment.job_role),
            joinedload(Employment.department),
            joinedload(Employment.location),
            joinedload(Employment.manager),
        )
        .order_by(Employment.valid_from.desc(), Employment.id)
        .limit(1)
    )
    employment = session.scalars(query).one()
    move_start(employment, employment.valid_from + timedelta(days=7), by=_demo("hr"))
    session.flush()


def _remind() -> None:
    """Whatever the hour: as if it were everybody's morning at once."""
    keys = sorted(people_concerned(reminder_settings(), on=today("UTC"), at=now()))
    for start in range(0, len(keys), AT_ONCE):
        write_digests(keys[start : start + AT_ONCE])
    session.flush()
