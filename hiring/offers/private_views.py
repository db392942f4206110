"""The candidate's private page for an offer: read the letter, accept with a signature, or decline."""

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.accounts.links import read_link
from core.accounts.models import Purpose
from core.clock import today
from core.errors import Invalid, NotFound
from core.files.sending import send_stored_file
from core.web.access import private_link_page
from core.web.i18n import _
from core.web.limits import limiter
from core.web.pages import page
from hiring.offers import answering
from hiring.offers.forms import AcceptForm, DeclineOfferForm, WishForm
from hiring.offers.models import Offer, OfferState
from hiring.offers.queries import offer_of_link
from hiring.requisitions.queries import has_free_opening

bp = Blueprint("my_offer", __name__, url_prefix="/my-offer")


def _offer(token: str) -> Offer:
    return offer_of_link(read_link(token, purpose=Purpose.OFFER).subject_id)


@bp.route("/<token>", methods=["GET", "POST"])
@private_link_page
@limiter.limit("30 per minute")
def answer(token: str) -> ResponseReturnValue:
    """The offer and its letter; sending the form accepts it."""
    offer = _offer(token)
    form = AcceptForm()
    form.agreed.label.text = answering.statement_of(offer)
    if form.validate_on_submit():
        signature = answering.Signature(
            typed_name=form.typed_name.data, ip=request.remote_addr or "", user_agent=request.user_agent.string, sha256=form.sha256.data or ""
        )
        try:
            answering.accept_offer(offer, signature=signature)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".answer", token=token))
    form.sha256.data = offer.document.sha256 if offer.document else ""
    decided_on = offer.decided_at.astimezone(ZoneInfo(offer.location.time_zone)).date() if offer.decided_at else None
    open_until_now = offer.state is OfferState.SENT and offer.expires_on >= today(offer.location.time_zone)
    filled = answering.position_filled() if open_until_now and not has_free_opening(offer.application.posting) else ""
    is_open = open_until_now and not filled
    return page("hiring/offers/answer.html", form=form, offer=offer, token=token, is_open=is_open, filled=filled, decided_on=decided_on)


@bp.route("/<token>/decline", methods=["GET", "POST"])
@private_link_page
@limiter.limit("30 per minute")
def decline(token: str) -> ResponseReturnValue:
    """Decline the offer."""
    offer = _offer(token)
    form = DeclineOfferForm()
    if form.validate_on_submit():
        answering.decline_offer(offer, reason=form.reason.data or "")
        return redirect(url_for(".answer", token=token))
    return page("hiring/offers/decline.html", form=form, offer=offer, token=token)


@bp.post("/<token>/seen")
@private_link_page
@limiter.limit("30 per minute")
def seen(token: str) -> ResponseReturnValue:
    """A browser that runs scripts showed the page: programs that only follow links in mails do not come here."""
    answering.note_seen(_offer(token))
    return "", 204


@bp.route("/<token>/other-terms", methods=["GET", "POST"])
@private_link_page
@limiter.limit("10 per minute")
def other_terms(token: str) -> ResponseReturnValue:
    """Ask for other terms before answering."""
    offer = _offer(token)
    form = WishForm()
    if form.validate_on_submit():
        try:
            answering.ask_for_change(offer, wish=form.wish.data or "")
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("We have told the people who write the offer. They will get in touch; until then the offer stands as it is."), "success")
            return redirect(url_for(".answer", token=token))
    return page("hiring/offers/other_terms.html", form=form, offer=offer, token=token)


@bp.route("/<token>/signed.pdf")
@private_link_page
def signed(token: str) -> ResponseReturnValue:
    """The sealed copy with the evidence of acceptance."""
    offer = _offer(token)
    if offer.signed_document is None:
        raise NotFound(_("The signed copy is being made. Try again in a minute."))
    return send_stored_file(offer.signed_document.file)


@bp.route("/<token>/letter.pdf")
@private_link_page
def letter(token: str) -> ResponseReturnValue:
    """The exact PDF that was sent."""
    offer = _offer(token)
    assert offer.document is not None
    return send_stored_file(offer.document.file, inline=request.args.get("inline") == "1")
