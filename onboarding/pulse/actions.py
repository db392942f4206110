"""Keeping answers apart from who gave them, and telling them in groups of five or more."""

from collections.abc import Mapping
from datetime import date
from random import SystemRandom
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select

from core.db import session
from core.errors import Conflict, Invalid
from core.people.models import Employment, Person
from core.web.i18n import _
from onboarding.checklists.models import Checklist
from onboarding.pulse.grouping import SMALLEST_GROUP, Given, groups, quarter
from onboarding.pulse.models import PulseAnswer, PulseGroup, PulseText, PulseTurn
from onboarding.pulse.queries import find_asked
from onboarding.pulse.questions import LONGEST_TEXT, QUESTIONS, SCALE, Wave

_dice = SystemRandom()


def answer(wave: Wave, answers: Mapping[str, int], text: str, *, by: Person, on: date) -> None:
    """Keep a new hire's answers, and apart from them what they wrote. Raises Conflict when they are not asked now, Invalid for a gap.

    The audit trail says nothing of it: its order would tell whose answers they are.
    """
    if set(answers) != set(QUESTIONS) or not all(given in SCALE for given in answers.values()):
        raise Invalid(_("Answer each of the five, or say that you would rather not."))  # a mean of fewer than five would tell too much
    checklist = _take_turn(wave, by=by, on=on)
    employment = session.get_one(Employment, checklist.employment_id)
    session.add(
        PulseAnswer(
            key=uuid4(),
            wave=wave,
            quarter_on=quarter(on),
            department_id=employment.department_id,
            manager_id=checklist.manager_id,
            answers={name: answers[name] for name in QUESTIONS},
        )
    )
    if text.strip():
        session.add(PulseText(key=uuid4(), wave=wave, text=text.strip()[:LONGEST_TEXT]))
    session.flush()


def decline(wave: Wave, *, by: Person, on: date) -> None:
    """The new hire would rather not answer and is not asked again at this time."""
    _take_turn(wave, by=by, on=on)
    session.flush()


def _take_turn(wave: Wave, *, by: Person, on: date) -> Checklist:
    asked = find_asked(by, on=on)
    if asked is None or asked.wave is not wave:
        raise Conflict(_("You have answered already, or this is not asked any more."))
    checklist = session.scalars(select(Checklist).where(Checklist.id == asked.checklist_id).with_for_update()).one()
    if session.get(PulseTurn, (checklist.id, wave)) is not None:
        raise Conflict(_("You have answered already, or this is not asked any more."))
    session.add(PulseTurn(checklist_id=checklist.id, wave=wave))
    return checklist


def tell_pulse(*, on: date) -> int:
    """Sum the answers of each five or more that belong together and delete them; let texts be read, five or more at once.

    What still waits is written anew in another order, so that neither its place nor its transaction says who wrote it. Returns how many groups
    were made.
    """
    rows = session.scalars(select(PulseAnswer).order_by(PulseAnswer.key).with_for_update()).all()
    waiting = {row.key: row for row in rows}
    given = [
        Given(row.key, row.wave, row.quarter_on, row.department_id, row.manager_id, tuple(row.answers[name] for name in QUESTIONS)) for row in rows
    ]
    made = groups(given, on=on)
    for group in made:
        session.add(
            PulseGroup(
                wave=group.wave,
                quarter_on=group.quarter_on,
                department_id=group.department,
                manager_id=group.manager,
                people=len(group.members),
                sums=dict(zip(QUESTIONS, group.sums, strict=True)),
            )
        )
        for member in group.members:
            del waiting[member.key]
    left = [
        {"wave": row.wave, "quarter_on": row.quarter_on, "department_id": row.department_id, "manager_id": row.manager_id, "answers": row.answers}
        for row in waiting.values()
    ]
    _write_anew(PulseAnswer, left)
    _tell_texts()
    session.flush()
    return len(made)


def _tell_texts() -> None:
    rows = session.scalars(select(PulseText).order_by(PulseText.key).with_for_update()).all()
    new = [row for row in rows if not row.is_told]
    enough = {wave for wave in Wave if sum(row.wave is wave for row in new) >= SMALLEST_GROUP}
    _write_anew(PulseText, [{"wave": row.wave, "text": row.text, "is_told": row.is_told or row.wave in enough} for row in rows])


def _write_anew(model: type[PulseAnswer | PulseText], rows: list[dict[str, Any]]) -> None:
    _dice.shuffle(rows)
    session.flush()
    session.execute(delete(model))
    if rows:
        session.execute(insert(model), [{"key": uuid4(), **row} for row in rows])
