"""What a candidate is called by staff: by name, or by a code while the name is hidden."""

from uuid import UUID

from core.people.erasing import NOBODY
from core.web.i18n import _
from hiring.blind import redaction

CODE = 6  # letters of the public id: enough to tell apart those on one screen


def code_name(public_id: UUID) -> str:
    """How an application's candidate is called while nobody may know who it is."""
    return str(_("Candidate %(code)s", code=public_id.hex[-CODE:].upper()))


def name_shown(name: str, public_id: UUID, hidden: bool) -> str:
    """The candidate's name, or their code name while names are hidden. Who had everything deleted has no name."""
    if name == NOBODY:
        return str(_("Deleted candidate"))
    return code_name(public_id) if hidden else name


def mark_word(kind: str) -> str:
    """What stands in the brackets where something was taken out."""
    words = {
        redaction.NAME: _("name"),
        redaction.CONTACT: _("contact"),
        redaction.LINK: _("link"),
        redaction.ADDRESS: _("address"),
        redaction.PERSONAL: _("personal"),
        redaction.SCHOOL: _("school"),
    }
    return str(words[kind])
