"""What happens to a shadowing session: scheduled, confirmed, moved, cancelled, logged, signed off."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.calendars.booking import Attendee, book, move, release
from core.calendars.models import BookingKind
from core.clock import now
from core.db import session as database
from core.errors import Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _
from onboarding.shadowing import policy
from onboarding.shadowing.confidential import names_a_client
from onboarding.shadowing.labels import USUAL_OBJECTIVES
from onboarding.shadowing.models import WORKFLOW, Mode, Objective, Observation, Session, SessionDay, SessionMove, SessionState
from onboarding.shadowing.queries import hold_session, objectives
from onboarding.shadowing.times import Stretch

S = SessionState


@dataclass(frozen=True)
class Plan:
    """Who accompanies whom, when and where, to see what."""

    person: Person
    mentor: Person
    mode: Mode
    days: Sequence[Stretch]
    time_zone: str
    objectives: Sequence[Objective]
    place: str = ""
    meeting_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Seen:
    """What the new hire wrote about one objective."""

    seen: bool | None
    happened: str = ""
    learned: str = ""
    question: str = ""


def schedule(plan: Plan, *, by: Person, past_allowed: bool = False) -> Session:
    """Schedule a session and invite both. Raises Conflict naming who is busy and when, Invalid for what cannot be.

    A mentor who schedules it has confirmed it by that; `past_allowed` writes down one that was held before.
    """
    _insist_on_plan(plan, by)
    session = Session(
        person=plan.person,
        mentor=plan.mentor,
        scheduled_by=by,
        mode=plan.mode,
        place=one_line(plan.place),
        meeting_url=plan.meeting_url.strip(),
        starts_at=plan.days[0].starts_at,
        ends_at=plan.days[-1].ends_at,
        time_zone=plan.time_zone,
        note=plan.note,
        state=S.CONFIRMED if by.id == plan.mentor.id else S.PROPOSED,
        observations=[Observation(objective=objective) for objective in plan.objectives],
        days=[],
    )
    database.add(session)
    database.flush()
    for day in plan.days:
        booking = book(
            _title(session, number=len(session.days) + 1, of=len(plan.days)),
            kind=BookingKind.SHADOWING,
            starts_at=day.starts_at,
            ends_at=day.ends_at,
            time_zone=plan.time_zone,
            attendees=[Attendee(plan.person), Attendee(plan.mentor)],
            organiser=by,
            place=session.place,
            meeting_url=session.meeting_url,
            description="\n".join(objective.title for objective in plan.objectives),
            by=by,
            subject_id=session.public_id,
            past_allowed=past_allowed,
        )
        session.days.append(SessionDay(booking=booking, starts_at=day.starts_at, ends_at=day.ends_at))
    database.add(SessionMove(session_id=session.id, to_state=session.state, starts_at=session.starts_at, by_id=by.id))
    database.flush()
    changes = {"mentor": plan.mentor.id, "mode": plan.mode.value, "starts_at": session.starts_at.isoformat(), "days": len(plan.days)}
    record("onboarding.shadowing_session.scheduled", session, by=by, person=plan.person, changes=changes)
    return session


def confirm(session: Session, *, by: Person) -> None:
    """The mentor says they will be there."""
    hold_session(session)
    if session.state is S.CONFIRMED and by.id == session.mentor_id:
        return
    _insist(policy.can_confirm(by, session), session)
    _move(session, S.CONFIRMED, name="confirmed", by=by)


def move_session(session: Session, days: Sequence[Stretch], *, by: Person) -> None:
    """Give a session another time, with as many days as before; everyone is asked anew. Raises Conflict naming who is busy."""
    hold_session(session)
    _insist(policy.can_change(by, session), session)
    if len(days) != len(session.days):
        raise Invalid(_("Moving keeps the number of days. Cancel the session and schedule another one instead."), field="days")
    # a session of two days may move onto its own second day: the later day first when it moves later
    later = days[0].starts_at > session.starts_at
    for row, day in reversed(list(zip(session.days, days, strict=True))) if later else zip(session.days, days, strict=True):
        move(row.booking, starts_at=day.starts_at, ends_at=day.ends_at, by=by)
        row.starts_at, row.ends_at = day.starts_at, day.ends_at
    session.starts_at, session.ends_at = days[0].starts_at, days[-1].ends_at
    _move(session, S.CONFIRMED if by.id == session.mentor_id else S.PROPOSED, name="moved", by=by)


def cancel(session: Session, *, reason: str, by: Person) -> None:
    """Call a session off and say why; both get the cancellation."""
    hold_session(session)
    _insist(policy.can_change(by, session), session)
    reason = reason.strip()[:1000]
    if not reason:
        raise Invalid(_("Say why in a sentence."), field="reason")
    for day in session.days:
        release(day.booking, reason=reason, by=by)
    session.reason = reason
    _move(session, S.CANCELLED, name="cancelled", by=by, reason=reason)


def write_log(session: Session, seen: dict[int, Seen], *, by: Person) -> None:
    """Keep what the new hire saw, per objective (inner key). Raises Invalid for text with what looks like a client's number."""
    hold_session(session)
    if policy.can_log(by, session, at=now()) is False and by.id == session.person_id and session.starts_at > now():
        raise WrongState(_("The session has not begun yet. You can write down what you see once it has."))
    _insist(policy.can_log(by, session, at=now()), session)
    for row in session.observations:
        _write(row, seen.get(row.objective_id, Seen(None)))
    if all(row.seen is not None for row in session.observations):
        session.logged_at = now()
    if session.ends_at <= now() and session.state is not S.HELD:
        _move(session, S.HELD, name="held", by=by)
    database.flush()
    counts = {"seen": sum(row.seen is True for row in session.observations), "of": len(session.observations)}
    record("onboarding.shadowing_session.logged", session, by=by, person=session.person, changes=counts)


def _write(row: Observation, seen: Seen) -> None:
    for name, text in (("happened", seen.happened), ("learned", seen.learned), ("question", seen.question)):
        if names_a_client(text):
            sentence = _("This looks like a client's CPF, CNPJ or card number. Leave out whatever could name a client.")
            raise Invalid(sentence, field=f"{name}-{row.objective_id}")
    row.seen, row.happened, row.learned, row.question = seen.seen, seen.happened, seen.learned, seen.question
    row.written_at = now()


def sign_off(session: Session, *, feedback: str, by: Person) -> None:
    """The mentor signs the session off with feedback, once it has taken place."""
    hold_session(session)
    if session.state is S.SIGNED_OFF and by.id == session.mentor_id:
        return
    if by.id == session.mentor_id and session.state is not S.CANCELLED and session.ends_at > now():
        raise WrongState(_("The session has not taken place yet. Sign it off once it is over."))
    _insist(policy.can_sign_off(by, session, at=now()), session)
    feedback = feedback.strip()
    if not feedback:
        raise Invalid(_("Write a sentence of feedback: what went well, what to try next."), field="feedback")
    if names_a_client(feedback):
        raise Invalid(_("This looks like a client's CPF, CNPJ or card number. Leave out whatever could name a client."), field="feedback")
    if session.state is not S.HELD:
        _move(session, S.HELD, name="held", by=by)
    session.feedback, session.signed_off_at = feedback, now()
    _move(session, S.SIGNED_OFF, name="signed_off", by=by)


def add_objective(*, title: str, hint: str, by: Person | None) -> Objective:
    """Add something to watch. Raises Invalid for a missing title, and for one that is there already."""
    if by is not None and not by.may(Right.RUN_ONBOARDING):
        raise NotAllowed(_("Only human resources changes the objectives."))
    title = one_line(title)
    if not title:
        raise Invalid(_("A title is needed."), field="title")
    objective = Objective(title=title[:200], hint=hint)
    try:
        with database.begin_nested():
            database.add(objective)
    except IntegrityError:
        raise Invalid(_("This is in the list already."), field="title") from None
    objective.position = objective.id
    record("onboarding.objective.added", objective, by=by)
    return objective


def add_usual_objectives(*, by: Person | None) -> None:
    """Add the usual objectives that are not there yet."""
    there = {objective.title for objective in objectives(active=False)}
    for title, hint in USUAL_OBJECTIVES:
        if str(title) not in there:
            add_objective(title=str(title), hint=str(hint), by=by)


def _move(session: Session, to: SessionState, *, name: str, by: Person, reason: str = "") -> None:
    before = session.state
    WORKFLOW.insist(before, to)
    session.state = to
    database.add(SessionMove(session_id=session.id, from_state=before, to_state=to, starts_at=session.starts_at, by_id=by.id, reason=reason))
    database.flush()
    changes = {"state": [before.value, to.value], "starts_at": session.starts_at.isoformat()}
    record(f"onboarding.shadowing_session.{name}", session, by=by, person=session.person, changes=changes, reason=reason)


def _insist(allowed: bool, session: Session) -> None:
    if allowed:
        return
    if session.state in (S.SIGNED_OFF, S.CANCELLED, S.HELD):
        raise WrongState(_("This session has changed meanwhile. Reload the page to see where it stands."))
    raise NotAllowed(_("This is for somebody else to do."))


def _insist_on_plan(plan: Plan, by: Person) -> None:
    if not (policy.can_schedule(by) or by.id == plan.mentor.id):
        raise NotAllowed(_("Only human resources, managers and the mentor schedule shadowing."))
    if plan.person.id == plan.mentor.id:
        raise Invalid(_("Nobody shadows themselves. Choose a colleague."), field="mentor")
    if not plan.objectives:
        raise Invalid(_("Choose at least one thing to watch."), field="objectives")
    if plan.mode is Mode.REMOTE and not plan.meeting_url.strip():
        raise Invalid(_("A remote session needs the link of the meeting."), field="meeting_url")
    if plan.mode is Mode.ON_SITE and not plan.place.strip():
        raise Invalid(_("Say where you meet."), field="place")


def _title(session: Session, *, number: int, of: int) -> str:
    title: str = _("Shadowing: %(person)s with %(mentor)s", person=session.person.name, mentor=session.mentor.name)
    if of == 1:
        return title
    return str(_("%(title)s, day %(number)d of %(of)d", title=title, number=number, of=of))
