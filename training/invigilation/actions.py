"""Writing down what was noticed while an exam is sat."""

from core.clock import now
from core.db import session
from core.people.models import Person
from training.exams.models import Attempt
from training.invigilation import queries
from training.invigilation.models import FocusLoss

SHORTEST = 2  # seconds; less is a slip of the hand
MOST = 300  # of one attempt
DAY = 86_400


def note_focus_loss(attempt: Attempt, *, seconds: int, by: Person) -> bool:
    """Note that the exam's page was left for so long, if the version says so and the attempt is open. It changes nothing else.

    The browser says how long, so it is kept as what it is: a word of the browser's, cut to what the attempt has lasted.
    """
    if attempt.person_id != by.id or not attempt.is_open or not attempt.course_version.logs_focus:
        return False
    lasted = int((now() - attempt.started_at).total_seconds())
    if seconds < SHORTEST or queries.count_losses(attempt) >= MOST:
        return False
    session.add(FocusLoss(attempt_id=attempt.id, noted_at=now(), seconds=max(min(seconds, lasted, DAY), 0)))
    session.flush()
    return True
