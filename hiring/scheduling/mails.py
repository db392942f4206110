"""Mails about offered times and interviews that are near or over."""

from collections.abc import Sequence

from core.calendars.free_slots import Interval
from core.calendars.spans import full_span
from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from hiring.applications.mails import private_link
from hiring.applications.models import Application
from hiring.interviews.models import Interview, InterviewSeat
from hiring.scheduling.models import TimeProposal


def interview_times(application: Application, proposal: TimeProposal) -> None:
    """Ask the candidate to pick a time on their private page."""
    person = application.candidate.person
    link = f"{private_link(application)}/times/{proposal.public_id}"
    context = {"name": person.name, "title": application.posting.title, "link": link, "count": len(proposal.times)}
    queue_mail("interview_times", to=person, context=context, about=application.public_id)


def interview_time_picked(application: Application, proposal: TimeProposal, spans: Sequence[Interval]) -> None:
    """Tell whoever offered the times which one was picked."""
    reader = proposal.made_by
    context = {
        "name": reader.name,
        "candidate": application.shown_name,
        "title": application.posting.title,
        "when": [full_span(*span, zone=reader.time_zone, locale=reader.locale) for span in spans],
        "link": absolute_url("scheduling.listing", application_id=application.public_id),
    }
    queue_mail("interview_time_picked", to=reader, context=context, about=application.public_id)


def interview_reminder(interview: Interview) -> None:
    """Remind the candidate and those who come of the interview."""
    booking, application = interview.booking, interview.application
    page = absolute_url("interviews.show", interview_id=interview.public_id)
    links = {seat.person.id: (seat.person, page) for seat in interview.seats if not seat.declined}
    candidate = application.candidate.person
    for person, link in [(candidate, private_link(application)), *links.values()]:
        context = {
            "name": person.name,
            "title": booking.title,
            "when": full_span(booking.starts_at, booking.ends_at, zone=person.time_zone, locale=person.locale),
            "place": booking.place,
            "meeting_url": booking.meeting_url,
            "link": link,
        }
        queue_mail("interview_reminder", to=person, context=context, about=interview.public_id)


def scorecard_reminder(seat: InterviewSeat) -> None:
    """Ask somebody who interviewed for their card. The mail names the posting, not the candidate."""
    interview = seat.interview
    context = {
        "name": seat.person.name,
        "title": interview.application.posting.title,
        "when": full_span(interview.booking.starts_at, interview.booking.ends_at, zone=seat.person.time_zone, locale=seat.person.locale),
        "link": absolute_url("scorecards.write", interview_id=interview.public_id),
    }
    queue_mail("scorecard_reminder", to=seat.person, context=context, about=interview.public_id)


def interviewer_missing(seat: InterviewSeat, *, to: Person) -> None:
    """Tell whoever schedules that somebody in a planned interview will not come. Once for each seat: it is about the seat."""
    interview = seat.interview
    context = {
        "name": to.name,
        "who": seat.person.name,
        "candidate": interview.application.shown_name,
        "title": interview.application.posting.title,
        "when": full_span(interview.booking.starts_at, interview.booking.ends_at, zone=to.time_zone, locale=to.locale),
        "link": absolute_url("seats.change", interview_id=interview.public_id),
    }
    queue_mail("interviewer_missing", to=to, context=context, about=seat.public_id)
