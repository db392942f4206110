"""Many onboardings and shadowing sessions at once, for benchmarks: rows without audit and mails, beside the demonstration that has both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select

import training.public
from core.calendars.models import Booking, BookingAttendee, BookingKind, Occupancy
from core.clock import now
from core.db import session
from core.people.models import Employment, EmploymentType, Location, Person
from core.people.naming import note_names
from core.world import World
from onboarding.checklists.models import Checklist, ChecklistSource, ChecklistState, Task, TaskMove, TaskState
from onboarding.policies.models import Policy
from onboarding.programmes.objectives import Mode, Objective
from onboarding.shadowing.models import Observation, Session, SessionDay, SessionMove, SessionState
from onboarding.templates.matching import due_day
from onboarding.templates.models import Part, Phase, TaskKind, TemplateState, TemplateVersion

BATCH = 2000
TASKS_EACH = 60
SESSIONS_EACH = 10
MENTORS = 200
ZONE = ZoneInfo("America/Sao_Paulo")
PARTS = (*[Part.NEW_HIRE] * 28, *[Part.MANAGER] * 10, *[Part.BUDDY] * 6, *[Part.HR] * 10, *[Part.IT] * 6)
KINDS = (*[TaskKind.DOCUMENT] * 6, *[TaskKind.POLICY] * 4, *[TaskKind.TRAINING] * 5, *[TaskKind.SHADOWING] * 4)  # the rest are ticks
LAST_OF_PHASE = ((-1, Phase.BEFORE_DAY_ONE), (0, Phase.DAY_ONE), (5, Phase.FIRST_WEEK), (20, Phase.DAY_30), (42, Phase.DAY_60))


@dataclass(frozen=True)
class _Pattern:
    """What the nth task of each onboarding looks like."""

    key: str
    part: Part
    kind: TaskKind
    offset_days: int
    phase: Phase
    policy_id: int | None
    course_id: int | None


def add_onboardings(world: World, *, until: int) -> None:
    """Begin onboardings until so many people are in one, each with sixty tasks; those there are get as many."""
    patterns = list(_patterns())
    for checklist in session.scalars(select(Checklist).where(Checklist.state == ChecklistState.RUNNING).order_by(Checklist.id)).all():
        has = session.scalars(select(func.count()).where(Task.checklist_id == checklist.id)).one()
        place = session.scalars(select(Employment.location_id).where(Employment.id == checklist.employment_id)).one()
        _add_tasks(world, [(checklist.id, place, _facts_of(checklist))], patterns[: max(0, TASKS_EACH - has)])
    present = session.scalars(select(func.count()).select_from(Checklist)).one()
    while present < until:
        size = min(BATCH // 4, until - present)
        _begin(world, present, size, patterns)
        present += size


def _patterns() -> Iterator[_Pattern]:
    policies = session.scalars(select(Policy.id).order_by(Policy.id)).all()
    courses = training.public.courses()
    kinds = iter(KINDS)
    for number in range(TASKS_EACH):
        part = PARTS[number * 37 % TASKS_EACH]  # mixes them
        kind = next(kinds, TaskKind.TICK) if part is Part.NEW_HIRE else TaskKind.TICK
        offset = number * 70 // TASKS_EACH - 10
        yield _Pattern(
            key=f"bulk-{number:02d}",
            part=part,
            kind=kind,
            offset_days=offset,
            phase=next((phase for last, phase in LAST_OF_PHASE if offset <= last), Phase.DAY_90),
            policy_id=policies[number % len(policies)] if kind is TaskKind.POLICY else None,
            course_id=courses[number % len(courses)].id if kind is TaskKind.TRAINING else None,
        )


def _begin(world: World, first: int, size: int, patterns: Sequence[_Pattern]) -> None:
    dice = world.random
    names = [f"Novato {first + number:05d}" for number in range(size)]
    people = [
        {"public_id": _id(world), "name": name, "email": f"n{name[-5:]}@colleagues.demo.trilha.test", "created_at": now(), "version": 1}
        for name in names
    ]
    keys = session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), people).all()
    note_names(zip(keys, names, strict=True))
    employments = [_employment(world, key, world.today + timedelta(days=dice.randrange(-80, 21))) for key in keys]
    employment_keys = session.scalars(insert(Employment).returning(Employment.id, sort_by_parameter_order=True), employments).all()
    rows = [
        {
            "public_id": _id(world),
            "created_at": now(),
            "person_id": person,
            "employment_id": key,
            "starts_on": employment["valid_from"],
            "manager_id": employment["manager_id"],
            "buddy_id": dice.choice(world.colleagues).id,
            "hr_id": world.people["hr"].id,
            "state": ChecklistState.RUNNING,
            "version": 1,
        }
        for person, key, employment in zip(keys, employment_keys, employments, strict=True)
    ]
    checklists = session.scalars(insert(Checklist).returning(Checklist.id, sort_by_parameter_order=True), rows).all()
    version = session.scalars(
        select(TemplateVersion.id).where(TemplateVersion.state == TemplateState.PUBLISHED).order_by(TemplateVersion.id).limit(1)
    ).one()
    sources = [{"public_id": _id(world), "checklist_id": key, "template_version_id": version} for key in checklists]
    session.execute(insert(ChecklistSource), sources)
    each = [(key, employment["location_id"], row) for key, employment, row in zip(checklists, employments, rows, strict=True)]
    _add_tasks(world, each, patterns)


def _employment(world: World, person: int, day: date) -> dict[str, Any]:
    dice = world.random
    return {
        "public_id": _id(world),
        "person_id": person,
        "job_role_id": dice.choice(list(world.job_roles.values())[:3]).id,
        "department_id": dice.choice(list(world.departments.values())[:4]).id,
        "location_id": dice.choice(list(world.places.values())).id,
        "manager_id": world.people["manager"].id,
        "employment_type": EmploymentType.FULL_TIME,
        "hired_on": day,
        "valid_from": day,
        "recorded_at": now(),
    }


def _facts_of(checklist: Checklist) -> dict[str, Any]:
    return {name: getattr(checklist, name) for name in ("person_id", "starts_on", "manager_id", "buddy_id", "hr_id")}


def _add_tasks(world: World, each: Sequence[tuple[int, int, dict[str, Any]]], patterns: Sequence[_Pattern]) -> None:
    places = {place.id: place for place in session.scalars(select(Location).order_by(Location.id))}

    @cache
    def due(starts_on: date, offset: int, place: int) -> date:
        return due_day(starts_on, offset, places[place])

    rows = (
        _task(world, key, position, pattern, due(facts["starts_on"], pattern.offset_days, place), facts)
        for key, place, facts in each
        for position, pattern in enumerate(patterns)
    )
    while batch := list(islice(rows, BATCH)):
        keys = session.scalars(insert(Task).returning(Task.id, sort_by_parameter_order=True), batch).all()
        moves = [
            {
                "public_id": _id(world),
                "task_id": key,
                "from_state": TaskState.OPEN,
                "to_state": row["state"],
                "at": row["done_at"] or now(),
                "by_id": row["done_by_id"],
                "reason": row["reason"],
            }
            for key, row in zip(keys, batch, strict=True)
            if row["state"] is not TaskState.OPEN
        ]
        if moves:
            session.execute(insert(TaskMove), moves)


def _task(world: World, checklist: int, position: int, pattern: _Pattern, due_on: date, facts: dict[str, Any]) -> dict[str, Any]:
    owners = {Part.NEW_HIRE: facts["person_id"], Part.MANAGER: facts["manager_id"], Part.BUDDY: facts["buddy_id"]}
    owner = owners.get(pattern.part)
    state = _state(world, pattern.kind, due_on)
    done = state is TaskState.DONE
    return {
        "public_id": _id(world),
        "created_at": now(),
        "checklist_id": checklist,
        "key": pattern.key,
        "position": position,
        "phase": pattern.phase,
        "kind": pattern.kind,
        "title": f"Passo {position + 1} da integração",
        "instructions": "Fale antes com quem já fez. **Anote** o que ficou por fazer.",
        "part": pattern.part,
        "offset_days": pattern.offset_days,
        "required": position % 6 != 5,
        "policy_id": pattern.policy_id,
        "course_id": pattern.course_id,
        "owner_id": owner,
        "due_on": due_on,
        "state": state,
        "reason": "Não se aplica." if state in (TaskState.WAIVED, TaskState.RETURNED) else "",
        "done_at": datetime.combine(due_on, time(9 + position % 8), tzinfo=ZONE) if done else None,
        "done_by_id": (owner or facts["hr_id"]) if done else None,
        "version": 1,
    }


def _state(world: World, kind: TaskKind, due_on: date) -> TaskState:
    roll = world.random.random()
    if kind in (TaskKind.TRAINING, TaskKind.SHADOWING) or due_on >= world.today or roll > 0.94:
        return TaskState.OPEN
    if kind is TaskKind.DOCUMENT and roll > 0.8:
        return TaskState.SUBMITTED if roll > 0.84 else TaskState.RETURNED
    return TaskState.WAIVED if roll < 0.02 else TaskState.DONE


def add_sessions(world: World, *, until: int) -> None:
    """Schedule shadowing until there are so many sessions, at most one a day for each mentor and each new hire, most of them in the past."""
    new_hires = session.scalars(select(Checklist.person_id).order_by(Checklist.id)).all()
    seniors = select(Employment.person_id).where(Employment.hired_on <= world.today - timedelta(days=365), Employment.superseded_at.is_(None))
    found = session.scalars(seniors.order_by(Employment.id.desc()).limit(min(MENTORS, len(new_hires)) - 1)).all()
    mentors = [world.people["mentor"].id, *(key for key in found if key != world.people["mentor"].id)]
    days = [day for offset in range(-100, 60) if (day := world.today + timedelta(days=offset)).weekday() < 5]
    present = session.scalars(select(func.count()).select_from(Session)).one()
    slots = [
        (new_hires[number % len(new_hires)], mentors[number % len(mentors)], days[number // len(mentors) % len(days)])
        for number in range(max(0, until - present))
    ]
    objectives = session.scalars(select(Objective.id).order_by(Objective.id)).all()
    for first in range(0, len(slots), BATCH):
        _schedule(world, slots[first : first + BATCH], objectives)


def _schedule(world: World, slots: Sequence[tuple[int, int, date]], objectives: Sequence[int]) -> None:
    times = [datetime.combine(day, time(17), tzinfo=ZONE) for _person, _mentor, day in slots]
    spans = [{"starts_at": at, "ends_at": at + timedelta(hours=1)} for at in times]
    known = {"created_at": now(), "time_zone": ZONE.key, "version": 1}
    bookings = [
        {"public_id": _id(world), **known, **span, "kind": BookingKind.SHADOWING, "title": "Acompanhamento", "organiser_id": mentor, "room_id": None}
        for (_person, mentor, _day), span in zip(slots, spans, strict=True)
    ]
    booking_keys = session.scalars(insert(Booking).returning(Booking.id, sort_by_parameter_order=True), bookings).all()
    sessions = [
        {"public_id": _id(world), **known, **span, **_people(person, mentor), "mode": Mode.ON_SITE, "place": "Agência", **_ended(day, span, world)}
        for (person, mentor, day), span in zip(slots, spans, strict=True)
    ]
    keys = session.scalars(insert(Session).returning(Session.id, sort_by_parameter_order=True), sessions).all()
    lines = list(zip(keys, booking_keys, sessions, spans, strict=True))
    session.execute(insert(SessionDay), [{"public_id": _id(world), "session_id": key, "booking_id": book, **span} for key, book, _row, span in lines])
    watched = [
        {"public_id": _id(world), "session_id": key, "objective_id": objectives[(key + more) % len(objectives)], "seen": row["logged_at"] and True}
        for key, _book, row, _span in lines
        for more in range(min(2, len(objectives)))
    ]
    session.execute(insert(Observation), watched)
    moves = [
        {"public_id": _id(world), "session_id": key, "to_state": row["state"], "starts_at": row["starts_at"], "by_id": row["mentor_id"]}
        for key, _book, row, _span in lines
    ]
    session.execute(insert(SessionMove), moves)
    seats = [(book, row[name], span) for _key, book, row, span in lines for name in ("person_id", "mentor_id")]
    session.execute(insert(BookingAttendee), [{"public_id": _id(world), "booking_id": book, "person_id": person} for book, person, _span in seats])
    session.execute(insert(Occupancy), [{"booking_id": book, "person_id": person, "room_id": None, **span} for book, person, span in seats])


def _people(person: int, mentor: int) -> dict[str, int]:
    return {"person_id": person, "mentor_id": mentor, "scheduled_by_id": mentor}


def _ended(day: date, span: dict[str, datetime], world: World) -> dict[str, Any]:
    over = day < world.today
    signed = over and world.random.random() < 0.9
    state = SessionState.SIGNED_OFF if signed else SessionState.HELD if over else SessionState.CONFIRMED
    at = span["ends_at"] + timedelta(hours=2)
    return {
        "state": state,
        "logged_at": at if over else None,
        "signed_off_at": at if signed else None,
        "feedback": "Bem observado." if signed else "",
    }


def _id(world: World) -> UUID:
    return UUID(int=world.random.getrandbits(128), version=4)
