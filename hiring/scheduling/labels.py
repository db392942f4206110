"""The words of offered times."""

from core.web.i18n import _l
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
