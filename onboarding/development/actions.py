"""What happens around development: roles are described, levels assessed, things to do planned and done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import JobRole, Person
from core.people.rights import Right
from core.web.i18n import _
from onboarding.circle import Circle
from onboarding.development.labels import USUAL
from onboarding.development.models import AssessedLevel, Competency, DevelopmentAction, ExpectedLevel, MeansKind, Rung
from onboarding.development.queries import competencies, expected_rows, ladder, levels_of
from onboarding.goals.models import Goal
from onboarding.goals.queries import get_goals_circle
from onboarding.reviews.models import Side
from onboarding.reviews.policy import side_of
from training.public import CourseFact


def add_competency(*, name: str, hint: str, by: Person | None) -> Competency:
    """Add a competency. Raises Invalid for one that is there already."""
    _insist_on_writer(by)
    name = one_line(name)[:120]
    if not name:
        raise Invalid(_("A name is needed."), field="name")
    competency = Competency(name=name, hint=hint.strip()[:500])
    try:
        with session.begin_nested():
            session.add(competency)
    except IntegrityError:
        raise Invalid(_("This is in the list already."), field="name") from None
    record("onboarding.competency.added", competency, by=by)
    return competency


def add_usual_competencies(*, by: Person | None) -> None:
    """Add the usual competencies of a relationship manager that are not there yet."""
    there = {competency.name for competency in competencies()}
    for name, hint in USUAL:
        if str(name) not in there:
            add_competency(name=str(name), hint=str(hint), by=by)


def expect_levels(role: JobRole, levels: Mapping[int, int | None], *, by: Person | None) -> None:
    """Say what levels a role asks for, by inner key of the competency; None for none."""
    _insist_on_writer(by)
    present = expected_rows(role.id)
    for key, level in levels.items():
        row = present.get(key)
        if level is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(ExpectedLevel(job_role_id=role.id, competency_id=key, level=level))
        else:
            row.level = level
    session.flush()
    record("onboarding.competency.expected", role, by=by, changes={"levels": {str(key): level for key, level in levels.items()}})


def set_ladder(roles: Sequence[JobRole], *, by: Person | None) -> None:
    """Put the roles in this order, from the lowest step up. Raises Invalid when one stands twice."""
    _insist_on_writer(by)
    if len({role.id for role in roles}) < len(roles):
        raise Invalid(_("Each role stands on the ladder once."))
    for rung in ladder():
        session.delete(rung)
    session.flush()
    session.add_all(Rung(job_role_id=role.id, position=position) for position, role in enumerate(roles, start=1))
    session.flush()
    if roles:
        record("onboarding.career_ladder.set", roles[0], by=by, changes={"roles": [role.id for role in roles]})


def assess_levels(person: Person, levels: Mapping[int, int], *, by: Person) -> None:
    """Say what level one sees in oneself, or as manager in the new hire. What was said before stays."""
    side = _side(person, by)
    own, seen = levels_of(person)
    before = own if side is Side.PERSON else seen
    fresh = {key: level for key, level in levels.items() if before.get(key) != level}
    session.add_all(
        AssessedLevel(person_id=person.id, competency_id=key, side=side, level=level, assessed_by_id=by.id) for key, level in sorted(fresh.items())
    )
    session.flush()
    if fresh:
        changes = {"side": side.value, "competencies": sorted(fresh)}
        record("onboarding.competency.assessed", person, by=by, person=person, changes=changes)


@dataclass(frozen=True)
class Means:
    """What somebody does to develop, and for what."""

    kind: MeansKind
    due_on: date
    title: str = ""
    competency: Competency | None = None
    course: CourseFact | None = None
    goal: Goal | None = None


def plan_action(person: Person, means: Means, *, by: Person) -> DevelopmentAction:
    """Put something into the development plan."""
    _side(person, by)
    if means.kind is MeansKind.COURSE and means.course is None:
        raise Invalid(_("Choose a course."), field="course")
    if means.kind is MeansKind.GOAL and means.goal is None:
        raise Invalid(_("Choose one of the agreed goals."), field="goal")
    if means.due_on < today(by.time_zone):
        raise Invalid(_("This day is past. Choose a later one."), field="due_on")
    course = means.course if means.kind is MeansKind.COURSE else None
    goal = means.goal if means.kind is MeansKind.GOAL else None
    title = course.title if course else goal.shown.specific if goal else one_line(means.title)[:200]
    if not title:
        raise Invalid(_("Say what it is: the programme to shadow, or what to do."), field="title")
    action = DevelopmentAction(
        person_id=person.id,
        competency_id=means.competency.id if means.competency else None,
        kind=means.kind,
        title=title,
        course_id=course.id if course else None,
        goal_id=goal.id if goal else None,
        due_on=means.due_on,
        added_by_id=by.id,
    )
    session.add(action)
    session.flush()
    record("onboarding.development_action.added", action, by=by, person=person, changes={"kind": means.kind.value})
    return action


def finish_development(action: DevelopmentAction, *, by: Person) -> None:
    """Say that it is done. A course is not said but completed. Doing it twice changes nothing."""
    _side(action.person, by)
    if action.kind is MeansKind.COURSE:
        raise WrongState(_("A course is done when it is completed in training."))
    if action.done_at is None:
        action.done_at = now()
        session.flush()
        record("onboarding.development_action.done", action, by=by, person=action.person)


def remove_development(action: DevelopmentAction, *, by: Person) -> None:
    """Take it out of the plan, unless it is done."""
    _side(action.person, by)
    if action.done_at is not None:
        raise WrongState(_("What is done stays in the plan."))
    record("onboarding.development_action.removed", action, by=by, person=action.person, changes={"kind": action.kind.value})
    session.delete(action)
    session.flush()


def _side(person: Person, by: Person) -> Side:
    circle: Circle = get_goals_circle(person.public_id, viewer=by)
    side = side_of(circle)
    if side is None:
        raise NotAllowed(_("The new hire and their manager write the development plan."))
    return side


def _insist_on_writer(by: Person | None) -> None:
    if by is not None and not by.may(Right.RUN_ONBOARDING):
        raise NotAllowed(_("Only human resources says what roles ask for."))
