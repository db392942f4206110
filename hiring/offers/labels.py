"""The words for states of an offer."""

from core.web.i18n import _l
from hiring.offers.models import OfferState

OFFER_STATE_LABELS = {
    OfferState.DRAFT: _l("Draft"),
    OfferState.IN_APPROVAL: _l("Waiting for approval"),
    OfferState.APPROVED: _l("Approved"),
    OfferState.SENT: _l("Sent"),
    OfferState.ACCEPTED: _l("Accepted"),
    OfferState.DECLINED: _l("Declined by the candidate"),
    OfferState.EXPIRED: _l("Lapsed"),
    OfferState.WITHDRAWN: _l("Withdrawn"),
}
OFFER_STATE_TONES = {
    OfferState.DRAFT: "neutral",
    OfferState.IN_APPROVAL: "warning",
    OfferState.APPROVED: "info",
    OfferState.SENT: "info",
    OfferState.ACCEPTED: "success",
    OfferState.DECLINED: "neutral",
    OfferState.EXPIRED: "neutral",
    OfferState.WITHDRAWN: "neutral",
}
