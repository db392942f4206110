"""Pages on what became of an offer's terms: versions side by side, another version instead of a sent one, the signed copy."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound, Refusal
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.offers import actions, queries, versions
from hiring.offers.forms import StepForm
from hiring.offers.labels import TERM_LABELS
from hiring.offers.views import offer_page

bp = Blueprint("offer_versions", __name__)


@bp.route("/offers/<uuid:offer_id>/signed.pdf")
@access(Right.SEE_OFFERS)
def signed(offer_id: UUID) -> ResponseReturnValue:
    """The sealed copy with the evidence of acceptance."""
    offer = queries.get_offer(offer_id, viewer=g.person)
    if offer.signed_document is None:
        raise NotFound(_("There is no signed copy yet."))
    return send_stored_file(offer.signed_document.file, inline=True)


@bp.route("/offers/<uuid:offer_id>/versions")
@access(Right.SEE_OFFERS)
def compare(offer_id: UUID) -> ResponseReturnValue:
    """Every version of the terms side by side, with what changed from one to the next."""
    offer = queries.get_offer(offer_id, viewer=g.person)
    found = versions.versions_of(offer)
    changed = versions.changed_names([version for _offer, version in found])
    return page("hiring/offers/versions.html", offer=offer, versions=list(zip(found, changed, strict=True)), term_labels=TERM_LABELS)


@bp.post("/offers/<uuid:offer_id>/renegotiate")
@access(Right.WRITE_OFFERS)
def renegotiate(offer_id: UUID) -> ResponseReturnValue:
    """Put a new draft in the place of a sent offer."""
    offer = queries.get_offer(offer_id, viewer=g.person)
    form = StepForm()
    if form.validate_on_submit():
        try:
            later = actions.renegotiate_offer(offer, by=g.person, reason=form.reason.data or "", version=form.version.data)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("The sent offer can no longer be accepted. Change the terms of this draft, then ask for approval."), "success")
            return redirect(url_for("offers.edit", offer_id=later.public_id))
    return offer_page(offer, form)
