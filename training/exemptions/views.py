"""Pages of exemptions: the list for audits, asking, one exemption, and what is decided about it."""

from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.errors import NotFound, Refusal
from core.files.rules import DOCUMENT
from core.files.sending import send_stored_file
from core.files.store import store_upload
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from core.web.spreadsheets import csv_text
from core.web.uploads import takes_files
from training.catalogue.queries import courses_in_force
from training.exemptions import actions, labels, policy, queries
from training.exemptions.export import export_rows
from training.exemptions.forms import AskForm, ReasonForm, RevokeForm
from training.exemptions.models import Exemption, ExemptionState

bp = Blueprint("exemptions", __name__, url_prefix="/exemptions")


@bp.route("")
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """Exemptions: everybody's for those who see compliance, otherwise those about oneself and those one asked for."""
    asked = request.args.get("state", "")
    state = ExemptionState(asked) if asked in set(ExemptionState) else None
    words = request.args.get("words", "").strip()[:80]
    found = queries.exemptions_page(g.person, state=state, words=words, number=wanted_page())
    return page("training/exemptions/index.html", exemptions=found, state=state, words=words, labels=labels, sees_all=policy.sees_all(g.person))


@bp.route("/export.csv")
@access(Right.SEE_COMPLIANCE)
def export() -> ResponseReturnValue:
    """Every exemption as CSV, for an audit."""
    text = csv_text(export_rows(queries.exemptions_for_export(g.person)))
    headers = {"Content-Disposition": f'attachment; filename="exemptions-{now().date().isoformat()}.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)


def _may_ask(person_id: UUID) -> Person:
    person = get_person(person_id)
    if not policy.can_ask(g.person, person, leads=actions.leads(g.person, person)):
        raise NotFound
    return person


@bp.route("/people/<uuid:person_id>/ask", methods=["GET", "POST"])
@access(Right.WORK)
@takes_files
def ask(person_id: UUID) -> ResponseReturnValue:
    """Ask that a person be exempt from a course."""
    person = _may_ask(person_id)
    form = AskForm(valid_from=today(person.time_zone), course=request.args.get("course", ""))
    return _asking(form, person)


@bp.route("/<uuid:exemption_id>/renew", methods=["GET", "POST"])
@access(Right.WORK)
@takes_files
def renew(exemption_id: UUID) -> ResponseReturnValue:
    """Ask for it again, from the day after it ends; a second person decides anew."""
    before = queries.get_exemption(exemption_id, viewer=g.person)
    person = _may_ask(before.person.public_id)
    first = actions.first_day_after(before)
    return _asking(AskForm(valid_from=first, course=str(before.course.public_id), reason=before.reason), person, renews=before)


def _asking(form: AskForm, person: Person, *, renews: Exemption | None = None) -> ResponseReturnValue:
    courses = [renews.course] if renews else courses_in_force()
    form.offer(courses=courses)
    if form.validate_on_submit():
        course = next(one for one in courses if str(one.public_id) == form.course.data)
        upload = request.files.get("file")
        try:
            actions.insist_on_sound(form.asked())
            file = store_upload(upload, accept=DOCUMENT, by=g.person, person=person, field="file") if upload and upload.filename else None
            asked = actions.ask_exemption(person, course, form.asked(), by=g.person, file=file, renews=renews)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("The exemption is asked for. It counts once a second person approves it."), "success")
            return redirect(url_for(".show", exemption_id=asked.public_id))
    return page("training/exemptions/ask.html", form=form, person=person, renews=renews, accept=DOCUMENT)


@bp.route("/<uuid:exemption_id>")
@access(Right.WORK)
def show(exemption_id: UUID) -> ResponseReturnValue:
    """One exemption, and what can be done about it."""
    return _page(queries.get_exemption(exemption_id, viewer=g.person))


def _page(exemption: Exemption, *, refusing: ReasonForm | None = None, revoking: RevokeForm | None = None) -> ResponseReturnValue:
    return page(
        "training/exemptions/exemption.html",
        form=refusing or revoking,
        exemption=exemption,
        refusing=refusing or ReasonForm(formdata=None, prefix="refuse"),
        revoking=revoking or RevokeForm(formdata=None, prefix="revoke", from_day=max(today(g.person.time_zone), exemption.valid_from)),
        may_decide=policy.can_decide(g.person, exemption),
        decides=policy.decides(g.person),
        may_withdraw=policy.can_withdraw(g.person, exemption),
        may_revoke=policy.can_revoke(g.person, exemption),
        may_renew=exemption.state is ExemptionState.APPROVED and policy.can_ask(g.person, exemption.person, leads=False),
        labels=labels,
    )


@bp.route("/<uuid:exemption_id>/evidence")
@access(Right.WORK)
def evidence(exemption_id: UUID) -> ResponseReturnValue:
    """The file that was handed in with it."""
    exemption = queries.get_exemption(exemption_id, viewer=g.person)
    if exemption.file is None:
        raise NotFound
    return send_stored_file(exemption.file, inline=True)


@bp.route("/<uuid:exemption_id>/approve", methods=["POST"])
@access(Right.WRITE_RULES)
def approve(exemption_id: UUID) -> ResponseReturnValue:
    """Approve it as the second person."""
    actions.approve_exemption(queries.get_exemption(exemption_id, viewer=g.person), by=g.person)
    flash(_("The exemption is approved and counts from now on."), "success")
    return redirect(url_for(".show", exemption_id=exemption_id))


@bp.route("/<uuid:exemption_id>/refuse", methods=["POST"])
@access(Right.WRITE_RULES)
def refuse(exemption_id: UUID) -> ResponseReturnValue:
    """Refuse it as the second person."""
    exemption, form = queries.get_exemption(exemption_id, viewer=g.person), ReasonForm(prefix="refuse")
    if form.validate_on_submit():
        actions.refuse_exemption(exemption, reason=form.reason.data or "", by=g.person)
        flash(_("The exemption is refused."), "success")
        return redirect(url_for(".show", exemption_id=exemption_id))
    return _page(exemption, refusing=form)


@bp.route("/<uuid:exemption_id>/withdraw", methods=["POST"])
@access(Right.WORK)
def withdraw(exemption_id: UUID) -> ResponseReturnValue:
    """Take back what one asked for."""
    actions.withdraw_exemption(queries.get_exemption(exemption_id, viewer=g.person), by=g.person)
    flash(_("The exemption is no longer asked for."), "success")
    return redirect(url_for(".show", exemption_id=exemption_id))


@bp.route("/<uuid:exemption_id>/revoke", methods=["POST"])
@access(Right.WRITE_RULES)
def revoke(exemption_id: UUID) -> ResponseReturnValue:
    """End it before its time."""
    exemption, form = queries.get_exemption(exemption_id, viewer=g.person), RevokeForm(prefix="revoke")
    if form.validate_on_submit() and form.from_day.data is not None:
        try:
            actions.revoke_exemption(exemption, from_day=form.from_day.data, reason=form.reason.data or "", by=g.person)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("The exemption is revoked. The requirement stands again from that day."), "success")
            return redirect(url_for(".show", exemption_id=exemption_id))
    return _page(exemption, revoking=form)
