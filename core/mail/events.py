"""What the audit trail says about mails."""

from core.web.i18n import _l

EVENTS = {
    "core.mail.written": _l("A mail to the person was written"),
    "core.mail.called_back": _l("A mail to the person was called back before it was sent"),
    "core.mail.parked": _l("A mail to the person could not be sent"),
    "core.mail.sent_again": _l("A mail to the person was sent again"),
    "core.mail.opened": _l("An administrator opened a mail to the person"),
}
