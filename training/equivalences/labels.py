"""Words for equivalences."""

from typing import Any

from core.web.i18n import _l
from training.equivalences.models import EquivalenceState, Validity

STATES: dict[EquivalenceState, Any] = {
    EquivalenceState.HANDED_IN: _l("Waits for a second person"),
    EquivalenceState.ACCEPTED: _l("Accepted"),
    EquivalenceState.REFUSED: _l("Refused"),
    EquivalenceState.WITHDRAWN: _l("Taken back"),
    EquivalenceState.REVOKED: _l("Revoked"),
    EquivalenceState.CORRECTED: _l("Corrected by another"),
}
TONES: dict[EquivalenceState, str] = {
    EquivalenceState.HANDED_IN: "warning",
    EquivalenceState.ACCEPTED: "success",
    EquivalenceState.REFUSED: "danger",
    EquivalenceState.WITHDRAWN: "neutral",
    EquivalenceState.REVOKED: "danger",
    EquivalenceState.CORRECTED: "neutral",
}
VALIDITIES: dict[Validity, Any] = {
    Validity.STATED: _l("As the certificate says"),
    Validity.MONTHS: _l("So many months from the day of issue"),
    Validity.FOREVER: _l("For good"),
}
