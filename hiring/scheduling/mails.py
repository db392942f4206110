"""Mails about offered times."""

from collections.abc import Sequence

from core.calendars.free_slots import Interval
from core.calendars.spans import full_span
from core.mail.outbox import queue_mail
from core.web.addresses import absolute_url
from hiring.applications.mails import private_link
from hiring.applications.models import Application
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
