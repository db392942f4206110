"""Reminding candidates of an offer before its last day."""

from datetime import timedelta

from sqlalchemy import update

from core.accounts.links import issue_link
from core.accounts.models import Purpose
from core.audit.record import record
from core.clock import now, today
from core.db import hold, session
from hiring.offers import mails
from hiring.offers.models import Offer, OfferState
from hiring.offers.queries import sent_until
from hiring.requisitions.queries import has_free_opening

DAYS_BEFORE = (3, 1)  # before the last day, counted where the work is
QUIET = timedelta(hours=20)  # after sending


def remind_of_offers() -> int:
    """Send each reminder that is due, each once. Returns how many."""
    sent = 0
    for offer in sent_until(today("Etc/GMT+12") + timedelta(days=max(DAYS_BEFORE) + 2)):
        due = due_reminder(offer)
        if due is not None and has_free_opening(offer.application.posting):
            offer = hold(offer)
            if offer.state is OfferState.SENT and due_reminder(offer) == due:
                _remind(offer, due)
                sent += 1
    return sent


def due_reminder(offer: Offer) -> int | None:
    """How many days before the last day the reminder is that should go out now; None if none should."""
    left = (offer.expires_on - today(offer.location.time_zone)).days
    reached = [days for days in DAYS_BEFORE if 0 <= left <= days]
    if not reached or (offer.sent_at is not None and now() - offer.sent_at < QUIET):
        return None
    due = min(reached)
    return due if offer.reminded_days is None or offer.reminded_days > due else None


def _remind(offer: Offer, days: int) -> None:
    person = offer.application.candidate.person
    # not by the row's own way, which would count its version up: nobody who has the page open needs to know
    session.execute(update(Offer).where(Offer.id == offer.id).values(reminded_days=days).execution_options(synchronize_session=False))
    session.expire(offer, ["reminded_days"])
    mails.offer_reminder(offer, token=issue_link(Purpose.OFFER, person=person, subject_id=offer.public_id))
    record("hiring.offer.reminded", offer, by=None, person=person, changes={"days": days})
