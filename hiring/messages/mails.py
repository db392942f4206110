"""Mails about messages. They say that there is one and where, not what it says."""

from core.mail.outbox import queue_mail
from core.web.addresses import absolute_url
from hiring.applications.mails import private_link
from hiring.applications.models import Application
from hiring.messages.queries import recruiter_of


def application_message(application: Application) -> None:
    """Tell a candidate that something waits for them on their private page."""
    person = application.candidate.person
    context = {"name": person.name, "title": application.posting.title, "link": private_link(application) + "/messages"}
    queue_mail("application_message", to=person, context=context, about=application.public_id)


def candidate_message(application: Application) -> None:
    """Tell the posting's recruiter that a candidate has sent something."""
    recruiter = recruiter_of(application)
    link = absolute_url("messages.thread", application_id=application.public_id)
    context = {"name": recruiter.name, "title": application.posting.title, "link": link}
    queue_mail("candidate_message", to=recruiter, context=context, about=application.public_id)
