"""Background work on mails."""

from uuid import UUID

from core.db import session
from core.jobs.queue import task
from core.mail import actions, queries
from core.mail.delivery import Refused, compose, deliver
from core.mail.models import MailState


def note_failure(*, mail_id: str, reason: str, parked: bool) -> None:
    """Write at the mail why it has not been sent."""
    actions.note_failure(UUID(mail_id), reason=reason, parked=parked)


@task("core.send_mail", when_failed=note_failure)
def send_mail(*, mail_id: str) -> None:
    """Send one mail, unless that is done already. A refusal that will not change parks the mail."""
    mail = queries.find_mail_to_send(UUID(mail_id))
    if mail is None or mail.state in (MailState.SENT, MailState.CANCELLED):
        return
    try:
        message = compose(mail)
        session.rollback()  # sending takes seconds: hold no lock and no snapshot meanwhile
        deliver(message)
    except Refused as error:
        actions.note_failure(UUID(mail_id), reason=str(error), parked=True)
        return
    actions.note_sent(UUID(mail_id))
