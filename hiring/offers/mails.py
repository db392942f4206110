"""Mails about offers. Pay stands in none of them: it is on the private page and in the letter."""

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from hiring.offers.models import Offer


def _about(offer: Offer) -> dict[str, object]:
    application = offer.application
    return {
        "candidate": application.shown_name,
        "position": application.posting.title,
        "link": absolute_url("offers.show", offer_id=offer.public_id),
    }


def offer_approval_wanted(offer: Offer, *, to: Person) -> None:
    """Ask somebody whose turn it is to approve."""
    queue_mail("offer_approval_wanted", to=to, context={**_about(offer), "name": to.name, "author": offer.author.name}, about=offer.public_id)


def offer_sent_back(offer: Offer, *, to: Person, by: Person, reason: str) -> None:
    """Tell a colleague that an offer was not approved, and why."""
    queue_mail("offer_sent_back", to=to, context={**_about(offer), "name": to.name, "who": by.name, "reason": reason}, about=offer.public_id)


def offer_sent(offer: Offer, *, token: str) -> None:
    """Give the candidate the private link to the letter."""
    person = offer.application.candidate.person
    link = absolute_url("my_offer.answer", token=token)
    queue_mail(
        "offer_sent",
        to=person,
        context={"name": person.name, "position": offer.application.posting.title, "link": link, "until": offer.expires_on},
        about=offer.public_id,
    )


def offer_being_revised(offer: Offer) -> None:
    """Tell the candidate that a new version is being prepared and this one cannot be accepted any more."""
    person = offer.application.candidate.person
    queue_mail("offer_being_revised", to=person, context={"name": person.name, "position": offer.application.posting.title}, about=offer.public_id)


def offer_change_asked(offer: Offer, *, to: Person) -> None:
    """Tell a colleague what the candidate would like otherwise."""
    queue_mail("offer_change_asked", to=to, context={**_about(offer), "name": to.name, "wish": offer.asked_to_change}, about=offer.public_id)


def offer_reminder(offer: Offer, *, token: str) -> None:
    """Remind the candidate of the last day to answer."""
    person = offer.application.candidate.person
    link = absolute_url("my_offer.answer", token=token)
    context = {"name": person.name, "position": offer.application.posting.title, "link": link, "until": offer.expires_on}
    queue_mail("offer_reminder", to=person, context=context, about=offer.public_id)


def offer_withdrawn(offer: Offer, *, filled: bool) -> None:
    """Tell the candidate that the offer no longer stands; if it is so, because the position is filled."""
    person = offer.application.candidate.person
    context = {"name": person.name, "position": offer.application.posting.title, "filled": filled}
    queue_mail("offer_withdrawn", to=person, context=context, about=offer.public_id)


def offer_lapsed(offer: Offer, *, to: Person) -> None:
    """Tell a colleague that the last day passed without an answer."""
    queue_mail("offer_lapsed", to=to, context={**_about(offer), "name": to.name, "until": offer.expires_on}, about=offer.public_id)


def offer_accepted(offer: Offer, *, to: Person) -> None:
    """Tell a colleague that the candidate accepted."""
    queue_mail("offer_accepted", to=to, context={**_about(offer), "name": to.name, "starts_on": offer.starts_on}, about=offer.public_id)


def offer_acceptance_received(offer: Offer) -> None:
    """Confirm to the candidate what was signed, and what comes next."""
    person = offer.application.candidate.person
    context = {"name": person.name, "position": offer.application.posting.title, "starts_on": offer.starts_on, "place": offer.location.name}
    queue_mail("offer_acceptance_received", to=person, context=context, attachments=[offer.document.file] if offer.document else [])


def offer_declined(offer: Offer, *, to: Person) -> None:
    """Tell a colleague that the candidate declined."""
    queue_mail("offer_declined", to=to, context={**_about(offer), "name": to.name, "reason": offer.decline_reason}, about=offer.public_id)
