"""The form of a session to schedule: whom and what it offers to a scheduler, and the plan it makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import g

from core.clock import today
from core.errors import Invalid
from core.people.models import Location, Person
from core.people.queries import find_employment, locations
from core.web.i18n import _
from onboarding.choices import chosen_from, named
from onboarding.shadowing import queries
from onboarding.shadowing.actions import Plan
from onboarding.shadowing.forms import SessionForm, TimesForm
from onboarding.shadowing.models import Mode, Objective
from onboarding.shadowing.policy import can_schedule
from onboarding.shadowing.times import Stretch, session_days

EXPERIENCE = timedelta(days=180)


@dataclass(frozen=True)
class Choices:
    """Who and what can be chosen, by public id."""

    people: dict[str, Person]
    mentors: dict[str, Person]
    objectives: dict[str, Objective]


def session_form(scheduler: Person, *, person_id: str) -> tuple[SessionForm, Choices]:
    """The form with what the scheduler may choose: new hires they oversee, and experienced colleagues; a mentor only themselves."""
    day = today(scheduler.time_zone)
    people = queries.new_hires(scheduler, on=day)
    mentors: Sequence[Person] = queries.experienced(on=day, since=day - EXPERIENCE) if can_schedule(scheduler) else [scheduler]
    choices = Choices(_by_id(people), _by_id(mentors), {str(row.public_id): row for row in queries.objectives()})
    form = SessionForm(person=person_id, time_zone=scheduler.time_zone)
    form.person.choices = named(people)
    form.mentor.choices = named(mentors)
    form.objectives.choices = named(choices.objectives.values(), "title")
    form.time_zone.choices = chosen_from((name, name) for name in zones(scheduler, scheduler.time_zone))
    return form, choices


def zones(*known: Person | str) -> list[str]:
    """The time zones of our places and of those given, by name."""
    given = {zone if isinstance(zone, str) else zone.time_zone for zone in known}
    return sorted(given | {location.time_zone for location in locations()})


def days_of(form: TimesForm, person: Person) -> list[Stretch]:
    """The days a form asks for; the second follows by the business days of the new hire's place."""
    return session_days(
        first_day=form.first_day.data,
        from_time=form.from_time.data,
        to_time=form.to_time.data,
        days=int(form.days.data),
        time_zone=form.time_zone.data,
        location=_place_of(person, form),
    )


def _place_of(person: Person, form: TimesForm) -> Location | None:
    employment = find_employment(person, on=form.first_day.data)
    return None if employment is None else employment.location


def plan_of(form: SessionForm, choices: Choices) -> Plan:
    """What the form asks for. Raises Invalid for someone who cannot be chosen."""
    person, mentor = choices.people.get(form.person.data), choices.mentors.get(form.mentor.data)
    if person is None:
        raise Invalid(_("Choose a new hire."), field="person")
    if mentor is None:
        raise Invalid(_("Choose an experienced colleague."), field="mentor")
    mode = Mode(form.mode.data)
    return Plan(
        person=person,
        mentor=g.person if mentor.id == g.person.id else mentor,
        mode=mode,
        days=days_of(form, person),
        time_zone=form.time_zone.data,
        objectives=[choices.objectives[key] for key in form.objectives.data or [] if key in choices.objectives],
        place=(form.place.data or "") if mode is Mode.ON_SITE else "",
        meeting_url=(form.meeting_url.data or "") if mode is Mode.REMOTE else "",
        note=form.note.data or "",
    )


def _by_id(people: Sequence[Person]) -> dict[str, Person]:
    return {str(person.public_id): person for person in people}
