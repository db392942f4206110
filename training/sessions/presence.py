"""Who is in the room: a code on the screen that changes every thirty seconds, and people who came without a seat."""

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import current_app

from core.audit.record import record
from core.clock import now
from core.db import session
from core.documents.codes import ALPHABET
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from training.sessions import policy, queries
from training.sessions.actions import move_seat
from training.sessions.models import CourseSession, CourseSessionState, Seat, SeatOrigin, SeatState

CHANGES_EVERY = timedelta(seconds=30)
EARLY = timedelta(minutes=30)  # before the beginning, for people come in
LATE = timedelta(minutes=30)
LENGTH = 8


def is_on(taught: CourseSession, *, at: datetime) -> bool:
    """Whether people can say that they are there: from half an hour before the session to half an hour after it."""
    return taught.state is CourseSessionState.PLANNED and taught.starts_at - EARLY <= at <= taught.ends_at + LATE


def code_for(taught: CourseSession, *, at: datetime) -> str:
    """The code on the screen at the moment, such as `7Q4M0ZKX`: nobody who is not shown it can work it out."""
    return _code(taught, _window(at))


def say_here(taught: CourseSession, typed: str, *, by: Person) -> Seat:
    """Note that the person is in the room, with the code they read there. The one before it counts too. Doing it twice is doing it once.

    Raises Invalid for a code that is not on the screen, WrongState when the session is not on or the person has no seat.
    """
    at = now()
    if not is_on(taught, at=at):
        raise WrongState(_("This session is not on now. You can say that you are there from half an hour before it begins."))
    seat = queries.find_seat(taught, by)
    if seat is None or seat.state not in {SeatState.ENROLLED, SeatState.ATTENDED}:
        raise WrongState(_("You have no seat in this session. Tell the trainer, who can add you to the list."))
    plain = "".join(character for character in typed.upper()[:40] if character.isalnum())
    if not any(hmac.compare_digest(plain.encode(), _code(taught, _window(at) - back).encode()) for back in (0, 1)):
        raise Invalid(_("This is not the code on the screen now: it changes every thirty seconds. Read it again."), field="code")
    if seat.here_at is None:
        seat.here_at = at
        session.flush()
        record("training.seat.here", seat, by=by, person=by, changes={"session": taught.id})
    return seat


def add_who_came(taught: CourseSession, person: Person, *, by: Person) -> Seat:
    """Put somebody on the list who came without a seat; noting who came completes it.

    Raises WrongState before the session begins or after it was called off.
    """
    queries.hold_session(taught)
    if not policy.can_keep_list(by, taught):
        raise NotAllowed
    if taught.state is CourseSessionState.CANCELLED or taught.starts_at > now():
        raise WrongState(_("Add who came once the session has begun. Before that, give them a seat."))
    if person.id == taught.trainer_id:
        raise Invalid(_("The trainer teaches this session and needs no seat."), field="person")
    seat = queries.find_seat(taught, person)
    if seat is not None and seat.state not in {SeatState.WAITING, SeatState.WITHDRAWN}:
        return seat
    if seat is None:
        seat = Seat(session_id=taught.id, person=person, state=SeatState.ATTENDED, asked_at=now(), origin=SeatOrigin.GIVEN, completion=None)
        session.add(seat)
        session.flush()
        record("training.seat.attended", seat, by=by, person=person, changes={"session": taught.id, "seat": "none before"})
        return seat
    move_seat(seat, SeatState.ATTENDED, by=by)
    return seat


def _window(at: datetime) -> int:
    return int(at.timestamp() // CHANGES_EVERY.total_seconds())


def _code(taught: CourseSession, window: int) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.digest(key, f"training session {taught.public_id} {window}".encode(), hashlib.sha256)
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])
