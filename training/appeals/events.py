"""What the audit trail says about appeals."""

from core.web.i18n import _l

EVENTS = {
    "training.appeal.filed": _l("An appeal about an exam was made"),
    "training.appeal.withdrawn": _l("An appeal about an exam was taken back"),
    "training.appeal.decided": _l("An appeal about an exam was decided"),
}
