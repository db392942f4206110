"""Writing mails: rendered at once in the reader's language, kept in the running transaction, sent after it."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import current_app, g, render_template
from flask_babel import get_timezone, timezone
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.audit.record import record
from core.db import session
from core.files.models import StoredFile
from core.jobs.queue import enqueue
from core.mail.models import MailAttachment, MailState, OutgoingMail
from core.people.models import Company, Person
from core.people.queries import find_company
from core.settings import Settings
from core.web.i18n import LOCALES, force_locale


def queue_mail(
    name: str,
    *,
    to: Person,
    context: Mapping[str, Any],
    calendar: bytes | None = None,
    calendar_method: str = "REQUEST",
    attachments: Sequence[StoredFile] = (),
    about: UUID | None = None,
    send_at: datetime | None = None,
) -> OutgoingMail:
    """Write a mail to a person into the running transaction; a worker sends it some time after the commit.

    `templates/mails/<name>/` holds `subject.txt`, `body.txt` and `body.html`, rendered in the reader's language and time zone with
    `context` (plain values) and `company`, `base_url`. `calendar` is an iCalendar object whose METHOD is `calendar_method`. `about`
    is the public id of what the mail is about. With `send_at` it waits until then, and can be called back by `cancel_mails`.
    """
    settings: Settings = current_app.extensions["settings"]
    company = _company()
    values = {**context, "company": company.name if company else "Trilha", "base_url": settings.base_url}
    locale = to.locale if to.locale in LOCALES else "en"
    with _speaking_to(to, locale):
        subject = one_line(render_template(f"mails/{name}/subject.txt", **values))
        text = render_template(f"mails/{name}/body.txt", **values) + render_template("mails/footer.txt", **values)
        html = render_template(f"mails/{name}/body.html", **values, mail_subject=subject)
    mail_id = uuid4()
    mail = OutgoingMail(
        public_id=mail_id,
        name=name,
        person_id=to.id,
        to_name=one_line(to.name),
        to_address=one_line(to.email),
        locale=locale,
        subject=subject,
        text=text,
        html=html,
        calendar=calendar,
        calendar_method=calendar_method if calendar is not None else "",
        message_id=f"<{mail_id.hex}@{settings.mail_from.rpartition('@')[2] or 'localhost'}>",
        about=about,
        send_at=send_at,
        attachments=[MailAttachment(file_id=file.id, position=position) for position, file in enumerate(attachments, start=1)],
    )
    session.add(mail)
    record("core.mail.written", mail, by=None, person=to, changes={"mail": name})
    enqueue("core.send_mail", arguments={"mail_id": str(mail_id)}, run_at=send_at)
    return mail


def _company() -> Company | None:
    """The employer, read once however many mails one piece of work writes."""
    found: Company | None = g.get("company")
    if found is None:
        found = g.company = find_company()
    return found


def cancel_mails(about: UUID, names: Collection[str], *, by: Person | None) -> int:
    """Call back the mails of these names about something that have not been sent yet; answers how many."""
    query = (
        select(OutgoingMail)
        .where(OutgoingMail.about == about, OutgoingMail.name.in_(names), OutgoingMail.state == MailState.WAITING)
        .options(joinedload(OutgoingMail.person, innerjoin=True))
        .order_by(OutgoingMail.id)
        .with_for_update(of=OutgoingMail)
        .execution_options(populate_existing=True)
    )
    waiting = session.scalars(query).all()
    for mail in waiting:
        mail.state = MailState.CANCELLED
        record("core.mail.called_back", mail, by=by, person=mail.person, changes={"mail": mail.name})
    return len(waiting)


def one_line(text: str) -> str:
    """The text as it may stand in a header: one line, without control or direction-changing characters."""
    spaced = " ".join(text.split())  # every kind of line break is white space to split()
    spaced = spaced.replace("=?", "= ?")  # what looks like an encoded word would be decoded, line breaks in it and all
    return "".join(character for character in spaced if unicodedata.category(character) not in _UNFIT and character not in _DIRECTIONS)


_UNFIT = ("Cc", "Cs", "Zl", "Zp")
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@contextmanager
def _speaking_to(person: Person, locale: str) -> Iterator[None]:
    before = get_timezone()  # makes Flask-Babel's memory of this context, which has no switch for the time zone
    with force_locale(locale):
        try:
            g._flask_babel.babel_tzinfo = timezone(person.time_zone)
            yield
        finally:
            g._flask_babel.babel_tzinfo = before
