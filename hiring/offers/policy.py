"""Who may do what to an offer."""

from core.people.models import Person
from core.people.rights import Right
from hiring.offers.models import Offer, OfferState


def can_write(person: Person) -> bool:
    """Whether the person writes offers. That they see the application has been settled by the query."""
    return person.may(Right.WRITE_OFFERS)


def can_approve(person: Person, offer: Offer) -> bool:
    """Whether the person decides on this offer: the one who was asked, and never who wrote it."""
    return person.may(Right.APPROVE_OFFERS) and person.id == offer.approver_id and person.id != offer.author_id


def can_edit(person: Person, offer: Offer) -> bool:
    """Whether the terms may be changed now."""
    return can_write(person) and offer.state is OfferState.DRAFT
