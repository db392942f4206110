"""What rules ask of a person and has not been met, as their own pages and the home page want it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.people.models import Person
from training.exemptions.models import Exemption
from training.exemptions.queries import holds_on
from training.requirements.models import Assignment, Completion, Rule


def assignments_to_do(person: Person, *, on: date) -> Sequence[Assignment]:
    """What is asked of the person and not met on the day, one line a course, by due date, in one statement with rule and course.

    A cycle is met by what was completed once it could be done, or by a validity that reaches past it.
    """
    met = (
        select(Completion.id)
        .where(Completion.person_id == person.id, Completion.course_id == Rule.course_id, Completion.superseded_at.is_(None))
        .where(
            Completion.completed_on <= on,
            or_(
                Completion.completed_on >= Assignment.available_on,
                Completion.valid_until.is_(None),
                Completion.valid_until > Assignment.due_on,
                and_(Assignment.cycle == 1, Completion.valid_until >= Assignment.available_on),
            ),
        )
        .exists()
    )
    excused = (
        select(Exemption.id)
        .where(
            Exemption.person_id == person.id,
            Exemption.course_id == Rule.course_id,
            holds_on(on),
        )
        .exists()
    )
    asked = (Assignment.available_on <= on, or_(Assignment.ended_on.is_(None), Assignment.ended_on >= on))
    query = (
        select(Assignment)
        .join(Rule, Rule.id == Assignment.rule_id)
        .where(Assignment.person_id == person.id, *asked, ~met, ~excused)
        .options(joinedload(Assignment.rule).joinedload(Rule.course))
        .order_by(Assignment.due_on, Assignment.id)
    )
    by_course: dict[int, Assignment] = {}
    for assignment in session.scalars(query):
        by_course.setdefault(assignment.rule.course_id, assignment)
    return list(by_course.values())
