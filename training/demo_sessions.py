"""Demonstration data of sessions: one held whose people said how it was, one ahead that is full, one that fills from a rule."""

from datetime import timedelta
from typing import Any

from core.clock import standing_at
from core.errors import Conflict
from core.people.models import Person
from core.world import World
from training.catalogue.models import Course
from training.sessions.actions import Plan, enrol, note_attendance, plan_session
from training.sessions.feedback import Words, tell
from training.sessions.models import CourseSession

SAID = (
    Words(5, 5, 4, "Os casos da nossa agência ajudaram muito."),
    Words(4, 5, 5),
    Words(5, 4, 4, "Faltou tempo para as perguntas."),
    Words(4, 4, 3),
    Words(5, 5, 5),
    Words(3, 4, 4),
)


def load_sessions(world: World, courses: list[Course]) -> None:
    """Three sessions: a month ago, next week, and the week after."""
    trainer = world.people["trainer"]
    people = [person for person in world.colleagues if person is not trainer]
    held = _plan(world, courses[0], day=-30, hour=9, capacity=12, cost_cents=240_000, by=trainer)
    came = [person for person in people[4:11] if _takes_a_seat(world, held, person, day=-35)]
    with standing_at(world.at(-30, 12)):
        note_attendance(held, came[:-1], by=trainer)
    for words, person in zip(SAID, came[:-1], strict=False):
        with standing_at(world.at(-29, 15)):
            tell(held, words, by=person)
    full = _plan(world, courses[1], day=6, hour=14, capacity=3, by=trainer)
    for place, person in enumerate([world.people["newhire"], *people[:4]]):
        _takes_a_seat(world, full, person, day=-4 + place // 2)
    _plan(world, courses[0], day=13, hour=10, capacity=8, fills_from_rules=True, by=trainer)


def _plan(world: World, course: Course, *, day: int, hour: int, capacity: int, by: Person, **more: Any) -> CourseSession:
    day -= max((world.today + timedelta(days=day)).weekday() - 4, 0)  # on a Friday rather than at the weekend
    begins, currency = world.at(day, hour), "BRL" if "cost_cents" in more else None
    plan = Plan(begins, begins + timedelta(hours=2), "America/Sao_Paulo", capacity, "Sala de treinamento, 3º andar", currency=currency, **more)
    with standing_at(world.at(min(day - 12, -3), 10)):
        return plan_session(course, plan, trainer=by, by=by)


def _takes_a_seat(world: World, taught: CourseSession, person: Person, *, day: int) -> bool:
    try:
        with standing_at(world.at(day, 11)):
            enrol(taught, person, by=person)
    except Conflict:  # somebody else's interview or shadowing is then
        return False
    return True
