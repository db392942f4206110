"""What the audit trail says about accounts."""

from core.web.i18n import _l

EVENTS = {
    "core.account.opened": _l("An account was opened"),
    "core.account.invited": _l("An invitation was sent"),
    "core.account.signed_in": _l("The person signed in"),
    "core.account.closed": _l("The account was closed"),
    "core.account.locked": _l("The account was locked after wrong passwords"),
    "core.account.password_asked_for": _l("A new password was asked for"),
    "core.account.password_set": _l("A password was set"),
}
