"""What the states of a mail are called."""

from typing import Any

from core.mail.models import MailState
from core.web.i18n import _l

MAIL_STATE_LABELS: dict[MailState, Any] = {
    MailState.WAITING: _l("Waiting to be sent"),
    MailState.SENT: _l("Mail sent"),
    MailState.PARKED: _l("Not sent"),
    MailState.CANCELLED: _l("Called back before it was sent"),
}
MAIL_STATE_TONES = {MailState.WAITING: "info", MailState.SENT: "success", MailState.PARKED: "danger", MailState.CANCELLED: "neutral"}
