"""Certificates: the file, and taking one back."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.certificates import actions, queries
from training.certificates.forms import ReissueForm, RevokeForm

bp = Blueprint("certificates", __name__, url_prefix="/certificates")


@bp.route("/<uuid:certificate_id>/certificate.pdf")
@access(Right.WORK)
def download(certificate_id: UUID) -> ResponseReturnValue:
    """The exact bytes that were issued."""
    certificate = queries.get_certificate(certificate_id, viewer=g.person)
    return send_stored_file(certificate.document.file, inline=True)


@bp.route("/<uuid:certificate_id>/revoke", methods=["GET", "POST"])
@access(Right.REVOKE_CERTIFICATES)
def revoke(certificate_id: UUID) -> ResponseReturnValue:
    """Take a certificate back, with a reason."""
    certificate = queries.get_certificate(certificate_id, viewer=g.person)
    form = RevokeForm()
    if form.validate_on_submit():
        actions.revoke_certificate(certificate, reason=form.reason.data or "", by=g.person)
        flash(_("The certificate is revoked, and the completion no longer counts."), "success")
        return redirect(url_for("compliance.person", person_id=certificate.completion.person.public_id))
    return page("training/certificates/revoke.html", form=form, certificate=certificate)


@bp.route("/<uuid:certificate_id>/reissue", methods=["GET", "POST"])
@access(Right.REVOKE_CERTIFICATES)
def reissue(certificate_id: UUID) -> ResponseReturnValue:
    """Issue a certificate anew, with a reason."""
    certificate = queries.get_certificate(certificate_id, viewer=g.person)
    form = ReissueForm()
    if form.validate_on_submit():
        actions.reissue(certificate, reason=form.reason.data or "", by=g.person)
        flash(_("The certificate is issued anew and on its way to its holder. The old one says that it was replaced."), "success")
        return redirect(url_for("compliance.person", person_id=certificate.completion.person.public_id))
    return page("training/certificates/reissue.html", form=form, certificate=certificate)
