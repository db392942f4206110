"""The words of offered times."""

from core.web.i18n import _l
from hiring.scheduling.day_grid import Stretch
from hiring.scheduling.models import ProposalState

PROPOSAL_STATE_LABELS = {
    ProposalState.OPEN: _l("Waits for the candidate"),
    ProposalState.PICKED: _l("Time picked"),
    ProposalState.REFUSED: _l("None of the times suits"),
    ProposalState.WITHDRAWN: _l("Taken back"),
}
PROPOSAL_STATE_TONES = {
    ProposalState.OPEN: "info",
    ProposalState.PICKED: "success",
    ProposalState.REFUSED: "warning",
    ProposalState.WITHDRAWN: "neutral",
}
STRETCH_LABELS = {
    Stretch.FREE: _l("Free"),
    Stretch.INTERVIEW: _l("Interview"),
    Stretch.TAKEN: _l("Taken"),
    Stretch.KEPT: _l("Kept free"),
    Stretch.CLOSED: _l("Not at work"),
}
