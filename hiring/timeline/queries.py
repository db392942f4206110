"""Reading what the timeline shows and nobody else asks for."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer

from core.db import session
from core.mail.models import OutgoingMail
from hiring.applications.models import Application


def mails_about(application: Application, *, most: int = 200) -> Sequence[OutgoingMail]:
    """The mails to the candidate about this application, newest first, without their texts."""
    query = select(OutgoingMail).where(OutgoingMail.about == application.public_id, OutgoingMail.person_id == application.candidate.person_id)
    loaded = (defer(OutgoingMail.text), defer(OutgoingMail.html), defer(OutgoingMail.calendar))
    return session.scalars(query.options(*loaded).order_by(OutgoingMail.created_at.desc(), OutgoingMail.id.desc()).limit(most)).all()
