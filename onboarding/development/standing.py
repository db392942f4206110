"""How a person stands: gaps in their role, the plan, and what is missing for the next step of the ladder."""

from collections.abc import Sequence
from dataclasses import dataclass

import training.public
from core.clock import today
from core.people.models import JobRole
from onboarding.circle import Circle
from onboarding.development import queries
from onboarding.development.gaps import Gap, gaps
from onboarding.development.models import DevelopmentAction, Rung


@dataclass(frozen=True)
class Development:
    """All a page of development shows."""

    gaps: Sequence[Gap]
    ladder: Sequence[Rung]
    role_id: int | None
    next_role: JobRole | None
    next_gaps: Sequence[Gap]
    plan: Sequence[tuple[DevelopmentAction, bool, str]]  # whether it is done, and where one learns a course


def development_of(circle: Circle) -> Development:
    """Where the new hire stands today, in a fixed number of statements."""
    own, seen = queries.levels_of(circle.person)
    role_id = circle.employment.job_role_id if circle.employment else None
    expected = queries.levels_expected(role_id) if role_id is not None else {}
    rungs = queries.ladder()
    place = next((number for number, rung in enumerate(rungs) if rung.job_role_id == role_id), None)
    above = rungs[place + 1].job_role if place is not None and place + 1 < len(rungs) else None
    next_gaps = gaps(queries.levels_expected(above.id), own, seen) if above is not None else []
    return Development(
        gaps=gaps(expected, own, seen),
        ladder=rungs,
        role_id=role_id,
        next_role=above,
        next_gaps=[gap for gap in next_gaps if gap.missing],
        plan=_plan(circle),
    )


def _plan(circle: Circle) -> list[tuple[DevelopmentAction, bool, str]]:
    actions = queries.plan_of(circle.person)
    wanted = {(circle.person.id, action.course_id) for action in actions if action.course_id is not None}
    held = training.public.holds_many(wanted, on=today(circle.person.time_zone)) if wanted else set()
    urls = {course.id: course.url for course in training.public.courses()} if wanted else {}
    return [
        (action, action.done_at is not None or (circle.person.id, action.course_id) in held, urls.get(action.course_id or 0, ""))
        for action in actions
    ]
