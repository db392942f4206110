"""What both say of a session: the new hire's log, the mentor's sign-off, and the manager's word where they differ or were silent for too long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import training.public
from core.audit.record import record
from core.clock import now
from core.db import session as database
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from onboarding.programmes.taking_part import carry_on, manager_of
from onboarding.shadowing import policy
from onboarding.shadowing.confidential import names_a_client
from onboarding.shadowing.models import AHEAD, HIGHEST_RATING, Observation, Session, SessionState, Side
from onboarding.shadowing.queries import hold_session
from onboarding.shadowing.steps import insist, step

S = SessionState


@dataclass(frozen=True)
class Seen:
    """What the new hire wrote about one objective."""

    seen: bool | None
    happened: str = ""
    learned: str = ""
    question: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the mentor says to one objective; `seen` None has nothing to say against what the new hire wrote."""

    seen: bool | None = None
    note: str = ""
    rating: int | None = None


@dataclass(frozen=True)
class SignOff:
    """The mentor's word on a session. With `agrees` the mentor agrees with all that was written, in one tap and without feedback."""

    feedback: str = ""
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    agrees: bool = False


def keep_log(session: Session, seen: Mapping[int, Seen], *, by: Person, version: int | None = None) -> None:
    """Keep what the new hire has written so far, per objective (inner key); the mentor reads it once it is whole.

    Raises Invalid for text with what looks like a client's number, Conflict when another window has kept something since.
    """
    hold_session(session)
    _insist_on_log(session, by)
    if version is not None and version != session.log_version:
        raise Conflict(_("This log was changed in another window. Reload the page to see what it holds now."))
    for row in session.observations:
        _write(row, seen.get(row.objective_id, Seen(None)))
    session.log_version += 1
    database.flush()


def write_log(session: Session, seen: Mapping[int, Seen], *, by: Person, version: int | None = None) -> None:
    """Keep what the new hire saw, and with every objective answered say by it that the session took place."""
    keep_log(session, seen, by=by, version=version)
    if session.ends_at <= now() and all(row.seen is not None for row in session.observations):
        session.logged_at = now()
    if session.ends_at <= now() and session.state in AHEAD:
        step(session, S.HELD, name="held", by=by)
    session.is_disputed = any(row.differs for row in session.observations)
    database.flush()
    counts = {"seen": sum(row.seen is True for row in session.observations), "of": len(session.observations)}
    record("onboarding.shadowing_session.logged", session, by=by, person=session.person, changes=counts)
    if session.state is S.SIGNED_OFF:
        carry_on(session.participation_id)


def sign_off(session: Session, word: SignOff, *, by: Person) -> None:
    """The mentor says that the session took place and what they think of each objective, with feedback or in one tap."""
    hold_session(session)
    if session.state is S.SIGNED_OFF and by.id == session.mentor_id:
        return
    if by.id == session.mentor_id and session.state in AHEAD and session.ends_at > now():
        raise WrongState(_("The session has not taken place yet. Sign it off once it is over."))
    if by.id == session.mentor_id and policy.is_late(session, at=now()):
        raise WrongState(_("More than seven days have passed. The new hire's manager says now whether the session took place."))
    insist(policy.can_sign_off(by, session, at=now()), session)
    _insist_on_word(session, word)
    for row in session.observations:
        verdict = Verdict(seen=row.seen) if word.agrees else word.verdicts.get(row.objective_id, Verdict())
        row.mentor_seen, row.mentor_note, row.rating = verdict.seen, verdict.note.strip(), verdict.rating
    if session.state is not S.HELD:
        step(session, S.HELD, name="held", by=by)
    session.feedback = word.feedback.strip()
    _settle(session, by=by, name="signed_off")


def report_no_show(session: Session, who: Side, *, note: str = "", by: Person) -> None:
    """Say that one of the two did not come. Such a session counts for nothing; the manager can still say that it took place."""
    hold_session(session)
    if session.starts_at > now():
        raise WrongState(_("The session has not begun yet. If somebody cannot come, move it or cancel it."))
    insist(policy.can_report_no_show(by, session, at=now()), session)
    session.no_show = who
    step(session, S.NO_SHOW, name="no_show", by=by, reason=note.strip()[:1000])


def decide(session: Session, seen: Mapping[int, bool], *, reason: str, by: Person) -> None:
    """Say what holds where new hire and mentor differ, by inner key of the objective, with a reason both read."""
    hold_session(session)
    _insist_on_judge(session, by)
    if not session.is_disputed:
        raise WrongState(_("There is nothing to decide in this session any more."))
    if not reason.strip():
        raise Invalid(_("Say why in a sentence."), field="reason")
    if names_a_client(reason):
        raise Invalid(_client(), field="reason")
    for row in session.observations:
        if row.differs and row.objective_id in seen:
            row.decided_seen, row.decided_by_id, row.decided_at = seen[row.objective_id], by.id, now()
            row.decision_reason = reason.strip()[:1000]
    session.is_disputed = any(row.differs for row in session.observations)
    if session.is_disputed:
        raise Invalid(_("Decide each of them."), field="reason")
    database.flush()
    record("onboarding.shadowing_session.decided", session, by=by, person=session.person, changes={"seen": sum(seen.values()), "of": len(seen)})
    carry_on(session.participation_id)


def settle(session: Session, *, no_show: Side | None, reason: str, by: Person) -> None:
    """The manager says whether a session took place (None) or who did not come, once the two have been silent for too long or differ in it."""
    hold_session(session)
    _insist_on_judge(session, by)
    if not policy.can_be_settled(session, at=now()):
        raise WrongState(_("The two can still say themselves whether it took place."))
    if not reason.strip():
        raise Invalid(_("Say why in a sentence."), field="reason")
    if no_show is not None:
        session.no_show = no_show
        step(session, S.NO_SHOW, name="no_show", by=by, reason=reason.strip()[:1000])
        return
    session.no_show = None
    if session.state is not S.HELD and session.state is not S.SIGNED_OFF:
        step(session, S.HELD, name="held", by=by, reason=reason.strip()[:1000])
    session.logged_at = session.logged_at or now()
    if session.state is S.SIGNED_OFF:
        database.flush()
        carry_on(session.participation_id)
    else:
        _settle(session, by=by, name="settled", reason=reason.strip()[:1000])


def _settle(session: Session, *, by: Person, name: str, reason: str = "") -> None:
    session.signed_off_at, session.was_qualified = now(), _was_qualified(session)
    session.is_disputed = any(row.differs for row in session.observations)
    step(session, S.SIGNED_OFF, name=name, by=by, reason=reason)
    carry_on(session.participation_id)


def _was_qualified(session: Session) -> bool | None:
    course_id = None if session.stage is None else session.stage.programme.course_id
    if course_id is None:
        return None
    days = {day.starts_at.astimezone(ZoneInfo(session.time_zone)).date() for day in session.days}
    return all(training.public.holds_many({(session.mentor_id, course_id)}, on=day) for day in sorted(days))


def _insist_on_log(session: Session, by: Person) -> None:
    mine = by.id == session.person_id
    if mine and session.state in AHEAD and session.starts_at > now():
        raise WrongState(_("The session has not begun yet. You can write down what you see once it has."))
    if mine and policy.is_late(session, at=now()) and session.logged_at is None:
        raise WrongState(_("More than seven days have passed. Your manager says now whether the session took place."))
    insist(policy.can_log(by, session, at=now()), session)


def _insist_on_judge(session: Session, by: Person) -> None:
    if not policy.can_judge(by, session, manager_id=manager_of(session.person)):
        raise NotAllowed(_("Only the manager of the new hire and human resources decide this, and nobody in their own session."))


def _insist_on_word(session: Session, word: SignOff) -> None:
    reversed_parts = session.stage is not None and session.stage.is_reversed
    if word.agrees and (session.logged_at is None or reversed_parts):
        raise WrongState(_("There is nothing to agree with yet. Say yourself what was seen."))
    if not word.agrees and not word.feedback.strip():
        raise Invalid(_("Write a sentence of feedback: what went well, what to try next."), field="feedback")
    if names_a_client(word.feedback):
        raise Invalid(_client(), field="feedback")
    for key, verdict in word.verdicts.items():
        if names_a_client(verdict.note):
            raise Invalid(_client(), field=f"note-{key}")
        if verdict.rating is not None and not 1 <= verdict.rating <= HIGHEST_RATING:
            raise Invalid(_("Choose a mark from 1 to %(highest)d.", highest=HIGHEST_RATING), field=f"rating-{key}")
        if reversed_parts and verdict.seen is not False and verdict.rating is None:
            raise Invalid(_("The new hire did the work in this session: say how well, from 1 to %(highest)d.", highest=4), field=f"rating-{key}")


def _write(row: Observation, seen: Seen) -> None:
    for name, text in (("happened", seen.happened), ("learned", seen.learned), ("question", seen.question)):
        if names_a_client(text):
            raise Invalid(_client(), field=f"{name}-{row.objective_id}")
    row.seen, row.happened, row.learned, row.question = seen.seen, seen.happened, seen.learned, seen.question
    row.written_at = now()


def _client() -> str:
    return str(_("This looks like a client's CPF, CNPJ or card number. Leave out whatever could name a client."))
