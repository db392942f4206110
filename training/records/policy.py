"""Who reads what somebody met."""

from core.people.models import Person
from core.people.rights import Right
from training.exams.models import Attempt


def can_read(viewer: Person, person_id: int) -> bool:
    """Whether the viewer reads what the person with this inner key met: their own, or with the right to check compliance."""
    return viewer.id == person_id or viewer.may(Right.SEE_COMPLIANCE)


def sees_right_answers(viewer: Person, attempt: Attempt) -> bool:
    """Whether the right answers may be shown beside those given: to the person as on their result, to who checks compliance always."""
    return bool(attempt.passed) if viewer.id == attempt.person_id else viewer.may(Right.SEE_COMPLIANCE)
