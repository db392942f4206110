"""What the audit trail says about certificates."""

from core.web.i18n import _l

EVENTS = {
    "training.certificate.issued": _l("A certificate was issued"),
    "training.certificate.revoked": _l("A certificate was revoked"),
    "training.certificate.reissued": _l("A certificate was issued anew in place of another"),
}
