"""What happens to a shadowing session before it takes place: scheduled, accepted by both, moved, given to another mentor, called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from core.audit.record import record
from core.calendars.booking import Attendee, answer_booking, book, change_attendees, move, release
from core.calendars.models import Answer, BookingKind
from core.clock import now
from core.db import session as database
from core.errors import Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import Person
from core.web.addresses import absolute_url
from core.web.i18n import _, force_locale
from onboarding.mentors.asking import insist_on_mentor
from onboarding.programmes.models import Participation
from onboarding.programmes.objectives import Mode, Objective
from onboarding.shadowing import mails, policy
from onboarding.shadowing.models import AHEAD, Observation, Session, SessionDay, SessionMove, SessionState
from onboarding.shadowing.queries import hold_session
from onboarding.shadowing.slots import other_times
from onboarding.shadowing.steps import insist, step
from onboarding.shadowing.times import Stretch

S = SessionState


@dataclass(frozen=True)
class Plan:
    """Who accompanies whom, when and where, to see what. With a participation it counts towards the stage that one is in."""

    person: Person
    mentor: Person
    mode: Mode
    days: Sequence[Stretch]
    time_zone: str
    objectives: Sequence[Objective]
    place: str = ""
    meeting_url: str = ""
    note: str = ""
    participation: Participation | None = None
    series_id: UUID | None = None
    replaces: Session | None = None


def schedule(plan: Plan, *, by: Person, past_allowed: bool = False) -> Session:
    """Propose a session and invite both. Raises Conflict naming who is busy and when, Invalid for what cannot be.

    Whoever of the two schedules it has accepted it by that; `past_allowed` writes down one that was held before.
    """
    _insist_on_plan(plan, by)
    course_id = None if plan.participation is None else plan.participation.programme.course_id
    if not past_allowed:
        insist_on_mentor(plan.mentor, plan.days, course_id=course_id)
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
        state=S.PROPOSED,
        participation_id=None if plan.participation is None else plan.participation.id,
        stage=None if plan.participation is None else plan.participation.stage,
        series_id=plan.series_id,
        replaces_id=None if plan.replaces is None else plan.replaces.id,
        observations=[Observation(objective=objective) for objective in plan.objectives],
        days=[],
    )
    database.add(session)
    _accept(session, by)
    database.flush()
    _book(session, plan, by=by, past_allowed=past_allowed)
    database.add(SessionMove(session_id=session.id, to_state=session.state, starts_at=session.starts_at, by_id=by.id))
    database.flush()
    changes = {"mentor": plan.mentor.id, "mode": plan.mode.value, "starts_at": session.starts_at.isoformat(), "days": len(plan.days)}
    record("onboarding.shadowing_session.scheduled", session, by=by, person=plan.person, changes=changes)
    return session


def _book(session: Session, plan: Plan, *, by: Person, past_allowed: bool) -> None:
    for day in plan.days:
        booking = book(
            _title(session, number=len(session.days) + 1, of=len(plan.days)),
            kind=BookingKind.SHADOWING,
            starts_at=day.starts_at,
            ends_at=day.ends_at,
            time_zone=plan.time_zone,
            attendees=[_invited(session, plan.person), _invited(session, plan.mentor)],
            organiser=by,
            place=session.place,
            meeting_url=session.meeting_url,
            description="\n".join(objective.title for objective in plan.objectives),
            by=by,
            subject_id=session.public_id,
            past_allowed=past_allowed,
        )
        session.days.append(SessionDay(booking=booking, starts_at=day.starts_at, ends_at=day.ends_at))


def _invited(session: Session, person: Person) -> Attendee:
    """With the way to the page of the session, for programs whose answers do not reach us."""
    with force_locale(person.locale):
        note = _(
            "Say on the page of the session whether you will be there: %(link)s", link=absolute_url("shadowing.show", session_id=session.public_id)
        )
    return Attendee(person, note=note)


def accept(session: Session, *, by: Person) -> None:
    """One of the two says they will be there; it stands once both have."""
    hold_session(session)
    if session.state is S.CONFIRMED and by.id in (session.mentor_id, session.person_id):
        return
    insist(policy.can_accept(by, session) or policy.has_accepted(by, session), session)
    if policy.has_accepted(by, session):
        return
    _accept(session, by)
    for day in session.days:
        if day.ends_at > now():  # an invitation to what is over is not answered any more
            answer_booking(day.booking, by, answer=Answer.ACCEPTED, by=by)
    both = session.person_accepted_at is not None and session.mentor_accepted_at is not None
    step(session, S.CONFIRMED if both else S.PROPOSED, name="accepted", by=by)


def move_session(session: Session, days: Sequence[Stretch], *, by: Person) -> None:
    """Give a session another time, with as many days as before; who did not move it is asked anew. Raises Conflict naming who is busy."""
    hold_session(session)
    insist(policy.can_change(by, session), session)
    if len(days) != len(session.days):
        raise Invalid(_("Moving keeps the number of days. Cancel the session and schedule another one instead."), field="days")
    insist_on_mentor(session.mentor, days, course_id=_course_of(session), besides=session)
    # a session of two days may move onto its own second day: the later day first when it moves later
    later = days[0].starts_at > session.starts_at
    for row, day in reversed(list(zip(session.days, days, strict=True))) if later else zip(session.days, days, strict=True):
        move(row.booking, starts_at=day.starts_at, ends_at=day.ends_at, by=by)
        row.starts_at, row.ends_at = day.starts_at, day.ends_at
    session.starts_at, session.ends_at = days[0].starts_at, days[-1].ends_at
    session.person_accepted_at = session.mentor_accepted_at = None
    _accept(session, by)
    step(session, S.PROPOSED, name="moved", by=by)


def reassign(session: Session, mentor: Person, *, by: Person) -> None:
    """Give a session to another mentor at the same time; both are asked anew. Raises Conflict when that one is busy."""
    hold_session(session)
    insist(policy.can_reassign(by, session), session)
    if session.ends_at <= now():
        raise WrongState(_("This session is over. Say that somebody did not come instead."))
    if mentor.id == session.mentor_id:
        return
    if mentor.id == session.person_id:
        raise Invalid(_("Nobody shadows themselves. Choose a colleague."), field="mentor")
    insist_on_mentor(mentor, [Stretch(day.starts_at, day.ends_at) for day in session.days], course_id=_course_of(session), besides=session)
    before = session.mentor
    session.mentor = mentor
    for number, day in enumerate(session.days, start=1):
        day.booking.title = _title(session, number=number, of=len(session.days))
        change_attendees(day.booking, [_invited(session, session.person), _invited(session, mentor)], by=by)
    session.person_accepted_at = session.mentor_accepted_at = None
    _accept(session, by)
    step(session, S.PROPOSED, name="reassigned", by=by, reason=_("%(mentor)s instead of %(before)s", mentor=mentor.name, before=before.name))


def cancel(session: Session, *, reason: str, by: Person | None, proposes: bool = True) -> None:
    """Call a session off and say why; both get the cancellation, and other times that would do unless it cannot take place at all
    (`proposes` is False, or nobody is named)."""
    hold_session(session)
    insist(session.state in AHEAD if by is None else policy.can_cancel(by, session), session)
    reason = reason.strip()[:1000]
    if not reason:
        raise Invalid(_("Say why in a sentence."), field="reason")
    if session.ends_at <= now():
        raise WrongState(_("This session is over. Say that somebody did not come instead."))
    for day in session.days:
        release(day.booking, reason=reason, by=by)
    session.reason = reason
    step(session, S.CANCELLED, name="cancelled", by=by, reason=reason)
    if by is not None and proposes:
        mails.session_called_off(session, times=other_times(session), by=by)


def _accept(session: Session, by: Person) -> None:
    if by.id == session.person.id:
        session.person_accepted_at = now()
    if by.id == session.mentor.id:
        session.mentor_accepted_at = now()


def _course_of(session: Session) -> int | None:
    return None if session.stage is None else session.stage.programme.course_id


def _insist_on_plan(plan: Plan, by: Person) -> None:
    involved = plan.replaces is not None and by.id in (plan.person.id, plan.mentor.id)
    if not (policy.can_schedule(by) or by.id == plan.mentor.id or involved):
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
