"""How many attempts somebody has left, and whether passing one completes the course."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, exists, func, select

from core.db import session
from core.people.models import Person
from training.accommodations.models import Accommodation
from training.catalogue.models import Counting, CourseVersion
from training.exams.models import Attempt, AttemptState, ExtraAttempt
from training.items.models import Item
from training.openings.models import ExamOpening
from training.requirements.models import Completion


@dataclass(frozen=True)
class Used:
    """What became of somebody's attempts at a version since they last completed the course by exam.

    `sat` in all, `counted` without practice, `granted` beyond those allowed; `asks`: whether there are questions at all (who comes to a
    session completes a version that asks nothing).
    """

    sat: int
    counted: int
    granted: int
    asks: bool
    is_limited: bool  # whether the course has openings, outside of which nobody begins
    extra_percent: int  # how much more time the person has

    def left(self, version: CourseVersion) -> int:
        """How many attempts are left, practice included."""
        return max(version.attempts_allowed + self.granted - self.sat, 0)

    def left_that_count(self, version: CourseVersion) -> int:
        """How many are left that can complete the course: where the first counts, only that one and those granted."""
        if version.counting is not Counting.FIRST:
            return self.left(version)
        return min(max(1 + self.granted - self.counted, 0), self.left(version))


def attempts_used(person: Person, version: CourseVersion) -> Used:
    """What became of the person's attempts at the version, in one statement."""
    last = (
        select(func.max(Completion.recorded_at))
        .where(Completion.person_id == person.id, Completion.course_id == version.course_id, Completion.attempt_id.is_not(None))
        .scalar_subquery()
    )
    zero = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    is_counted = case((Attempt.is_practice.is_(False), 1), else_=0)
    since = (Attempt.person_id == person.id, Attempt.version_id == version.id, Attempt.started_at > func.coalesce(last, zero))
    used = select(func.count()).select_from(Attempt).where(*since)
    counted = select(func.coalesce(func.sum(is_counted), 0)).where(*since)
    extra = (
        select(func.coalesce(func.sum(ExtraAttempt.attempts), 0))
        .select_from(ExtraAttempt)
        .where(ExtraAttempt.person_id == person.id, ExtraAttempt.version_id == version.id, ExtraAttempt.granted_at > func.coalesce(last, zero))
    )
    asks = exists().where(Item.version_id == version.id)
    opens = exists().where(ExamOpening.course_id == version.course_id, ExamOpening.withdrawn_at.is_(None))
    longer = select(func.coalesce(func.max(Accommodation.extra_percent), 0)).where(
        Accommodation.person_id == person.id, Accommodation.ended_at.is_(None)
    )
    counts = (used.scalar_subquery(), counted.scalar_subquery(), extra.scalar_subquery())
    return Used(*session.execute(select(*counts, asks, opens, longer.scalar_subquery())).one())


def can_complete(attempt: Attempt) -> bool:
    """Whether passing the attempt completes the course: practice never does, nor does an earlier attempt where the last one counts.

    Needs `course_version` to be loaded.
    """
    if attempt.is_practice or attempt.course_version.counting is not Counting.LAST:
        return not attempt.is_practice
    later = select(Attempt.id).where(Attempt.person_id == attempt.person_id, Attempt.version_id == attempt.version_id, Attempt.id > attempt.id)
    return session.scalars(later.where(Attempt.state == AttemptState.SUBMITTED).order_by(Attempt.id).limit(1)).one_or_none() is None
