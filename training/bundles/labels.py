"""Words for bundles of certificates."""

from typing import Any

from core.web.i18n import _l
from training.bundles.models import BundleForm, BundleState, LineState

FORMS: dict[BundleForm, Any] = {
    BundleForm.ZIP: _l("One ZIP file: each certificate as it was issued, so that every seal can be checked"),
    BundleForm.MERGED: _l("One PDF to print, without the seals"),
    BundleForm.NONE: _l("No file: only issue those that are missing"),
}
SHORT_FORMS: dict[BundleForm, Any] = {BundleForm.ZIP: _l("ZIP file"), BundleForm.MERGED: _l("One PDF"), BundleForm.NONE: _l("Only issued")}
STATES: dict[BundleState, Any] = {
    BundleState.ISSUING: _l("Issuing"),
    BundleState.GATHERING: _l("Gathering"),
    BundleState.DONE: _l("Done"),
}
TONES: dict[BundleState, str] = {BundleState.ISSUING: "info", BundleState.GATHERING: "info", BundleState.DONE: "success"}
LINES: dict[LineState, Any] = {
    LineState.WAITING: _l("Waiting"),
    LineState.ISSUED: _l("Issued"),
    LineState.FOUND: _l("Had one already"),
    LineState.REFUSED: _l("Left out"),
}
LINE_TONES: dict[LineState, str] = {
    LineState.WAITING: "neutral",
    LineState.ISSUED: "success",
    LineState.FOUND: "neutral",
    LineState.REFUSED: "warning",
}
