"""The candidate's answer to an offer: accepted with a typed signature, or declined. Accepting hands over to onboarding."""

from dataclasses import dataclass

from flask_babel import format_date
from sqlalchemy import update

import onboarding.public
from core.accounts import actions as accounts
from core.audit.record import record
from core.clock import now, today
from core.db import hold, session
from core.errors import Conflict, Gone, Invalid, WrongState
from core.jobs.queue import enqueue
from core.people.actions import begin_employment, grant_role
from core.people.moving import start_of_day
from core.people.queries import get_person_by_key
from core.people.rights import Role
from core.web.i18n import _
from hiring.applications.actions import mark_hired
from hiring.applications.models import ApplicationState
from hiring.offers import mails
from hiring.offers.actions import move_offer
from hiring.offers.models import Offer, OfferSignature, OfferState
from hiring.offers.revoking import DECLINED, revoke_letter
from hiring.requisitions.queries import has_free_opening


@dataclass(frozen=True)
class Signature:
    """What came with the acceptance. `sha256` is that of the PDF whose page was signed."""

    typed_name: str
    ip: str
    user_agent: str
    sha256: str


def statement_of(offer: Offer) -> str:
    """The sentence the candidate agrees to."""
    return str(_("I have read the offer letter and accept the position of %(position)s on these terms.", position=offer.application.posting.title))


def accept_offer(offer: Offer, *, signature: Signature) -> Offer:
    """Accept an offer in the candidate's name, once: the same act again is friendly and does nothing.

    Raises Invalid when the name is not the candidate's, Gone when the last day is over, WrongState or Conflict when something
    else was decided first.
    """
    offer = hold(offer)
    if offer.state is OfferState.ACCEPTED:
        return offer
    _insist_on_open(offer)
    _insist_on_free_opening(offer)
    if offer.document is None or signature.sha256 != offer.document.sha256:
        raise Conflict(_("The letter has changed since you opened it. Read it again before you sign."))
    person = offer.application.candidate.person
    if _folded(signature.typed_name) != _folded(person.name):
        raise Invalid(_("Type your name as it stands in the letter: %(name)s.", name=person.name), field="typed_name")
    signed = OfferSignature(
        offer_id=offer.id,
        typed_name=" ".join(signature.typed_name.split()),
        statement=statement_of(offer),
        signed_at=now(),
        ip=signature.ip,
        user_agent=signature.user_agent[:300],
        sha256=signature.sha256,
    )
    session.add(signed)
    offer.decided_at = signed.signed_at
    move_offer(offer, OfferState.ACCEPTED, by=person)
    personal = {"typed_name": signed.typed_name, "ip": signed.ip}
    record("hiring.offer.accepted", offer, by=person, person=person, changes={"sha256": signed.sha256}, personal=personal)
    try:
        mark_hired(offer.application, by=person)
    except Conflict:  # somebody else was a moment quicker
        raise Conflict(position_filled()) from None
    _hand_over(offer)
    mails.offer_acceptance_received(offer)
    enqueue("hiring.seal_offer", arguments={"offer": str(offer.public_id)}, key=f"seal-offer-{offer.public_id}")
    for colleague in {offer.author_id: offer.author, offer.manager_id: offer.manager}.values():
        mails.offer_accepted(offer, to=colleague)
    return offer


def _hand_over(offer: Offer) -> None:
    """From candidate to colleague, with nothing typed again: employment, account, onboarding, training."""
    posting = offer.application.posting
    account = accounts.find_account(offer.application.candidate.person.email)
    person = get_person_by_key(offer.application.candidate.person_id if account is None else account.person_id)
    employment = begin_employment(
        person,
        job_role=posting.job_role,
        department=posting.department,
        location=offer.location,
        manager=offer.manager,
        starts_on=offer.starts_on,
        employment_type=posting.employment_type,
        by=None,
    )
    grant_role(person, Role.NEW_HIRE, by=None, begins_at=start_of_day(offer.starts_on, offer.location))
    if account is None or account.password_hash is None:  # also when it was closed: somebody comes back
        accounts.invite(person, by=None)
    onboarding.public.begin(person, employment=employment, manager=offer.manager, buddy=offer.buddy, by=None)


def decline_offer(offer: Offer, *, reason: str) -> Offer:
    """Decline an offer in the candidate's name. Declining again is friendly and does nothing."""
    offer = hold(offer)
    if offer.state is OfferState.DECLINED:
        return offer
    _insist_on_open(offer)
    person = offer.application.candidate.person
    offer.decline_reason = reason.strip()
    offer.decided_at = now()
    move_offer(offer, OfferState.DECLINED, by=person)
    revoke_letter(offer, DECLINED, by=person)
    record("hiring.offer.declined", offer, by=person, person=person, reason=reason.strip())
    for colleague in {offer.author_id: offer.author, offer.manager_id: offer.manager}.values():
        mails.offer_declined(offer, to=colleague)
    return offer


def ask_for_change(offer: Offer, *, wish: str) -> None:
    """Keep what the candidate would like otherwise, and tell the team. The offer stands until somebody puts another in its place."""
    offer = hold(offer)
    _insist_on_open(offer)
    _insist_on_free_opening(offer)
    if not wish.strip():
        raise Invalid(_("Say what should be different."), field="wish")
    person = offer.application.candidate.person
    offer.asked_to_change, offer.asked_to_change_at = wish.strip(), now()
    session.flush()
    record("hiring.offer.change_asked", offer, by=person, person=person, reason=wish.strip())
    for colleague in {offer.author_id: offer.author, offer.manager_id: offer.manager}.values():
        mails.offer_change_asked(offer, to=colleague)


def note_seen(offer: Offer) -> None:
    """Note that the candidate's browser showed the offer."""
    offer = hold(offer)
    if offer.state is not OfferState.SENT:
        return
    at = now()
    if offer.first_seen_at is None:
        record("hiring.offer.seen", offer, by=offer.application.candidate.person, person=offer.application.candidate.person)
    # not by the row's own way, which would count its version up: nobody who has the page open needs to know
    seen = {"last_seen_at": at, "first_seen_at": offer.first_seen_at or at, "times_seen": offer.times_seen + 1}
    session.execute(update(Offer).where(Offer.id == offer.id).values(**seen).execution_options(synchronize_session=False))
    session.expire(offer, list(seen))


def _insist_on_open(offer: Offer) -> None:
    if offer.state is OfferState.ACCEPTED:
        raise WrongState(_("You have accepted this offer already. Write to us if something has changed."))
    if offer.state is OfferState.DECLINED:
        raise WrongState(_("You have declined this offer. Write to us if you have changed your mind."))
    if offer.state is OfferState.EXPIRED or (offer.state is OfferState.SENT and offer.expires_on < today(offer.location.time_zone)):
        raise Gone(
            _("The last day to accept this offer was %(day)s. Write to us if you are still interested.", day=format_date(offer.expires_on, "long"))
        )
    if offer.state is not OfferState.SENT or offer.application.state is not ApplicationState.ACTIVE:
        raise Gone(_("This offer no longer stands."))


def position_filled() -> str:
    """What a candidate is told whose offer came to nothing because others accepted first."""
    return str(_("This position has been filled in the meantime, so this offer can no longer be accepted. You will hear from the recruiter."))


def _insist_on_free_opening(offer: Offer) -> None:
    if not has_free_opening(offer.application.posting):
        raise Conflict(position_filled())


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
