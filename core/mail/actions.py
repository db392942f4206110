"""What happens to a mail after it was written."""

from uuid import UUID

from core.audit.record import record
from core.clock import now
from core.errors import NotAllowed, NotFound
from core.jobs.queue import enqueue
from core.mail.models import MAIL_STATES, MailState, OutgoingMail
from core.mail.outbox import one_line
from core.mail.policy import can_administer_mails
from core.mail.queries import lock_mail
from core.people.models import Person
from core.web.i18n import _


def note_sent(mail_id: UUID) -> None:
    """Write down that a mail has been handed over."""
    mail = lock_mail(mail_id)
    if mail is None or mail.state is MailState.SENT:
        return
    _move(mail, MailState.SENT)
    mail.attempts += 1
    mail.sent_at = now()
    mail.last_error = ""


def note_failure(mail_id: UUID, *, reason: str, parked: bool) -> None:
    """Write down why a mail could not be sent, and whether it is given up."""
    mail = lock_mail(mail_id)
    if mail is None or mail.state in (MailState.SENT, MailState.CANCELLED):
        return
    mail.attempts += 1
    mail.last_error = reason
    if parked and mail.state is not MailState.PARKED:
        _move(mail, MailState.PARKED)
        record("core.mail.parked", mail, by=None, person=mail.person, changes={"attempts": mail.attempts})


def send_again(mail_id: UUID, *, by: Person) -> OutgoingMail:
    """Send a mail once more, as it was written and under the same Message-ID, to the address its reader has now.

    Raises NotFound, NotAllowed, WrongState.
    """
    mail = lock_mail(mail_id)
    if mail is None:
        raise NotFound
    _insist(by)
    before, address = mail.state, one_line(mail.person.email)
    _move(mail, MailState.WAITING)
    changes = {"state": [before.value, mail.state.value], "to_another_address": address != mail.to_address}
    mail.to_address = address
    enqueue("core.send_mail", arguments={"mail_id": str(mail.public_id)})
    record("core.mail.sent_again", mail, by=by, person=mail.person, changes=changes)
    return mail


def open_mail(mail: OutgoingMail, *, by: Person) -> None:
    """Note that somebody reads a mail that was written to another. Needs the mail's person."""
    _insist(by)
    record("core.mail.opened", mail, by=by, person=mail.person, changes={"mail": mail.name})


def _insist(by: Person) -> None:
    if not can_administer_mails(by):
        raise NotAllowed(_("Only an administrator may do this with mails."))


def _move(mail: OutgoingMail, to: MailState) -> None:
    MAIL_STATES.insist(mail.state, to)
    mail.state = to
