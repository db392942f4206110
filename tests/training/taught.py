"""Sessions for tests: a course taught without an exam, a date for it, people, and where they stand."""

from datetime import UTC, datetime, timedelta

from core.calendars.models import Room
from core.calendars.queries import busy
from core.clock import today
from core.people.models import Person
from core.people.rights import Role
from tests.factories import make_person
from tests.training.situations import a_course, a_trainer, an_officer
from training.catalogue import actions as catalogue
from training.catalogue.actions import CourseFields, ExamTerms
from training.catalogue.models import Course, CourseArea, CourseForm
from training.catalogue.queries import latest_version
from training.sessions import actions
from training.sessions.actions import Plan
from training.sessions.models import CourseSession, SeatState
from training.sessions.queries import find_seat

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


def a_plan(capacity: int = 1, *, days: int = 3, room: Room | None = None) -> Plan:
    starts_at = NOON + timedelta(days=days)
    return Plan(starts_at, starts_at + timedelta(hours=2), "America/Sao_Paulo", capacity, "Auditorium", "https://meet.example/class", room)


def a_classroom_course() -> Course:
    """A course in force that is taught, without an exam."""
    a_course()
    trainer, officer = a_trainer("Rui Sales"), an_officer("Eva Moura")
    fields = CourseFields("Difficult talks", "TALK-1", CourseArea.SALES, CourseForm.WORKSHOP, 120, "en")
    course = catalogue.add_course(fields, ExamTerms(), by=trainer)
    version = latest_version(course)
    catalogue.write_module(version, None, title="What to bring", text="A case of your own.", by=trainer)
    catalogue.submit_version(version, by=trainer)
    catalogue.approve_version(version, in_force_from=today(officer.time_zone), by=officer)
    return course


def a_session(capacity: int = 1, *, course: Course | None = None) -> tuple[CourseSession, Person]:
    trainer = a_trainer("Teo Alves")
    return actions.plan_session(course or a_classroom_course(), a_plan(capacity), trainer=trainer, by=trainer), trainer


def colleagues(*names: str) -> list[Person]:
    return [make_person(name, roles=(Role.NEW_HIRE,)) for name in names]


def state_of(taught: CourseSession, person: Person) -> SeatState:
    seat = find_seat(taught, person)
    assert seat is not None
    return seat.state


def is_busy(taught: CourseSession, person: Person) -> bool:
    return bool(busy([person], starts_at=taught.starts_at, ends_at=taught.ends_at)[person.id])
