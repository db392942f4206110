"""What follows from the result of an exam once it stands."""

from zoneinfo import ZoneInfo

from core.audit.record import record
from core.clock import now
from core.db import session
from core.people.models import Person
from training.completions.actions import complete
from training.exams.attempts_left import can_complete
from training.exams.models import WORKFLOW, Attempt, AttemptState
from training.locks.actions import follow_grade


def settle(attempt: Attempt, *, by: Person | None) -> Attempt:
    """Let the result stand, and a completion follow."""
    WORKFLOW.insist(attempt.state, AttemptState.SUBMITTED)
    attempt.graded_at = now() if attempt.is_being_marked else attempt.submitted_at
    attempt.state = AttemptState.SUBMITTED
    session.flush()
    learner = session.get_one(Person, attempt.person_id)
    changes = {"passed": attempt.passed, "earned": attempt.earned, "possible": attempt.possible, "ran_out": attempt.ran_out}
    record("training.attempt.graded", attempt, by=by, person=learner, changes=changes)
    follow_grade(attempt, learner)
    if attempt.passed and attempt.submitted_at is not None and can_complete(attempt):
        day = attempt.submitted_at.astimezone(ZoneInfo(learner.time_zone)).date()
        complete(learner, attempt.course_version, completed_on=day, by=None, attempt_id=attempt.id)
    return attempt
