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
    OfferState.SUPERSEDED: _l("Replaced by a newer version"),
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
    OfferState.SUPERSEDED: "neutral",
}
TERM_LABELS = {
    "salary": _l("Monthly salary"),
    "bonus": _l("Bonus"),
    "starts_on": _l("First day"),
    "expires_on": _l("Last day to accept"),
    "location": _l("Place of work"),
    "manager": _l("Manager"),
    "buddy": _l("Buddy"),
    "probation_days": _l("Days of probation"),
    "benefits": _l("Benefits"),
    "language": _l("Language of the letter"),
    "letter": _l("Letter"),
}
