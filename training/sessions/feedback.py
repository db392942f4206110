"""What those who came thought of a session: told without names, from five on, and only when nobody answers any more.

Between two looks while people still answer, one answer more would be somebody's.
"""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import WrongState
from core.people.models import Person
from core.web.i18n import _
from training.sessions import queries
from training.sessions.models import FEEDBACK_OPEN_FOR, CourseSession, CourseSessionState, SeatState, SessionFeedback

AT_LEAST = 5
QUESTIONS = ("content", "teaching", "usefulness")


@dataclass(frozen=True)
class Words:
    """Marks from 1 to 5, and what else there is to say."""

    content: int
    teaching: int
    usefulness: int
    comment: str = ""


@dataclass(frozen=True)
class Summary:
    """What is shown of the feedback: how many answered, and means and comments once they may be."""

    answers: int
    shown_from: datetime
    means: dict[str, Fraction] | None = None
    comments: tuple[str, ...] = ()


def is_asked(taught: CourseSession, person: Person, *, at: datetime) -> bool:
    """Whether the person can say how the session was: they came, have not said it yet, and it is not long over."""
    seat = queries.find_seat(taught, person)
    return seat is not None and seat.state is SeatState.ATTENDED and not seat.has_told and _is_open(taught, at=at)


def tell(taught: CourseSession, words: Words, *, by: Person) -> None:
    """Keep what the person thinks apart from who they are. Raises WrongState when they did not come, have told already or it is too late."""
    queries.hold_session(taught)
    if not is_asked(taught, by, at=now()):
        raise WrongState(_("Who came to a session can say once how it was, within two weeks."))
    seat = queries.find_seat(taught, by)
    assert seat is not None
    seat.has_told = True
    session.add(SessionFeedback(session_id=taught.id, comment=words.comment.strip(), **{name: getattr(words, name) for name in QUESTIONS}))
    session.flush()
    record("training.session.told", taught, by=None, changes={})


def summary(taught: CourseSession, *, at: datetime) -> Summary:
    """What may be shown of the feedback now."""
    rows = queries.feedback_on(taught)
    shown_from = taught.ends_at + FEEDBACK_OPEN_FOR
    if at < shown_from or len(rows) < AT_LEAST:
        return Summary(len(rows), shown_from)
    means = {name: Fraction(sum(getattr(row, name) for row in rows), len(rows)) for name in QUESTIONS}
    return Summary(len(rows), shown_from, means, tuple(sorted(row.comment for row in rows if row.comment)))


def _is_open(taught: CourseSession, *, at: datetime) -> bool:
    return taught.state is CourseSessionState.HELD and taught.ends_at <= at < taught.ends_at + FEEDBACK_OPEN_FOR
