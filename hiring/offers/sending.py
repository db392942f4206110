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
from core.errors import Conflict, Gone, Invalid, NotAllowed
from core.people.models import Person
from core.people.queries import find_company
from core.web.i18n import _, force_locale
from core.web.money import format_money
from hiring.applications.actions import advance_application
from hiring.offers import letters, mails, policy
from hiring.offers.actions import move_offer
from hiring.offers.documents import OfferLetter, offer_letter
from hiring.offers.models import Offer, OfferState
from hiring.postings.models import StageKind


def letter_values(offer: Offer) -> dict[str, str]:
    """What each merge field stands for in this offer, as text in the offer's language."""
    company = find_company()
    posting = offer.application.posting
    with force_locale(offer.language):
        return {
            "candidate_name": offer.application.candidate.person.name,
            "position": posting.title,
            "company": company.name if company else "",
            "department": posting.department.name,
            "location": offer.location.name,
            "salary": format_money(offer.salary, offer.currency),
            "start_date": format_date(offer.starts_on, "long"),
            "expiry_date": format_date(offer.expires_on, "long"),
            "manager_name": offer.manager.name,
            "benefits": offer.benefits,
            "bonus": offer.bonus,
            "probation": "" if not offer.probation_days else str(offer.probation_days),
        }


def make_letter(offer: Offer, *, code: str = "") -> bytes:
    """The PDF of the offer's letter. Raises Invalid while a merge field has no value. Without a code it is a preview."""
    values = letter_values(offer)
    missing = letters.unresolved_fields(offer.letter, values)
    if missing:
        names = ", ".join(str(letters.FIELDS[name]) for name in missing)
        raise Invalid(_("The letter cannot be made yet. Missing: %(names)s.", names=names), field="letter")
    with force_locale(offer.language):
        day = format_date(today(offer.location.time_zone), "long")
    letter = OfferLetter(
        recipient=offer.application.candidate.person.name,
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
    _send(offer, by)


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
