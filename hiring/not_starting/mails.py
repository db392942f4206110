"""The mail to somebody of whom it was noted that they do not start."""

from core.mail.outbox import queue_mail
from hiring.applications.models import Application


def not_starting_noted(application: Application) -> None:
    """Tell them what no longer holds, and whom to write to if it is wrong."""
    person = application.candidate.person
    queue_mail("not_starting_noted", to=person, context={"name": person.name, "position": application.posting.title}, about=application.public_id)
