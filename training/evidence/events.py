"""What the audit trail says about evidence packs."""

from core.web.i18n import _l

EVENTS = {
    "training.evidence.asked": _l("An evidence pack was asked for"),
    "training.evidence.made": _l("An evidence pack was made and sealed"),
    "training.evidence.failed": _l("Making an evidence pack failed"),
    "training.evidence.taken_up": _l("Making an evidence pack was taken up again"),
    "training.evidence.downloaded": _l("An evidence pack was downloaded"),
    "training.transcript.printed": _l("The transcript of the person was printed"),
}
