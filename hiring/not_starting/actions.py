"""Noting that somebody who accepted does not start: what accepting had brought about is taken back, and the opening is free again."""

import onboarding.public
from core.accounts import actions as accounts
from core.accounts.links import revoke_links
from core.accounts.models import Purpose
from core.db import hold
from core.errors import Invalid, NotAllowed
from core.people.actions import end_role
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from core.web.i18n import _
from hiring.applications.actions import mark_not_started
from hiring.applications.models import Application
from hiring.not_starting import mails, policy
from hiring.offers.actions import move_offer
from hiring.offers.models import Offer, OfferState
from hiring.offers.queries import accepted_offer
from hiring.offers.revoking import NOT_STARTED, revoke_letter


def note_not_started(application: Application, *, reason: str, by: Person) -> None:
    """End an application that ended in a hire as withdrawn after accepting: letter, employment and onboarding with it.

    Raises Invalid without a reason, WrongState for somebody who was not hired or whose onboarding is over.
    """
    if not policy.can_note(by, application.posting):
        raise NotAllowed(_("Only those who write offers for this posting note that somebody did not start."))
    if not reason.strip():
        raise Invalid(_("Say why they do not start."), field="reason")
    offer = accepted_offer(application)
    if offer is not None:
        offer = hold(offer)
    mark_not_started(application, by=by, reason=reason.strip())
    if offer is not None:
        move_offer(offer, OfferState.WITHDRAWN, by=by, reason=reason.strip())
        revoke_links(Purpose.OFFER, subject_id=offer.public_id)
        revoke_letter(offer, NOT_STARTED, by=by)
        _take_back_start(offer, reason=reason.strip(), by=by)
    mails.not_starting_noted(application)


def _take_back_start(offer: Offer, *, reason: str, by: Person) -> None:
    """From colleague to candidate again: the invitation opens nothing, and the role of somebody new ends."""
    candidate = offer.application.candidate.person
    account = accounts.find_account(candidate.email)
    person = get_person_by_key(candidate.id if account is None else account.person_id)
    revoke_links(Purpose.INVITATION, person=person)
    end_role(person, Role.NEW_HIRE, by=None)
    onboarding.public.withdraw(person, reason=reason, by=by)
