"""Whom to ask, and what may be told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from core.db import session
from core.people.models import Department, Person
from onboarding.checklists.models import Checklist, ChecklistKind, ChecklistState
from onboarding.checklists.policy import sees_every_checklist
from onboarding.pulse.models import PulseGroup, PulseText, PulseTurn
from onboarding.pulse.questions import AFTER, LATEST, QUESTIONS, Wave, wave_on


@dataclass(frozen=True)
class Asked:
    """What a person is asked now: about which onboarding, and which time it is."""

    checklist_id: int
    wave: Wave


def find_asked(person: Person, *, on: date) -> Asked | None:
    """What the person is asked on the day and has not answered, in one statement."""
    query = (
        select(Checklist.id, Checklist.starts_on, PulseTurn.wave)
        .outerjoin(PulseTurn, PulseTurn.checklist_id == Checklist.id)
        .where(Checklist.person_id == person.id, Checklist.state != ChecklistState.CANCELLED, Checklist.starts_on > on - LATEST)
        .order_by(Checklist.starts_on.desc(), Checklist.id.desc())
    )
    rows = session.execute(query).all()
    if not rows:
        return None
    key, starts_on, _wave = rows[0]
    wave = wave_on(starts_on, on)
    answered = {row.wave for row in rows if row.id == key}
    return None if wave is None or wave in answered else Asked(key, wave)


def asked_on(keys: Collection[int] | None, *, on: date) -> list[tuple[int, Wave]]:
    """Who of these people (None: of all) is asked on the day and has not answered: inner key and which time it is, in one statement."""
    query = (
        select(Checklist.person_id, Checklist.id, Checklist.starts_on, PulseTurn.wave)
        .outerjoin(PulseTurn, PulseTurn.checklist_id == Checklist.id)
        .where(Checklist.kind == ChecklistKind.JOINING, Checklist.state != ChecklistState.CANCELLED)
        .where(Checklist.starts_on > on - LATEST, Checklist.starts_on <= on - min(AFTER.values()))
        .order_by(Checklist.starts_on, Checklist.id)
    )
    rows = session.execute(query if keys is None else query.where(Checklist.person_id.in_(keys))).all()
    answered = {(row.id, row.wave) for row in rows}
    latest = {row.person_id: (row.id, row.starts_on) for row in rows}
    found = [(key, checklist, wave_on(starts_on, on)) for key, (checklist, starts_on) in latest.items()]
    return [(key, wave) for key, checklist, wave in found if wave is not None and (checklist, wave) not in answered]


@dataclass(frozen=True)
class PulseFilter:
    """Which groups are looked at; None means all."""

    since: date | None = None
    until: date | None = None
    department: UUID | None = None


@dataclass(frozen=True)
class Told:
    """How many answered at a time, and the middle of their answers to each question."""

    wave: Wave
    people: int
    averages: dict[str, float]


def told(viewer: Person, wanted: PulseFilter) -> list[Told]:
    """What may be told to the viewer: of all groups, or for a manager of those of their people alone."""
    query = select(PulseGroup).order_by(PulseGroup.id)
    if not sees_every_checklist(viewer):
        query = query.where(PulseGroup.manager_id == viewer.id)
    if wanted.department is not None:
        query = query.where(PulseGroup.department_id.in_(select(Department.id).where(Department.public_id == wanted.department)))
    if wanted.since is not None:
        query = query.where(PulseGroup.quarter_on >= wanted.since)
    if wanted.until is not None:
        query = query.where(PulseGroup.quarter_on <= wanted.until)
    rows = session.scalars(query).all()
    return [_summed(wave, found) for wave in Wave if (found := [row for row in rows if row.wave is wave])]


def _summed(wave: Wave, groups: Sequence[PulseGroup]) -> Told:
    people = sum(group.people for group in groups)
    return Told(wave, people, {name: round(sum(group.sums[name] for group in groups) / people, 1) for name in QUESTIONS})


def texts(wave: Wave) -> Sequence[str]:
    """What was written and may be read, in no order that says anything."""
    query = select(PulseText.text).where(PulseText.wave == wave, PulseText.is_told.is_(True))
    return session.scalars(query.order_by(PulseText.key)).all()
