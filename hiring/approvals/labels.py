"""The words of approvals."""

from core.web.i18n import _l
from hiring.approvals.algebra import ChainState, StepState
from hiring.approvals.models import ApprovalKind, Hindrance

KINDS = {ApprovalKind.OFFER: _l("Offers"), ApprovalKind.REQUISITION: _l("Requisitions")}
HINDRANCES = {
    Hindrance.LEFT: _l("has left the company"),
    Hindrance.ACCOUNT_CLOSED: _l("can no longer sign in"),
    Hindrance.NO_RIGHT: _l("may no longer approve"),
}
CHAIN_STATES = {
    ChainState.OPEN: _l("Waiting for approval"),
    ChainState.APPROVED: _l("Approved"),
    ChainState.REJECTED: _l("Sent back"),
    ChainState.VOID: _l("Given up"),
}
STEP_STATES = {
    StepState.WAITING: _l("Not their turn yet"),
    StepState.OPEN: _l("Their turn"),
    StepState.APPROVED: _l("Approved"),
    StepState.REJECTED: _l("Sent back"),
    StepState.SKIPPED: _l("Not needed: pay is within the band"),
}
