"""What is done with offered times: offered, withdrawn, picked by the candidate, or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.audit.record import record
from core.calendars.free_slots import Interval
from core.calendars.queries import hold_people
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from core.people.models import Person
from core.web.i18n import _, force_locale
from hiring.applications.models import Application, ApplicationState
from hiring.blind.reading import insist_on_known_name
from hiring.debrief.gates import is_recommended
from hiring.interviews import policy
from hiring.interviews.actions import Plan, arrange_interview
from hiring.interviews.models import Interview, InterviewKind, InterviewState
from hiring.messages.actions import write_to_team
from hiring.plans.planning import as_planned
from hiring.plans.queries import rounds_by_key
from hiring.postings.models import Stage, StageKind
from hiring.postings.queries import standing_stage
from hiring.scheduling import mails
from hiring.scheduling.finding import Finder, FreeTime, Wanted
from hiring.scheduling.models import WORKFLOW, ProposalState, ProposedRound, ProposedSeat, ProposedTime, TimeProposal
from hiring.scheduling.queries import get_proposal, open_proposals
from hiring.scheduling.rounds import insist_on_rounds

MOST_ROUNDS, MOST_TIMES = 6, 40
NOTICE = timedelta(hours=4)  # nobody is booked at shorter notice by a candidate's choice


@dataclass(frozen=True)
class Frame:
    """Where, and what everybody is told. Times are planned in the zone."""

    time_zone: str
    place: str = ""
    meeting_url: str = ""
    message: str = ""


def offer_times(application: Application, rounds: Sequence[Wanted], times: Sequence[datetime], *, frame: Frame, by: Person) -> TimeProposal:
    """Let the candidate pick one of the times. Each must be free now; nobody's time is taken before one is picked."""
    insist_on_asking(application, rounds, by=by)
    if not times:
        raise Invalid(_("Choose at least one time to offer."), field="times")
    if len(times) > MOST_TIMES:
        raise Invalid(_("At most %(most)s times can be offered at once.", most=MOST_TIMES), field="times")
    finder = Finder(rounds, guest=application.candidate.person, window=_window(times))
    if any(begins < now() + NOTICE or finder.at(begins) is None for begins in times):
        raise Conflict(_("One of the times is not free any more. Look for free times again."))
    proposal = TimeProposal(
        application_id=application.id,
        made_by=by,
        state=ProposalState.OPEN,
        time_zone=frame.time_zone,
        place=" ".join(frame.place.split()),
        meeting_url=frame.meeting_url.strip(),
        message=frame.message.strip(),
        rounds=[_round(position, wanted) for position, wanted in enumerate(rounds)],
        times=[ProposedTime(starts_at=begins) for begins in sorted(set(times))],
    )
    session.add(proposal)
    session.flush()
    changes = {"times": [begins.isoformat() for begins in sorted(set(times))], "rounds": [wanted.kind.value for wanted in rounds]}
    record("hiring.times.offered", proposal, by=by, person=application.candidate.person, changes=changes)
    mails.interview_times(application, proposal)
    return proposal


def insist_on_asking(application: Application, rounds: Sequence[Wanted], *, by: Person) -> None:
    """Raise unless these rounds may be planned with the candidate by this person."""
    if not policy.can_schedule(by):
        raise NotAllowed(_("Only recruiters schedule interviews."))
    if application.state is not ApplicationState.ACTIVE:
        raise WrongState(_("This application is closed. Reopen it before you schedule an interview."))
    insist_on_known_name(application)
    insist_on_rounds(application, [(wanted.kind, wanted.round_key) for wanted in rounds])
    if not 1 <= len(rounds) <= MOST_ROUNDS:
        raise Invalid(_("Plan between one and %(most)s rounds.", most=MOST_ROUNDS), field="rounds")
    for wanted in rounds:
        if wanted.stage.posting_id != application.posting_id or wanted.stage.kind is not StageKind.INTERVIEW:
            raise Invalid(_("Choose an interview stage of this posting."), field="rounds")
        if not wanted.seats or not all(wanted.seats):
            raise Invalid(_("Choose at least one interviewer."), field="rounds")
        if wanted.kind is InterviewKind.PANEL and len(wanted.seats) < 2:
            raise Invalid(_("A panel needs at least two interviewers."), field="rounds")


def withdraw_times(proposal: TimeProposal, *, application: Application, by: Person) -> None:
    """Take back what was offered, unless the candidate was faster."""
    if not policy.can_schedule(by):
        raise NotAllowed(_("Only recruiters schedule interviews."))
    proposal = get_proposal(proposal.public_id, application=application, lock=True)
    _answer(proposal, ProposalState.WITHDRAWN)
    record("hiring.times.withdrawn", proposal, by=by, person=application.candidate.person)


def withdraw_open_times(application: Application, *, by: Person | None, withdrawn: bool) -> bool:
    """Take back what is offered to somebody whose application has ended. No mail of its own: the ending has one."""
    offered = open_proposals(application)
    for proposal in offered:
        _answer(proposal, ProposalState.WITHDRAWN)
        record("hiring.times.withdrawn", proposal, by=by, person=application.candidate.person)
    return bool(offered)


def pick_time(proposal: TimeProposal, begins: datetime, *, application: Application) -> list[Interview]:
    """Take one of the times as the candidate; the same again changes nothing.

    Raises Conflict when somebody else was faster: the other times stay open. Everybody's calendar is read anew, with all of them held.
    """
    proposal = get_proposal(proposal.public_id, application=application, lock=True)
    if proposal.state is ProposalState.PICKED and _began(proposal) == begins:
        return [each.interview for each in proposal.rounds if each.interview is not None]
    WORKFLOW.insist(proposal.state, ProposalState.PICKED, sentence=_("These times are not open any more. Your private page says what holds."))
    if begins not in {time.starts_at for time in proposal.times}:
        raise NotFound
    free = _still_free(proposal, begins, application)
    if free is None:
        raise Conflict(_("Someone else has just taken this time. Please choose another one."))
    people = {person.id: person for each in proposal.rounds for seat in each.seats for person in seat}
    planned = rounds_by_key({each.plan_round_id for each in proposal.rounds if each.plan_round_id is not None})
    for each, sitting in zip(proposal.rounds, free.sittings, strict=True):
        plan = Plan(
            kind=each.kind,
            starts_at=sitting.interval.starts_at,
            ends_at=sitting.interval.ends_at,
            time_zone=proposal.time_zone,
            interviewers=[people[key] for key in sitting.people],
            place=proposal.place,
            meeting_url=proposal.meeting_url,
            message=proposal.message,
            questions=each.questions,
            **as_planned(planned.get(each.plan_round_id or 0)),
        )
        each.interview = arrange_interview(
            application, stage=_stage_now(each.stage), plan=plan, organiser=proposal.made_by, by=application.candidate.person
        )
    _answer(proposal, ProposalState.PICKED)
    record("hiring.times.picked", proposal, by=application.candidate.person, person=application.candidate.person, changes={"at": begins.isoformat()})
    mails.interview_time_picked(application, proposal, [sitting.interval for sitting in free.sittings])
    return [each.interview for each in proposal.rounds if each.interview is not None]


def refuse_times(proposal: TimeProposal, text: str, *, application: Application) -> None:
    """Say as the candidate that none of the times suits. What they write goes to the team as a message, which waits for an answer."""
    proposal = get_proposal(proposal.public_id, application=application, lock=True)
    _answer(proposal, ProposalState.REFUSED)
    record("hiring.times.refused", proposal, by=application.candidate.person, person=application.candidate.person)
    with force_locale(application.posting.language):
        opening = _("None of the offered interview times suits me.")
    write_to_team(application, f"{opening}\n\n{text}".strip())


def free_times_of(proposal: TimeProposal, application: Application) -> list[FreeTime]:
    """What of an open offer is still free, with enough notice."""
    if not proposal.times or not _stands(proposal, application):
        return []
    finder = _finder(proposal, application, [time.starts_at for time in proposal.times])
    found = (finder.at(time.starts_at) for time in proposal.times if time.starts_at >= now() + NOTICE)
    return [free for free in found if free is not None]


def _still_free(proposal: TimeProposal, begins: datetime, application: Application) -> FreeTime | None:
    if begins < now() + NOTICE or application.state is not ApplicationState.ACTIVE or not _stands(proposal, application):
        return None
    everybody = {person.id: person for each in proposal.rounds for seat in each.seats for person in seat}
    hold_people([application.candidate.person, *everybody.values()])
    return _finder(proposal, application, [begins]).at(begins)


def _stands(proposal: TimeProposal, application: Application) -> bool:
    """Whether what was offered may still be held: a final interview only while the panel recommends the candidate."""
    return all(each.kind is not InterviewKind.EXECUTIVE for each in proposal.rounds) or is_recommended(application)


def _stage_now(stage: Stage) -> Stage:
    """The stage, or the one that took its place, where interviews are held there."""
    now_there = standing_stage(stage)
    return now_there if now_there.kind is StageKind.INTERVIEW else stage


def _finder(proposal: TimeProposal, application: Application, times: Sequence[datetime]) -> Finder:
    rounds = [Wanted(each.stage, each.kind, each.minutes, each.seats, each.questions) for each in proposal.rounds]
    return Finder(rounds, guest=application.candidate.person, window=_window(times))


def _window(times: Sequence[datetime]) -> Interval:
    return Interval(min(times), max(times) + timedelta(days=1))


def _round(position: int, wanted: Wanted) -> ProposedRound:
    seats = [ProposedSeat(seat=number, person=person) for number, seat in enumerate(wanted.seats) for person in seat]
    return ProposedRound(
        position=position,
        stage=wanted.stage,
        kind=wanted.kind,
        minutes=wanted.minutes,
        questions=wanted.questions.strip(),
        plan_round_id=wanted.round_key,
        people=seats,
    )


def _answer(proposal: TimeProposal, state: ProposalState) -> None:
    WORKFLOW.insist(proposal.state, state, sentence=_("These times are not open any more. Your private page says what holds."))
    proposal.state, proposal.answered_at = state, now()
    session.flush()


def _began(proposal: TimeProposal) -> datetime | None:
    first = proposal.rounds[0].interview
    return None if first is None or first.state is not InterviewState.PLANNED else first.booking.starts_at
