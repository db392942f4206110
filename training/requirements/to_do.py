"""What rules ask of a person and has not been met, as their own pages and the home page want it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.leaves.models import Leave
from core.leaves.queries import away_on
from core.people.models import Person
from training.compliance.terms import Combination
from training.equivalences.conditions import accepted_on
from training.exemptions.models import Exemption
from training.exemptions.queries import holds_on
from training.requirements.models import Assignment, Rule, RuleCourse


def assignments_to_do(person: Person, *, on: date) -> Sequence[Assignment]:
    """What is asked of the person and not met on the day, one line for what is asked, by due date, in one statement with rule and course."""
    excused = (
        select(Exemption.id)
        .where(
            Exemption.person_id == person.id,
            Exemption.course_id == Rule.course_id,
            Rule.combines == Combination.COURSE,
            holds_on(on),
        )
        .exists()
    )
    away = select(Leave.id).where(Leave.person_id == person.id, *away_on(on)).exists()
    further = exists().where(RuleCourse.rule_id == Rule.id, accepted_on(person, RuleCourse.course_id, on=on))
    accepted = and_(Rule.combines != Combination.IN_ORDER, or_(accepted_on(person, Rule.course_id, on=on), further))
    open_on = or_(Assignment.met_on.is_(None), Assignment.met_on > on)
    asked = (Assignment.available_on <= on, or_(Assignment.ended_on.is_(None), Assignment.ended_on >= on))
    query = (
        select(Assignment)
        .join(Rule, Rule.id == Assignment.rule_id)
        .where(Assignment.person_id == person.id, *asked, open_on, ~excused, ~away, ~accepted)
        .options(joinedload(Assignment.rule).joinedload(Rule.course))
        .order_by(Assignment.due_on, Assignment.id)
    )
    by_chain: dict[str, Assignment] = {}
    for assignment in session.scalars(query):
        by_chain.setdefault(assignment.chain, assignment)
    return list(by_chain.values())
