"""Whether rules let somebody begin a course now: in a curriculum after the one before, and before access ends. Who is not asked may."""

from collections.abc import Sequence
from datetime import date

from flask_babel import format_date

from core.errors import WrongState
from core.people.models import Person
from core.web.i18n import _
from training.learning.overview import Requirement, of_course, requirements_of


def insist_open(person: Person, course_id: int, *, on: date) -> None:
    """Raise WrongState, saying why, where every rule that asks the person for the course (inner key) keeps it closed on the day."""
    sentence = why_closed(requirements_of(person, on=on), course_id, on=on)
    if sentence:
        raise WrongState(sentence)


def why_closed(requirements: Sequence[Requirement], course_id: int, *, on: date) -> str:
    """Why the course is closed on the day, in a sentence; nothing where one of the rules leaves it open, or none asks it."""
    reasons = [_reason(requirement, course_id, on) for requirement in of_course(requirements, course_id)]
    return reasons[0] if reasons and all(reasons) else ""


def _reason(requirement: Requirement, course_id: int, on: date) -> str:
    courses, clocks = requirement.line.courses, requirement.clocks
    for place, (course, step) in enumerate(requirement.steps):
        if course.id == course_id and step == "later":
            before = courses[place - 1].title
            return str(_("In %(curriculum)s it opens once %(before)s is done.", curriculum=requirement.line.course_title, before=before))
    if clocks is not None and requirement.is_open:
        number = requirement.line.fact.number
        if clocks.access_until is not None and on > clocks.access_until:
            day = format_date(clocks.access_until, "medium")
            return str(_("By rule %(number)s it could be done until %(day)s. Ask compliance to open it again.", number=number, day=day))
        if requirement.judged.completed_on is None and on < clocks.available_on:
            return str(_("By rule %(number)s it opens on %(day)s.", number=number, day=format_date(clocks.available_on, "medium")))
    return ""
