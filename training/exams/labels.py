"""Words for where attempts stand."""

from fractions import Fraction
from typing import Any

from flask_babel import format_decimal

from core.web.i18n import _, _l
from training.exams.models import AttemptState
from training.exams.policy import StartState

STATES: dict[AttemptState, Any] = {
    AttemptState.IN_PROGRESS: _l("Open"),
    AttemptState.BEING_MARKED: _l("Being marked"),
    AttemptState.SUBMITTED: _l("Handed in"),
}
STARTS: dict[StartState, Any] = {
    StartState.READY: _l("You may start"),
    StartState.RESUME: _l("Your exam is open and the clock is running."),
    StartState.UNREAD: _l("Read every module first. Then the exam opens."),
    StartState.NOT_ATTENDED: _l("Come to a session of the course first. Then the exam opens."),
    StartState.WAIT: _l("There is a pause before the next attempt."),
    StartState.BEING_MARKED: _l("Your last attempt is being marked. Whether you have passed is told by mail; until then there is no other attempt."),
    StartState.LOCKED: _l("All attempts are used up. Ask compliance for one more: they can grant it."),
    StartState.NOT_OPEN: _l("The exam is not open now."),
    StartState.NO_EXAM: _l("This course has no exam: who comes to a session has completed it."),
}


def points(earned: str | Fraction, possible: int) -> str:
    """Points as people read them, such as 6.5 of 9."""
    return str(_("%(earned)s of %(possible)s", earned=format_decimal(round(float(Fraction(earned or "0")), 2)), possible=possible))
