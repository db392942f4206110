"""Who reads what somebody met."""

from datetime import datetime

from core.people.models import Person
from core.people.rights import Right
from training.exams.models import Attempt
from training.exams.showing import EVERYTHING, Shows, shows


def can_read(viewer: Person, person_id: int) -> bool:
    """Whether the viewer reads what the person with this inner key met: their own, or with the right to check compliance."""
    return viewer.id == person_id or viewer.may(Right.SEE_COMPLIANCE)


def shown_to(viewer: Person, attempt: Attempt, *, at: datetime) -> Shows:
    """What of the marks and right answers is shown: to the person what their result shows by then, to who checks compliance all of it.

    Needs `course_version` to be loaded.
    """
    return shows(attempt, at=at) if viewer.id == attempt.person_id else EVERYTHING
