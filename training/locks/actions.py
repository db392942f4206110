"""Locking exams whose attempts are used up, and opening them again."""

from zoneinfo import ZoneInfo

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.errors import Invalid, NotAllowed
from core.people.models import Person
from core.web.i18n import _
from training.catalogue.models import CourseVersion
from training.exams.attempts_left import attempts_used, can_complete
from training.exams.models import Attempt, ExtraAttempt
from training.locks import mails, policy, queries
from training.locks.models import ExamLock
from training.standings.actions import keep_standings

MOST_AT_ONCE = 10


def follow_grade(attempt: Attempt, learner: Person) -> None:
    """Lock the exam for its person once the last attempt that counts has failed; a pass opens it. Doing it twice changes nothing."""
    if attempt.passed:
        if can_complete(attempt):
            _lift(queries.find_lock(learner, attempt.course_id), learner, by=None)
        return
    if attempt.is_practice or attempt.submitted_at is None or queries.find_lock(learner, attempt.course_id) is not None:
        return
    if attempts_used(learner, attempt.course_version).left_that_count(attempt.course_version):
        return
    lock = ExamLock(
        person_id=learner.id,
        course_id=attempt.course_id,
        version_id=attempt.version_id,
        attempt_id=attempt.id,
        locked_on=attempt.submitted_at.astimezone(ZoneInfo(learner.time_zone)).date(),
        locked_at=now(),
    )
    session.add(lock)
    keep_standings(learner)
    record("training.exam.locked", lock, by=None, person=learner, changes={"course": attempt.course_id, "attempt": attempt.id})
    keep_standings(learner)


def grant_attempts(learner: Person, version: CourseVersion, *, attempts: int = 1, reason: str, by: Person) -> ExtraAttempt:
    """Grant more attempts to somebody who has used up theirs. Raises NotAllowed for oneself, Invalid without a reason or a sound number."""
    if not policy.can_unlock(by, learner):
        raise NotAllowed(_("Nobody grants themselves an attempt; trainers and compliance grant them to others."))
    if not 1 <= attempts <= MOST_AT_ONCE:
        raise Invalid(_("Give a whole number from 1 to %(most)s.", most=MOST_AT_ONCE), field="attempts")
    if not reason.strip():
        raise Invalid(_("Say why one more attempt is granted."), field="reason")
    granted = ExtraAttempt(person_id=learner.id, version_id=version.id, attempts=attempts, granted_by_id=by.id, reason=reason.strip())
    session.add(granted)
    session.flush()
    changes = {"version": version.number, "course": version.course_id, "attempts": attempts}
    record("training.attempt.granted", granted, by=by, person=learner, changes=changes, reason=reason.strip())
    lock = queries.find_lock(learner, version.course_id)
    if lock is not None and lock.version_id == version.id:
        _lift(lock, learner, by=by)
        mails.exam_unlocked(learner, lock.course, attempts=attempts)
    return granted


def lift_locks_of(course_id: int) -> None:
    """Open the exam of a course (inner key) for everybody: a new version is in force, of which all attempts are left."""
    for lock in queries.locks_of_course(course_id):
        _lift(lock, lock.person, by=None)


def _lift(lock: ExamLock | None, learner: Person, *, by: Person | None) -> None:
    if lock is None:
        return
    lock.lifted_on, lock.lifted_at, lock.lifted_by_id = max(today(learner.time_zone), lock.locked_on), now(), None if by is None else by.id
    keep_standings(learner)
    record("training.exam.unlocked", lock, by=by, person=learner, changes={"course": lock.course_id})
    keep_standings(learner)


def lock_what_was_missed() -> None:
    """Lock exams whose attempts were used up before locks were written down."""
    for attempt in queries.last_failures_without_lock():
        follow_grade(attempt, attempt.person)
