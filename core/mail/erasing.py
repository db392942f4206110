"""Erasing mails: that one was sent stays, what it said and to whom goes."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, or_, update

from core.db import session
from core.mail.models import MailState, OutgoingMail
from core.people.models import Person


def erase_mails(*, to: Person, about: Collection[UUID]) -> None:
    """Erase every mail to the person, to anybody about one of these things, or that names the person. Those that wait are not sent."""
    ours = or_(OutgoingMail.person_id == to.id, OutgoingMail.about.in_(about), *_naming(to))
    waiting = update(OutgoingMail).where(ours, OutgoingMail.state.in_((MailState.WAITING, MailState.PARKED)))
    session.execute(waiting.values(state=MailState.CANCELLED))
    gone = {"subject": "", "text": "", "html": "", "calendar": None, "calendar_method": "", "last_error": ""}
    session.execute(update(OutgoingMail).where(ours).values(**gone))
    session.execute(update(OutgoingMail).where(OutgoingMail.person_id == to.id).values(to_name="-", to_address=""))


def _naming(person: Person) -> list[ColumnElement[bool]]:
    """A single word is a name of many: only a whole name, or the address, tells that a mail is about somebody."""
    said = [person.email, *([person.name] if " " in person.name.strip() else [])]
    return [column.contains(words, autoescape=True) for words in said if words for column in (OutgoingMail.text, OutgoingMail.subject)]
