"""What a candidate sent, as staff may read it now: whole, or without what tells who they are."""

from core.errors import WrongState
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.blind.naming import mark_word
from hiring.blind.redaction import redact


def readable(application: Application, text: str) -> str:
    """The text, redacted while names are hidden. Needs `candidate.person`."""
    if not application.names_hidden or not text:
        return text
    person = application.candidate.person
    return redact(text, name=person.name, email=person.email, phone=person.phone, word=mark_word)


def insist_on_known_name(application: Application) -> None:
    """Refuse what cannot be done with a candidate whose name is hidden. Raises WrongState."""
    if application.names_hidden:
        raise WrongState(_("The candidate's name is still hidden. Move the application to a stage where names are shown, or show the name first."))
