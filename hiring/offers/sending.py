"""Making the letter and sending it to the candidate."""

from flask_babel import format_date

from core.accounts.links import issue_link, revoke_links
from core.accounts.models import Purpose
from core.audit.record import record
from core.clock import now, today
from core.db import hold, session
from core.documents.actions import keep_document
from core.documents.codes import new_code
from core.documents.models import DocumentKind
from core.errors import Conflict, Gone, NotAllowed
from core.people.models import Person
from core.web.i18n import _, force_locale
from hiring.applications.actions import advance_application
from hiring.applications.models import Application
from hiring.approvals.models import ApprovalKind
from hiring.approvals.queries import chain_of
from hiring.offers import letters, mails, policy
from hiring.offers.actions import insist_on_step, move_offer
from hiring.offers.documents import OfferLetter, offer_letter
from hiring.offers.merge_fields import resolved_values
from hiring.offers.models import Offer, OfferState
from hiring.offers.terms import Terms
from hiring.offers.versions import terms_hash
from hiring.postings.models import StageKind
from hiring.requisitions.queries import has_free_opening


def make_letter(offer: Offer, *, code: str = "") -> bytes:
    """The PDF of the offer's letter. Raises Invalid while a merge field has no value. Without a code it is a preview."""
    return letter_of(offer, offer.application, code=code)


def letter_of(offer: Offer | Terms, application: Application, *, code: str = "") -> bytes:
    """The same for terms that are not written down yet. Needs the application's candidate and posting with its department."""
    values = resolved_values(offer, application)
    with force_locale(offer.language):
        day = format_date(today(offer.location.time_zone), "long")
    letter = OfferLetter(
        recipient=application.candidate.person.name,
        position=values["position"],
        place_and_day=f"{offer.location.city or offer.location.name}, {day}",
        body=letters.fill(offer.letter, values),
        salary=values["salary"],
        starts_on=values["start_date"],
        location=values["location"],
        manager=values["manager_name"],
        expires_on=values["expiry_date"],
        signatory=offer.approver.name,
        code=code,
        language=offer.language,
        dated=today(offer.location.time_zone),
    )
    return offer_letter(letter)


def send_offer(offer: Offer, *, by: Person, version: int) -> None:
    """Render the approved letter once, keep its bytes, and mail the candidate a private link to it."""
    if not policy.can_write(by):
        raise NotAllowed(_("Only recruiters send offers."))
    offer = hold(offer)
    if offer.version != version:
        raise Conflict(_("Somebody else changed this offer in the meantime. Reload the page to see where it stands."))
    if offer.expires_on < today(offer.location.time_zone):
        raise Gone(_("The last day to accept is over. Take the offer back into draft and choose a later one."))
    insist_on_step(offer, OfferState.SENT)
    _insist_on_free_opening(offer)
    _insist_on_approved_terms(offer)
    _send(offer, by)


def _insist_on_free_opening(offer: Offer) -> None:
    """Nobody is sent what they could not accept."""
    if not has_free_opening(offer.application.posting):
        raise Conflict(_("No opening of this posting is left to fill, so nobody could accept this offer. Ask for another opening first."))


def _insist_on_approved_terms(offer: Offer) -> None:
    """What is sent is what was approved: a renamed place or manager would change the letter unnoticed."""
    chain = chain_of(ApprovalKind.OFFER, offer.public_id)
    if chain is not None and chain.subject_hash != terms_hash(offer):
        raise Conflict(_("What the letter says has changed since it was approved. Take the offer back into draft and ask for approval again."))


def _send(offer: Offer, by: Person) -> None:
    person = offer.application.candidate.person
    code = new_code()
    with force_locale(offer.language):
        title = _("Offer letter")
        facts = {_("Position"): offer.application.posting.title, _("First day"): format_date(offer.starts_on, "long")}
    content = make_letter(offer, code=code)
    document = keep_document(
        content,
        kind=DocumentKind.OFFER_LETTER,
        title=title,
        person=person,
        facts=facts,
        by=by,
        valid_until=offer.expires_on,
        subject_id=offer.public_id,
        code=code,
        language=offer.language,
    )
    offer.document = document
    offer.sent_at = now()
    session.flush()
    move_offer(offer, OfferState.SENT, by=by)
    record("hiring.offer.sent", offer, by=by, person=person, changes={"sha256": document.sha256})
    _enter_offer_stage(offer, by)
    revoke_links(Purpose.OFFER, subject_id=offer.public_id)
    mails.offer_sent(offer, token=issue_link(Purpose.OFFER, person=person, subject_id=offer.public_id))


def _enter_offer_stage(offer: Offer, by: Person) -> None:
    stages = [stage for stage in offer.application.posting.stages if stage.kind is StageKind.OFFER]
    if stages and offer.application.stage_id not in {stage.id for stage in stages}:
        advance_application(offer.application, to_stage=stages[0], by=by)
