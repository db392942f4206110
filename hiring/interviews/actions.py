"""What is done to interviews: scheduled, moved, cancelled; and their scorecards, kept and sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from core.audit.record import record
from core.calendars.booking import Attendee, book
from core.calendars.booking import move as move_booking
from core.calendars.booking import release as release_booking
from core.calendars.models import BookingKind
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
    InterviewKind,
    InterviewSeat,
    InterviewState,
    Recommendation,
    Scorecard,
    ScorecardMark,
    ScorecardState,
)
from hiring.interviews.queries import lock_card
from hiring.postings.models import Criterion, Stage, StageKind


@dataclass(frozen=True)
class Plan:
    """When, where and with whom. Instants are aware; `time_zone` is the one people read them in."""

    kind: InterviewKind
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    interviewers: Sequence[Person]
    place: str = ""
    meeting_url: str = ""
    message: str = ""  # read by the candidate and the interviewers
    questions: str = ""  # read by the interviewers only


@dataclass(frozen=True)
class Findings:
    """What an interviewer has put on a card. `marks` holds mark and evidence for the inner keys of criteria."""

    recommendation: Recommendation | None = None
    evidence: str = ""
    private_note: str = ""
    marks: Mapping[int, tuple[int | None, str]] = field(default_factory=dict)


def schedule_interview(application: Application, *, stage: Stage, plan: Plan, by: Person) -> Interview:
    """Book candidate and interviewers, and invite each.

    Raises Conflict naming who is busy and when, Invalid for what cannot be, WrongState for a closed application.
    """
    _insist_on_scheduler(by)
    return arrange_interview(application, stage=stage, plan=plan, organiser=by, by=by)


def arrange_interview(application: Application, *, stage: Stage, plan: Plan, organiser: Person, by: Person) -> Interview:
    """Book an interview on the organiser's behalf. Who may has been settled: a scheduler, or a candidate by picking an offered time."""
    if application.state is not ApplicationState.ACTIVE:
        raise WrongState(_("This application is closed. Reopen it before you schedule an interview."))
    insist_on_known_name(application)
    if stage.posting_id != application.posting_id or stage.kind is not StageKind.INTERVIEW:
        raise Invalid(_("Choose an interview stage of this posting."), field="stage")
    if not plan.interviewers:
        raise Invalid(_("Choose at least one interviewer."), field="interviewers")
    if plan.kind is InterviewKind.PANEL and len(plan.interviewers) < 2:
        raise Invalid(_("A panel needs at least two interviewers."), field="interviewers")
    candidate = application.candidate.person
    interview = Interview(application_id=application.id, stage_id=stage.id, kind=plan.kind, questions=plan.questions)
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
        attendees=[Attendee(candidate), *(Attendee(person, note=note) for person in plan.interviewers)],
        organiser=organiser,
        place=plan.place,
        meeting_url=plan.meeting_url,
        description=plan.message,
        subject_id=interview.public_id,
        by=by,
    )
    interview.booking = booking
    interview.seats = [InterviewSeat(person_id=person.id) for person in plan.interviewers]
    session.add(interview)
    session.flush()
    record("hiring.interview.scheduled", interview, by=by, person=candidate, changes={"kind": plan.kind.value, "at": plan.starts_at.isoformat()})
    return interview


def move_interview(interview: Interview, *, starts_at: datetime, ends_at: datetime, by: Person) -> None:
    """Give the interview another time; everyone is asked anew."""
    _insist_on_scheduler(by)
    _insist_on_planned(interview)
    move_booking(interview.booking, starts_at=starts_at, ends_at=ends_at, by=by)
    _record("hiring.interview.moved", interview, by=by, changes={"at": starts_at.isoformat()})


def cancel_interview(interview: Interview, *, reason: str, by: Person) -> None:
    """Cancel the interview and tell everyone; cards already sent stay."""
    _insist_on_scheduler(by)
    if not reason.strip():
        raise Invalid(_("Say why the interview is cancelled."), field="reason")
    WORKFLOW.insist(interview.state, InterviewState.CANCELLED, sentence=_("This interview does not stand any more."))
    interview.state = InterviewState.CANCELLED
    release_booking(interview.booking, reason=reason, by=by)
    _record("hiring.interview.cancelled", interview, by=by, reason=reason.strip())


def note_no_show(interview: Interview, *, by: Person) -> None:
    """Write down that the candidate did not come. Only once it should have begun."""
    if not (policy.can_schedule(by) or policy.has_seat(by, interview)):
        raise NotAllowed(_("Only the interviewers and those who schedule do this."))
    if interview.booking.starts_at > now():
        raise WrongState(_("The interview has not begun yet."))
    WORKFLOW.insist(interview.state, InterviewState.NO_SHOW, sentence=_("This interview does not stand any more."))
    interview.state = InterviewState.NO_SHOW
    session.flush()
    _record("hiring.interview.missed", interview, by=by)


def keep_card(interview: Interview, *, findings: Findings, criteria: Sequence[Criterion], by: Person, version: int | None = None) -> Scorecard:
    """Keep what the interviewer has so far; nobody else sees it. Raises WrongState once the card is sent."""
    card = _own_card(interview, by)
    if version is not None and card.version not in (None, version):
        raise Conflict(_("This card was changed in another window. Reload the page to see what it holds now."))
    card.recommendation, card.evidence, card.private_note = findings.recommendation, findings.evidence, findings.private_note
    session.add(card)
    session.flush()
    present = {mark.criterion_id: mark for mark in card.marks}
    known = {criterion.id for criterion in criteria}
    for key, (mark, evidence) in findings.marks.items():
        if key not in known:
            raise Invalid(_("That criterion belongs to another posting."))
        row = present.get(key)
        if mark is None:
            if row is not None:
                card.marks.remove(row)
                session.delete(row)
        elif row is None:
            card.marks.append(ScorecardMark(criterion_id=key, mark=mark, evidence=evidence))
        else:
            row.mark, row.evidence = mark, evidence
    session.flush()
    return card


def send_card(interview: Interview, *, findings: Findings, criteria: Sequence[Criterion], by: Person, version: int | None = None) -> Scorecard:
    """Send the card for good. Raises WrongState before the interview has begun, Invalid without a recommendation and evidence."""
    if interview.booking.starts_at > now():
        raise WrongState(_("The interview has not begun yet. Your card is kept as a draft until then."))
    if findings.recommendation is None:
        raise Invalid(_("Choose a recommendation."), field="recommendation")
    if not findings.evidence.strip():
        raise Invalid(_("Say what you heard or saw that supports your recommendation."), field="evidence")
    card = keep_card(interview, findings=findings, criteria=criteria, by=by, version=version)
    card.state, card.sent_at = ScorecardState.SENT, now()
    session.flush()
    _record("hiring.scorecard.sent", interview, by=by, changes={"recommendation": findings.recommendation.value})
    return card


def _own_card(interview: Interview, by: Person) -> Scorecard:
    if not policy.has_seat(by, interview):
        raise NotAllowed(_("Only those who interview fill in a scorecard."))
    _insist_on_planned(interview)
    card = lock_card(interview, by)
    if card is None:
        return Scorecard(interview_id=interview.id, person_id=by.id, state=ScorecardState.DRAFT, sent_at=None, marks=[])
    if card.state is ScorecardState.SENT:
        raise WrongState(_("You have sent this card; it does not change any more."))
    return card


def _insist_on_scheduler(by: Person) -> None:
    if not policy.can_schedule(by):
        raise NotAllowed(_("Only recruiters schedule interviews."))


def _insist_on_planned(interview: Interview) -> None:
    if interview.state is not InterviewState.PLANNED:
        raise WrongState(_("This interview does not stand any more."))


def _record(name: str, interview: Interview, *, by: Person, changes: dict[str, object] | None = None, reason: str = "") -> None:
    record(name, interview, by=by, person=interview.application.candidate.person, changes=changes, reason=reason)
