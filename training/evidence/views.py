"""Pages of evidence packs: asking for one, how far it is, handing it out, and how to check it."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from core.clock import today
from core.documents.sealing import seal_fingerprint
from core.errors import Refusal
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.auditing.sight import last_day_within
from training.evidence import actions, labels, policy, queries
from training.evidence.checking import steps
from training.evidence.documents import file_name
from training.evidence.forms import PackForm

bp = Blueprint("evidence", __name__, url_prefix="/evidence")


@bp.route("")
@access(Right.SEE_COMPLIANCE)
def packs() -> ResponseReturnValue:
    """The packs made so far."""
    return page("training/evidence/packs.html", packs=queries.packs_page(g.person, number=wanted_page()), labels=labels)


@bp.route("/new", methods=["GET", "POST"])
@access(Right.SEE_COMPLIANCE)
def ask() -> ResponseReturnValue:
    """Ask for a pack; what the matrix was filtered by is filled in."""
    day = today(g.person.time_zone)
    asked = {name: request.args[name] for name in ("department", "role", "manager", "course", "rule", "regulation", "place") if name in request.args}
    last = last_day_within(g.person, day)
    form = PackForm(data={"since": last_day_within(g.person, last - timedelta(days=365)), "until": last, **asked})
    form.offer(queries.choices(g.person, on=day))
    if form.validate_on_submit():
        days = {"since": form.since.data, "until": form.until.data, "known_on": form.known_on.data}
        try:
            pack = actions.ask_for_pack(form.wanted(), **days, named=form.named(), language=str(get_locale() or "en"), today=day, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The pack is being made. This page shows how far it is."), "success")
            return redirect(url_for(".show", pack_id=pack.public_id))
    return page("training/evidence/ask.html", form=form)


@bp.route("/<uuid:pack_id>")
@access(Right.SEE_COMPLIANCE)
def show(pack_id: UUID) -> ResponseReturnValue:
    """One pack: how far it is, what it holds, and how to check it."""
    pack = queries.get_pack(pack_id, viewer=g.person)
    ready = policy.can_download(g.person, pack)
    return page(
        "training/evidence/pack.html",
        pack=pack,
        labels=labels,
        steps=steps(file_name(pack.document.code), report_hash=pack.report_hash, certificate=seal_fingerprint()) if ready and pack.document else [],
        may_download=ready,
        may_take_up=policy.can_take_up(g.person, pack),
    )


@bp.route("/<uuid:pack_id>/progress")
@access(Right.SEE_COMPLIANCE)
def progress(pack_id: UUID) -> ResponseReturnValue:
    """How far a pack is, for the page that waits for it."""
    pack = queries.get_pack(pack_id, viewer=g.person)
    response = page("training/evidence/progress.html", pack=pack, labels=labels)
    if pack.state not in labels.RUNNING:
        response.headers["HX-Refresh"] = "true"
    return response


@bp.route("/<uuid:pack_id>/download", methods=["POST"])
@access(Right.SEE_COMPLIANCE)
def download(pack_id: UUID) -> ResponseReturnValue:
    """The exact bytes that were sealed; that they were handed out is written down."""
    pack = queries.get_pack(pack_id, viewer=g.person)
    actions.note_download(pack, by=g.person)
    assert pack.document is not None
    response = send_stored_file(pack.document.file)
    response.headers.set("Content-Disposition", "attachment", filename=file_name(pack.document.code))
    return response


@bp.route("/<uuid:pack_id>/take-up", methods=["POST"])
@access(Right.SEE_COMPLIANCE)
def take_up(pack_id: UUID) -> ResponseReturnValue:
    """Let a pack that failed go on where it was."""
    pack = queries.get_pack(pack_id, viewer=g.person)
    actions.take_up(pack, by=g.person)
    flash(_("The pack is being made again from where it was."), "success")
    return redirect(url_for(".show", pack_id=pack.public_id))
