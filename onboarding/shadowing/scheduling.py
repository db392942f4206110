"""The form of a session to schedule: whom and what it offers to a scheduler, and the plan it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import g

from core.clock import today
from core.errors import Invalid, NotFound
from core.people.choosing import choose_person, text_of
from core.people.models import Location, Person
from core.people.queries import find_employment, locations
from core.web.i18n import _
from onboarding.choices import chosen_from, named
from onboarding.programmes.models import Participation
from onboarding.programmes.objectives import Mode, Objective
from onboarding.programmes.queries import find_participation
from onboarding.shadowing import queries
from onboarding.shadowing.actions import Plan
from onboarding.shadowing.forms import SessionForm, TimesForm
from onboarding.shadowing.models import Session
from onboarding.shadowing.policy import can_propose_again, can_schedule
from onboarding.shadowing.times import Stretch, session_days

EXPERIENCE = timedelta(days=180)


@dataclass(frozen=True)
class Choices:
    """Who and what can be chosen, by public id; `person` is the one asked for, with the programme they are in; `again` what is replaced."""

    people: dict[str, Person]
    mentors: Sequence[Person]  # none: every experienced colleague
    objectives: dict[str, Objective]
    person: Person | None = None
    participation: Participation | None = None
    again: Session | None = None
    known: dict[str, Any] = field(default_factory=dict)


def choices_for(scheduler: Person, asked: Mapping[str, str]) -> Choices:
    """What the scheduler may choose: new hires they oversee, and experienced colleagues; a mentor only themselves."""
    day = today(scheduler.time_zone)
    again = _again(scheduler, asked.get("again", ""))
    people: Sequence[Person] = queries.new_hires(scheduler, on=day) if again is None else [again.person]
    mentors = [scheduler] if again is None else [again.mentor]
    by_id = _by_id(people)
    person = by_id.get(asked.get("person", "")) if again is None else again.person
    participation = None if person is None else find_participation(person)
    return Choices(
        by_id,
        [] if can_schedule(scheduler) else mentors,
        {str(row.public_id): row for row in queries.objectives()},
        person=person,
        participation=participation,
        again=again,
        known=_known(scheduler, asked, person, participation, again),
    )


def session_form(scheduler: Person, choices: Choices) -> SessionForm:
    """The form with what the scheduler may choose, filled with what is known."""
    form = SessionForm(data=choices.known)
    form.person.choices = named(choices.people.values())
    form.objectives.choices = named(choices.objectives.values(), "title")
    form.time_zone.choices = chosen_from((name, name) for name in zones(scheduler, choices.known["time_zone"]))
    return form


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
        location=place_of(person, form.first_day.data),
    )


def mentor_of(text: str | None, choices: Choices, zone: str) -> Person:
    """Who is meant to be accompanied, of those the scheduler may choose. Raises Invalid otherwise."""
    if not choices.mentors:
        return experienced_colleague(text, on=today(zone), field="mentor")
    found = next((person for person in choices.mentors if text in (text_of(person), str(person.public_id), person.name)), None)
    if found is None:
        raise Invalid(_("Choose an experienced colleague."), field="mentor")
    return found


def experienced_colleague(text: str | None, *, on: date, field: str, besides: Sequence[Person] = ()) -> Person:
    """Who is meant, if they have worked here for half a year. Raises Invalid otherwise."""
    person = choose_person(text, on=on, field=field, besides=besides)
    if person is None or not queries.experienced([person.id], on=on, since=on - EXPERIENCE):
        raise Invalid(_("Choose an experienced colleague: one who has worked here for half a year."), field=field)
    return person


def place_of(person: Person, day: date) -> Location | None:
    """Where the person works on the day."""
    employment = find_employment(person, on=day)
    return None if employment is None else employment.location


def plan_of(form: SessionForm, choices: Choices) -> Plan:
    """What the form asks for. Raises Invalid for someone who cannot be chosen."""
    person = choices.people.get(form.person.data)
    if person is None:
        raise Invalid(_("Choose a new hire."), field="person")
    mentor = mentor_of(form.mentor.data, choices, form.time_zone.data)
    mode = Mode(form.mode.data)
    participation = find_participation(person) if form.counts.data else None
    objectives = [choices.objectives[key] for key in form.objectives.data or [] if key in choices.objectives]
    if participation is not None and not objectives:
        stage = next(row for row in participation.programme.stages if row.id == participation.stage_id)
        objectives = [row.objective for row in stage.objectives]
    return Plan(
        person=_self_or(person),
        mentor=_self_or(mentor),
        mode=mode,
        days=days_of(form, person),
        time_zone=form.time_zone.data,
        objectives=objectives,
        place=(form.place.data or "") if mode is Mode.ON_SITE else "",
        meeting_url=(form.meeting_url.data or "") if mode is Mode.REMOTE else "",
        note=form.note.data or "",
        participation=participation,
        replaces=choices.again,
    )


def _self_or(person: Person) -> Person:
    return g.person if person.id == g.person.id else person


def _again(scheduler: Person, asked: str) -> Session | None:
    try:
        found = queries.get_session(UUID(asked), viewer=scheduler) if asked else None
    except (ValueError, NotFound):
        return None
    return found if found is not None and can_propose_again(scheduler, found) else None


def _known(
    scheduler: Person, asked: Mapping[str, str], person: Person | None, participation: Participation | None, again: Session | None
) -> dict[str, Any]:
    known: dict[str, Any] = {"person": "" if person is None else str(person.public_id), "time_zone": scheduler.time_zone}
    known["mentor"] = _named(asked.get("mentor", ""), on=today(scheduler.time_zone)) if can_schedule(scheduler) else text_of(scheduler)
    stage = None if participation is None else next((row for row in participation.programme.stages if row.id == participation.stage_id), None)
    if stage is not None:
        known |= {"objectives": [str(row.objective.public_id) for row in stage.objectives], "days": str(stage.days)}
        known["mode"] = (stage.mode or Mode.ON_SITE).value
    if again is not None:
        known |= _as_before(again)
    return known | _asked_times(asked)


def _named(text: str, *, on: date) -> str:
    """Who is asked for in an address, as the field writes people; empty where that is nobody."""
    try:
        return text_of(choose_person(text, on=on, field="mentor"))
    except Invalid:
        return ""


def _as_before(again: Session) -> dict[str, Any]:
    zone = ZoneInfo(again.time_zone)
    first = again.days[0]
    return {
        "again": str(again.public_id),
        "mentor": text_of(again.mentor),
        "mode": again.mode.value,
        "place": again.place,
        "meeting_url": again.meeting_url,
        "objectives": [str(row.objective.public_id) for row in again.observations],
        "note": again.note,
        "days": str(len(again.days)),
        "time_zone": again.time_zone,
        "from_time": first.starts_at.astimezone(zone).time(),
        "to_time": first.ends_at.astimezone(zone).time(),
        "counts": again.stage_id is not None,
    }


def _asked_times(asked: Mapping[str, str]) -> dict[str, Any]:
    """Day and times from an address, as far as they are any."""
    try:
        times = {
            "first_day": date.fromisoformat(asked["day"]),
            "from_time": time.fromisoformat(asked["from"]),
            "to_time": time.fromisoformat(asked["to"]),
        }
    except (KeyError, ValueError):
        return {}
    return {**times, "days": "2" if asked.get("days") == "2" else "1"} | ({"time_zone": asked["zone"]} if asked.get("zone") in set(zones()) else {})


def _by_id(people: Sequence[Person]) -> dict[str, Person]:
    return {str(person.public_id): person for person in people}
