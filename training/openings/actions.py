"""Planning openings of exams, withdrawing them, and checking access codes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from core.accounts.passwords import hash_password, is_password
from core.audit.record import record
from core.clock import now
from core.db import hold, session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Location, Person
from core.web.i18n import _
from training.catalogue.models import Course
from training.openings import policy, queries
from training.openings.models import CodeTry, ExamOpening
from training.openings.policy import PAUSE, WRONG_CODES

SHORTEST_CODE = 6


class TooManyCodes(Conflict):
    """Wrong codes were typed too often for now."""


@dataclass(frozen=True)
class OpeningDraft:
    """An opening, as planned. No code: whoever may sit the exam begins it without one."""

    opens_at: datetime
    closes_at: datetime
    time_zone: str
    location: Location | None = None
    code: str = ""


def plan_opening(course: Course, draft: OpeningDraft, *, by: Person) -> ExamOpening:
    """Say when the exam of a course is open. Raises Invalid for times that make no sense or a code too easily guessed."""
    _insist(by)
    if draft.closes_at <= draft.opens_at:
        raise Invalid(_("The exam must close after it opens."), field="closes")
    if draft.closes_at <= now():
        raise Invalid(_("This time is over already."), field="closes")
    opening = ExamOpening(
        course_id=course.id,
        location_id=None if draft.location is None else draft.location.id,
        opens_at=draft.opens_at,
        closes_at=draft.closes_at,
        time_zone=draft.time_zone,
        code_hash=_hashed(draft.code),
        planned_by_id=by.id,
    )
    session.add(opening)
    session.flush()
    changes = {
        "course": course.id,
        "opens_at": draft.opens_at.isoformat(),
        "closes_at": draft.closes_at.isoformat(),
        "location": opening.location_id,
        "asks_code": opening.asks_code,
    }
    record("training.opening.planned", opening, by=by, changes=changes)
    return opening


def _hashed(code: str) -> str:
    tidy = _tidied(code)
    if not tidy:
        return ""
    if len(tidy) < SHORTEST_CODE:
        raise Invalid(_("A code has at least %(least)s letters or digits.", least=SHORTEST_CODE), field="code")
    return hash_password(tidy)


def _tidied(code: str) -> str:
    """The code without what people add or change when they copy it from a board: spaces, dashes, capitals."""
    return "".join(character for character in code.casefold() if character.isalnum())[:100]


def change_code(opening: ExamOpening, *, code: str, by: Person) -> None:
    """Give an opening another code, or none (empty). Those who have begun are not asked again."""
    _insist(by)
    hold(opening)
    opening.code_hash = _hashed(code)
    session.flush()
    record("training.opening.code_changed", opening, by=by, changes={"asks_code": opening.asks_code})


def withdraw_opening(opening: ExamOpening, *, by: Person) -> None:
    """Take an opening back: nobody begins by it any more, and who has begun goes on. Raises WrongState when it was already."""
    _insist(by)
    hold(opening)
    if opening.withdrawn_at is not None:
        raise WrongState(_("This opening was taken back already."))
    opening.withdrawn_at = now()
    session.flush()
    record("training.opening.withdrawn", opening, by=by, changes={"course": opening.course_id})


def check_code(opening: ExamOpening, code: str, *, by: Person) -> None:
    """Raise Invalid unless the code is the opening's, and TooManyCodes while there were too many wrong ones.

    A wrong code is counted: whoever answers the refusal must keep that change.
    """
    tries = queries.find_tries(opening, by)
    if tries is not None and tries.wrong >= WRONG_CODES:
        if now() < tries.last_at + PAUSE:
            raise TooManyCodes(_("Too many wrong codes. Wait a quarter of an hour, or ask your trainer for the code."))
        tries.wrong = 0
    if is_password(opening.code_hash, _tidied(code)):
        return
    if tries is None:
        tries = _begin_counting(opening, by)
    tries.wrong, tries.last_at = tries.wrong + 1, now()
    session.flush()
    record("training.opening.code_refused", opening, by=by, person=by, changes={"wrong": tries.wrong})
    raise Invalid(_("That is not the code of this exam. Your trainer tells it."), field="code")


def _begin_counting(opening: ExamOpening, by: Person) -> CodeTry:
    tries = CodeTry(opening_id=opening.id, person_id=by.id)
    try:
        with session.begin_nested():
            session.add(tries)
    except IntegrityError:  # two tabs at once
        found = queries.find_tries(opening, by)
        if found is None:
            raise
        return found
    return tries


def _insist(by: Person) -> None:
    if not policy.can_plan(by):
        raise NotAllowed(_("Only trainers and compliance say when exams are open."))
