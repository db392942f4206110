"""Reading mails."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, selectinload

from core.db import session
from core.errors import NotFound
from core.mail.models import MailAttachment, MailState, OutgoingMail
from core.web.paging import Page, one_page

_WHOLE = selectinload(OutgoingMail.attachments).joinedload(MailAttachment.file)


def find_mail_to_send(mail_id: UUID) -> OutgoingMail | None:
    """The mail with everything that goes with it, or None."""
    return session.scalars(select(OutgoingMail).where(OutgoingMail.public_id == mail_id).options(_WHOLE)).one_or_none()


def get_mail(mail_id: UUID) -> OutgoingMail:
    """The mail with its reader and attachments. Raises NotFound."""
    query = select(OutgoingMail).where(OutgoingMail.public_id == mail_id).options(_WHOLE, joinedload(OutgoingMail.person))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def lock_mail(mail_id: UUID) -> OutgoingMail | None:
    """The mail, held until the transaction ends, with its reader; or None."""
    query = select(OutgoingMail).where(OutgoingMail.public_id == mail_id).options(joinedload(OutgoingMail.person, innerjoin=True))
    return session.scalars(query.with_for_update(of=OutgoingMail).execution_options(populate_existing=True)).one_or_none()


def mails(*, state: MailState | None, number: int) -> Page[OutgoingMail]:
    """One page of mails, newest first, without their texts."""
    query = select(OutgoingMail).options(defer(OutgoingMail.text), defer(OutgoingMail.html), defer(OutgoingMail.calendar))
    if state is not None:
        query = query.where(OutgoingMail.state == state)
    return one_page(query.order_by(OutgoingMail.created_at.desc(), OutgoingMail.id.desc()), number=number)
