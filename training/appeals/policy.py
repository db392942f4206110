"""Who may appeal, until when, and who decides."""

from datetime import datetime, timedelta

from core.people.models import Person
from core.people.rights import Right
from training.appeals.models import Appeal, AppealState
from training.exams.models import Attempt, AttemptState

TIME_TO_APPEAL = timedelta(days=30)  # after the exam was handed in, or graded again


def may_appeal(person: Person, attempt: Attempt, *, since: datetime | None, at: datetime) -> bool:
    """Whether the person may appeal about the attempt now; `since` is when its result was last settled."""
    graded = attempt.person_id == person.id and attempt.state is AttemptState.SUBMITTED
    return graded and since is not None and at <= since + TIME_TO_APPEAL


def can_decide(person: Person, appeal: Appeal, *, learner_id: int) -> bool:
    """Whether the person decides the appeal: never one's own."""
    return person.may(Right.WRITE_COURSES) and appeal.state is AppealState.OPEN and person.id != learner_id


def sees_appeals(person: Person) -> bool:
    """Whether the person reads appeals of others."""
    return person.may(Right.WRITE_COURSES)
