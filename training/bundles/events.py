"""What the audit trail says about bundles of certificates."""

from core.web.i18n import _l

EVENTS = {
    "training.bundle.started": _l("Certificates of many people were asked for"),
    "training.bundle.done": _l("Certificates of many people were gathered"),
    "training.bundle.fetched": _l("Certificates of many people were fetched"),
}
