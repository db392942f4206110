"""Mails about notes. They say where to look, not what was noted and not about whom."""

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from hiring.notes.models import Note


def note_mention(note: Note, *, to: Person) -> None:
    """Tell a colleague that a note mentions them."""
    application = note.application
    context = {
        "name": to.name,
        "who": note.author.name,
        "position": application.posting.title,
        "link": absolute_url("screening.show", application_id=application.public_id) + "#notes",
    }
    queue_mail("note_mention", to=to, context=context, about=note.public_id)
