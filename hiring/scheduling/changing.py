"""The candidate changes the time they picked for another of those offered, while there is enough time left."""

from datetime import datetime, timedelta

from core.audit.record import record
from core.calendars.booking import move as move_booking
from core.calendars.free_slots import Interval
from core.calendars.queries import hold_people
from core.clock import now
from core.db import session
from core.errors import Conflict, NotFound, WrongState
from core.web.i18n import _
from hiring.applications.models import Application, ApplicationState
from hiring.interviews.models import Interview, InterviewState, SeatPart
from hiring.scheduling import mails
from hiring.scheduling.actions import NOTICE
from hiring.scheduling.finding import Finder, FreeTime, Wanted
from hiring.scheduling.models import ProposalState, TimeProposal
from hiring.scheduling.queries import get_proposal, seats_of

LEAST = timedelta(hours=24)  # before the interview


def changeable(proposal: TimeProposal, application: Application) -> Interview | None:
    """The interview whose time may still be changed: the only round, still standing, at least a day away."""
    if proposal.state is not ProposalState.PICKED or application.state is not ApplicationState.ACTIVE or len(proposal.rounds) > 1:
        return None
    interview = proposal.rounds[0].interview
    if interview is None or interview.state is not InterviewState.PLANNED or interview.booking.starts_at < now() + LEAST:
        return None
    return interview


def other_times_of(proposal: TimeProposal, application: Application) -> list[FreeTime]:
    """What else of the offer is free for those who sit in the interview now. Who declined counts too: a new time is asked of them as well."""
    interview = changeable(proposal, application)
    if interview is None:
        return []
    times = [each.starts_at for each in proposal.times if each.starts_at >= now() + NOTICE and each.starts_at != interview.booking.starts_at]
    finder = _finder(proposal, interview, application)
    return [free for free in map(finder.at, times) if free is not None]


def change_time(proposal: TimeProposal, begins: datetime, *, application: Application) -> None:
    """Move the interview to another of the offered times, as the candidate: the same event in every calendar. The same time again changes nothing."""
    proposal = get_proposal(proposal.public_id, application=application, lock=True)
    interview = changeable(proposal, application)
    if interview is None:
        raise WrongState(_("This time cannot be changed here any more. Write to the team if you cannot come."))
    if begins not in {each.starts_at for each in proposal.times}:
        raise NotFound
    if interview.booking.starts_at == begins:
        return
    hold_people([application.candidate.person, *(seat.person for seat in seats_of(interview))])
    free = _finder(proposal, interview, application).at(begins) if begins >= now() + NOTICE else None
    if free is None:
        raise Conflict(_("Someone else has just taken this time. Please choose another one."))
    person, span = application.candidate.person, free.sittings[0].interval
    move_booking(interview.booking, starts_at=span.starts_at, ends_at=span.ends_at, by=person)
    session.flush()
    record("hiring.times.changed", proposal, by=person, person=person, changes={"at": begins.isoformat()})
    mails.interview_time_picked(application, proposal, [span])


def _finder(proposal: TimeProposal, interview: Interview, application: Application) -> Finder:
    each = proposal.rounds[0]
    wanted = Wanted(each.stage, each.kind, each.minutes, [[seat.person] for seat in seats_of(interview) if seat.part is SeatPart.MEMBER])
    times = [time.starts_at for time in proposal.times]
    window = Interval(min(times), max(times) + timedelta(days=1))
    return Finder([wanted], guest=application.candidate.person, window=window, besides=interview.booking)
