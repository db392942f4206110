"""Offers to somebody whose application has ended cannot be accepted any more."""

from contextlib import suppress

from core.db import hold
from core.errors import Gone, WrongState
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.offers.actions import withdraw_offer
from hiring.offers.answering import decline_offer
from hiring.offers.models import OfferState
from hiring.offers.queries import open_offer_whole


def end_open_offer(application: Application, *, by: Person | None, withdrawn: bool) -> bool:
    """Who withdraws declines the offer they hold; one that was not sent is given up. Raises WrongState when a sent one would end unsaid."""
    found = open_offer_whole(application)
    if found is None:
        return False
    offer = hold(found)
    if offer.state is not OfferState.SENT:
        withdraw_offer(offer, by=None, reason=str(_("The application has ended.")))
    elif withdrawn:
        with suppress(Gone):  # past its last day it ends by itself
            decline_offer(offer, reason=str(_("The candidate has withdrawn.")))
    else:
        raise WrongState(_("An offer is out to this candidate. Withdraw it first, or wait for the answer."))
    return False
