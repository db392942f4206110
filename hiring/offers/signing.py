"""The signed copy of an accepted offer: the letter, a page of evidence after it, the exact letter inside it, and the company's seal."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_datetime

from core.audit.record import record
from core.clock import today
from core.db import hold, session
from core.documents.actions import keep_document, supersede_document
from core.documents.codes import new_code
from core.documents.joining import append_pages
from core.documents.models import DocumentKind
from core.documents.paper import company_paper
from core.documents.rendering import render_pdf
from core.documents.sealing import seal_pdf
from core.files.store import read_content
from core.web.i18n import _, force_locale
from hiring.approvals.models import ApprovalKind
from hiring.approvals.queries import chain_of
from hiring.offers.models import Offer, OfferState
from hiring.offers.queries import offer_of_link


def seal_offer(offer_id: UUID) -> None:
    """Make the signed copy, once. Called in the background after acceptance."""
    offer = hold(offer_of_link(offer_id))
    if offer.state is not OfferState.ACCEPTED or offer.signed_document_id is not None or offer.document is None:
        return
    person = offer.application.candidate.person
    code = new_code()
    with force_locale(offer.language):
        title = _("Signed offer")
        facts = {_("Position"): offer.application.posting.title, _("First day"): format_date(offer.starts_on, "long")}
        evidence = _evidence(offer, code)
    letter = read_content(offer.document.file)
    content = seal_pdf(append_pages(letter, evidence, name="letter-as-accepted.pdf", kept=letter))
    document = keep_document(
        content,
        kind=DocumentKind.SIGNED_OFFER,
        title=title,
        person=person,
        facts=facts,
        by=None,
        subject_id=offer.public_id,
        code=code,
        language=offer.language,
    )
    supersede_document(offer.document, by_document=document, by=None)
    offer.signed_document = document
    session.flush()
    record("hiring.offer.sealed", offer, by=None, person=person, changes={"sha256": document.sha256})


def _evidence(offer: Offer, code: str) -> bytes:
    """The page that says who agreed to what, when, and from where."""
    signature, document = offer.signature, offer.document
    assert signature is not None
    assert document is not None
    zone = offer.location.time_zone
    rows = [
        (_("Signed by"), signature.typed_name),
        (_("Statement"), signature.statement),
        (_("Time"), _both(signature.signed_at, zone)),
        (_("Network address"), signature.ip),
        (_("Browser"), signature.user_agent),
        (_("SHA-256 of the letter"), signature.sha256),
        (_("Code of the letter"), document.code),
        (_("Sent"), _both(offer.sent_at, zone)),
        (_("First opened"), _both(offer.first_seen_at, zone)),
    ]
    context = {
        "paper": company_paper(code=code),
        "rows": [row for row in rows if row[1]],
        "approvals": _approvals(offer),
        "position": offer.application.posting.title,
    }
    title = _("Evidence of acceptance")
    return render_pdf("offer_evidence.html", context=context, title=title, language=offer.language, dated=today(zone))


def _approvals(offer: Offer) -> list[tuple[str, str]]:
    chain = chain_of(ApprovalKind.OFFER, offer.public_id)
    said = [(step, seat) for step in (chain.steps if chain is not None else ()) for seat in step.seats if seat.approved]
    return [(step.name, f"{(seat.decided_by or seat.person).name}, {_both(seat.decided_at, offer.location.time_zone)}") for step, seat in said]


def _both(instant: datetime | None, zone: str) -> str:
    """An instant where the work is, and in UTC."""
    if instant is None:
        return ""
    local = format_datetime(instant.astimezone(ZoneInfo(zone)), "yyyy-MM-dd HH:mm:ss ZZZZZ", rebase=False)
    return f"{local} ({instant:%Y-%m-%d %H:%M:%S} UTC)"
