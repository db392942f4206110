"""What the audit trail says about exemptions."""

from core.web.i18n import _l

EVENTS = {
    "training.exemption.asked": _l("An exemption from a course was asked for"),
    "training.exemption.granted": _l("The person was exempted from a course"),
    "training.exemption.refused": _l("An exemption from a course was refused"),
    "training.exemption.withdrawn": _l("An exemption was no longer asked for"),
    "training.exemption.revoked": _l("An exemption was taken back"),
}
