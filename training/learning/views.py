"""Pages of a person's own training: what to do and why, and a course."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.people.rights import Right
from core.web.access import access
from core.web.pages import page
from training.accommodations.policy import time_allowed
from training.catalogue import labels as words
from training.certificates.queries import certificates_of
from training.compliance import labels
from training.exams import labels as exam_labels
from training.exams.actions import start_of
from training.exams.counting import counting_attempts
from training.exams.queries import attempts_of, open_attempts
from training.learning import queries
from training.learning.opening import why_closed
from training.learning.overview import of_course, requirements_of
from training.learning.taking import what_to_take
from training.modules.labels import ICONS

bp = Blueprint("learning", __name__, url_prefix="/learning")


@bp.route("")
@access(Right.WORK)
def mine() -> ResponseReturnValue:
    """What I must do, by when and why; what I have done."""
    day = today(g.person.time_zone)
    requirements = requirements_of(g.person, on=day, with_progress=True)
    return page(
        "training/learning/mine.html",
        requirements=requirements,
        certificates=certificates_of(g.person),
        running=[attempt for attempt in open_attempts(g.person) if attempt.deadline_at > now()],
        labels=labels,
        day=day,
    )


@bp.route("/<uuid:course_id>")
@access(Right.WORK)
def course(course_id: UUID) -> ResponseReturnValue:
    """One course as I learn it: modules, exam, attempts, certificate."""
    day = today(g.person.time_zone)
    version, succession = what_to_take(g.person, course_id, on=day)
    asked = of_course(requirements_of(g.person, on=day), version.course_id)
    read, attempts = queries.modules_read(g.person, version), attempts_of(g.person, course_id=version.course_id)
    start = start_of(g.person, version, read=read, attempts=attempts)
    return page(
        "training/learning/course.html",
        course=version.course,
        version=version,
        read=read,
        next_module=next((module for module in version.modules if module.id not in read), None),
        icons=ICONS,
        minutes=time_allowed(version.minutes, start.extra_percent) // timedelta(minutes=1),
        start=start,
        attempts=attempts,
        counting=counting_attempts(attempts),
        requirements=asked,
        closed=why_closed(asked, version.course_id, on=day),
        certificates=certificates_of(g.person, course_id=version.course_id),
        succession=succession,
        labels=labels,
        words=words,
        exam=exam_labels,
    )
