"""What is done to interviews: scheduled, moved, cancelled, missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from core.audit.record import record
from core.calendars.booking import Attendee, book
from core.calendars.booking import move as move_booking
from core.calendars.booking import release as release_booking
from core.calendars.free_slots import Interval
from core.calendars.models import BookingKind
from core.calendars.queries import hold_booking
from core.calendars.spans import full_span
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.addresses import absolute_url
from core.web.i18n import _, force_locale
from hiring.applications.models import Application, ApplicationState
from hiring.blind.reading import insist_on_known_name
from hiring.interviews import policy
from hiring.interviews.labels import INTERVIEW_KIND_LABELS
from hiring.interviews.models import (
    WORKFLOW,
    Interview,
    InterviewCriterion,
    InterviewKind,
    InterviewSeat,
    InterviewState,
    ScorecardState,
    SeatPart,
)
from hiring.postings.models import Stage, StageKind
from hiring.scheduling.limits import insist_on_limits
from hiring.scheduling.rounds import insist_on_rounds


class Trainee(NamedTuple):
    """Somebody who learns to interview, and whether they watch or lead."""

    person: Person
    part: SeatPart = SeatPart.SHADOW


@dataclass(frozen=True)
class Plan:
    """When, where and with whom. Instants are aware; `time_zone` is the one people read them in."""

    kind: InterviewKind
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    interviewers: Sequence[Person]
    trainees: Sequence[Trainee] = ()  # they come besides the interviewers and count nowhere
    place: str = ""
    meeting_url: str = ""
    message: str = ""  # read by the candidate and the interviewers
    questions: str = ""  # read by the interviewers only
    cards_required: bool = True  # nobody goes on before each interviewer's card is there
    round_key: int | None = None  # inner key of the round of the posting's plan that it is
    criteria: Sequence[int] = ()  # inner keys of those it is to find out about; none: all


def schedule_interview(application: Application, *, stage: Stage, plan: Plan, by: Person, within_limits: bool = False) -> Interview:
    """Book candidate and interviewers, and invite each; `within_limits` only where it leaves the interviewers the room they keep.

    Raises Conflict naming who is busy and when, Invalid for what cannot be, WrongState for a closed application.
    """
    _insist_on_scheduler(by)
    insist_on_known_name(application)
    insist_on_rounds(application, [(plan.kind, plan.round_key)])
    if stage.kind is not StageKind.INTERVIEW:
        raise Invalid(_("Choose an interview stage of this posting."), field="stage")
    if within_limits:
        insist_on_limits(plan.interviewers, Interval(plan.starts_at, plan.ends_at))
    return arrange_interview(application, stage=stage, plan=plan, organiser=by, by=by)


def arrange_interview(application: Application, *, stage: Stage, plan: Plan, organiser: Person, by: Person) -> Interview:
    """Book an interview on the organiser's behalf. Who may has been settled: a scheduler, or a candidate by picking an offered time."""
    if application.state is not ApplicationState.ACTIVE:
        raise WrongState(_("This application is closed. Reopen it before you schedule an interview."))
    insist_on_known_name(application)
    if stage.posting_id != application.posting_id:
        raise Invalid(_("Choose an interview stage of this posting."), field="stage")
    insist_on_seats(plan.kind, plan.interviewers, plan.trainees)
    candidate = application.candidate.person
    interview = Interview(application_id=application.id, stage_id=stage.id, kind=plan.kind, questions=plan.questions)
    interview.cards_required, interview.round_id = plan.cards_required, plan.round_key
    interview.covered = [InterviewCriterion(criterion_id=key) for key in plan.criteria]
    interview.public_id = uuid4()
    with force_locale(application.posting.language):
        title = f"{INTERVIEW_KIND_LABELS[plan.kind]}: {application.posting.title}"
        note = _("Candidate, questions and scorecard: %(link)s", link=absolute_url("interviews.show", interview_id=interview.public_id))
    booking = book(
        title,
        kind=BookingKind.INTERVIEW,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        time_zone=plan.time_zone,
        attendees=attendees_of(candidate, plan.interviewers, plan.trainees, note=note),
        organiser=organiser,
        place=plan.place,
        meeting_url=plan.meeting_url,
        description=plan.message,
        subject_id=interview.public_id,
        by=by,
    )
    interview.booking = booking
    interview.seats = [InterviewSeat(person_id=person.id) for person in plan.interviewers]
    interview.seats += [InterviewSeat(person_id=trainee.person.id, part=trainee.part) for trainee in plan.trainees]
    session.add(interview)
    session.flush()
    record("hiring.interview.scheduled", interview, by=by, person=candidate, changes={"kind": plan.kind.value, "at": plan.starts_at.isoformat()})
    return interview


def insist_on_seats(kind: InterviewKind, interviewers: Sequence[Person], trainees: Sequence[Trainee]) -> None:
    """Raise Invalid unless these people can sit in such an interview. People in training do not make a panel."""
    if not interviewers:
        raise Invalid(_("Choose at least one interviewer."), field="interviewers")
    if kind is InterviewKind.PANEL and len(interviewers) < 2:
        raise Invalid(_("A panel needs at least two interviewers."), field="interviewers")
    seated = [person.id for person in interviewers] + [trainee.person.id for trainee in trainees]
    if len(seated) != len(set(seated)):
        raise Invalid(_("Somebody stands in two places. Each person sits in an interview once."), field="trainees")


def attendees_of(candidate: Person, interviewers: Sequence[Person], trainees: Sequence[Trainee], *, note: str) -> list[Attendee]:
    """Who is invited: people in training need not come for the interview to stand."""
    learning = [Attendee(trainee.person, optional=True, note=note) for trainee in trainees]
    return [Attendee(candidate), *(Attendee(person, note=note) for person in interviewers), *learning]


def move_interview(
    interview: Interview, *, starts_at: datetime, ends_at: datetime, by: Person, version: int | None = None, within_limits: bool = False
) -> None:
    """Give the interview another time; everyone is asked anew. `version` is the one of the booking that was seen.

    Raises Conflict when it has changed since, Invalid for the time it has, WrongState once a card was sent.
    """
    _insist_on_scheduler(by)
    booking = interview.booking
    hold_booking(booking)
    if version is not None and booking.version != version:
        when = full_span(booking.starts_at, booking.ends_at, zone=booking.time_zone, locale=by.locale)
        raise Conflict(
            _("Somebody else changed this interview in the meantime. It is planned for %(when)s now. Move it only if that does not suit.", when=when)
        )
    _insist_on_planned(interview)
    _insist_on_no_card(interview)
    if (interview.booking.starts_at, interview.booking.ends_at) == (starts_at, ends_at):
        raise Invalid(_("The interview is planned for this time already."), field="starts")
    if within_limits:
        insist_on_limits([seat.person for seat in interview.members], Interval(starts_at, ends_at), besides=interview.booking)
    move_booking(interview.booking, starts_at=starts_at, ends_at=ends_at, by=by)
    _record("hiring.interview.moved", interview, by=by, changes={"at": starts_at.isoformat()})


def cancel_interview(interview: Interview, *, reason: str, by: Person) -> None:
    """Cancel the interview and tell everyone. Raises WrongState once a card was sent: what was found is not made to vanish."""
    _insist_on_scheduler(by)
    if not reason.strip():
        raise Invalid(_("Say why the interview is cancelled."), field="reason")
    WORKFLOW.insist(interview.state, InterviewState.CANCELLED, sentence=_("This interview does not stand any more."))
    _insist_on_no_card(interview)
    interview.state = InterviewState.CANCELLED
    release_booking(interview.booking, reason=reason, by=by, unsaid_to=[interview.application.candidate.person])
    _record("hiring.interview.cancelled", interview, by=by, reason=reason.strip())


def note_no_show(interview: Interview, *, by: Person) -> None:
    """Write down that the candidate did not come. Only once it should have begun."""
    _insist_on_witness(interview, by)
    if interview.booking.starts_at > now():
        raise WrongState(_("The interview has not begun yet."))
    _insist_on_no_card(interview)
    WORKFLOW.insist(interview.state, InterviewState.NO_SHOW, sentence=_("This interview does not stand any more."))
    interview.state = InterviewState.NO_SHOW
    session.flush()
    _record("hiring.interview.missed", interview, by=by)


def take_back_no_show(interview: Interview, *, by: Person) -> None:
    """Write down that the candidate came after all: the cards are owed again."""
    _insist_on_witness(interview, by)
    WORKFLOW.insist(interview.state, InterviewState.PLANNED, sentence=_("Nobody has said that the candidate did not come."))
    interview.state = InterviewState.PLANNED
    session.flush()
    _record("hiring.interview.held_after_all", interview, by=by)


def _insist_on_witness(interview: Interview, by: Person) -> None:
    if not (policy.can_schedule(by) or policy.is_member(by, interview)):
        raise NotAllowed(_("Only the interviewers and those who schedule do this."))


def _insist_on_scheduler(by: Person) -> None:
    if not policy.can_schedule(by):
        raise NotAllowed(_("Only recruiters schedule interviews."))


def _insist_on_planned(interview: Interview) -> None:
    if interview.state is not InterviewState.PLANNED:
        raise WrongState(_("This interview does not stand any more."))


def _insist_on_no_card(interview: Interview) -> None:
    if any(card.state is ScorecardState.SENT for card in interview.scorecards):
        raise WrongState(_("A scorecard of this interview has been sent, so it stays as it took place. Schedule another one instead."))


def _record(name: str, interview: Interview, *, by: Person, changes: dict[str, object] | None = None, reason: str = "") -> None:
    record(name, interview, by=by, person=interview.application.candidate.person, changes=changes, reason=reason)
