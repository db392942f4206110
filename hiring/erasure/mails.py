"""Mails about deletion, to the candidate."""

from core.mail.outbox import queue_mail
from hiring.applications.mails import private_link
from hiring.applications.models import Application


def deletion_planned(application: Application) -> None:
    """Say when everything goes, and how to call it back."""
    person = application.candidate.person
    context = {"name": person.name, "title": application.posting.title, "at": application.erase_at, "link": private_link(application) + "/delete"}
    queue_mail("deletion_planned", to=person, context=context, about=application.public_id)
