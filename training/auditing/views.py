"""Pages on which compliance gives auditors access, ends it, and reads what they looked at."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.errors import Refusal
from core.people.queries import get_person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.auditing import actions, queries
from training.auditing.forms import AccessForm, EndAccessForm
from training.auditing.models import AuditGrant
from training.auditing.sight import is_auditor, scope_of
from training.evidence.queries import choices

bp = Blueprint("auditing", __name__, url_prefix="/auditor-access")


@bp.app_template_global()
def audits_now() -> bool:
    """Whether who looks is an auditor, of whom each look is kept."""
    return g.get("person") is not None and is_auditor(g.person)


@bp.app_template_global()
def audit_period() -> tuple[object, object] | None:
    """The days an auditor's access covers, where it covers only some."""
    scope = scope_of(g.person)
    return None if scope is None or (scope.since is None and scope.until is None) else (scope.since, scope.until)


@bp.route("")
@access(Right.WRITE_RULES)
def grants() -> ResponseReturnValue:
    """The access given so far."""
    shown = queries.grants_page(number=wanted_page())
    return page("training/auditing/grants.html", grants=shown, looks=queries.looks_of([one.id for one in shown.rows]), at=now())


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WRITE_RULES)
def give() -> ResponseReturnValue:
    """Give an auditor access."""
    day = today(g.person.time_zone)
    form = AccessForm(data=None if AccessForm().is_submitted() else {"ends_on": day + timedelta(days=14)})
    form.offer(choices(g.person, on=day), auditors=list(queries.auditors()))
    if form.validate_on_submit():
        ends_at = datetime.combine(form.ends_on.data + timedelta(days=1), time(), ZoneInfo(g.person.time_zone))
        auditor = get_person(UUID(form.auditor.data))
        try:
            grant = actions.give_access(auditor, form.scope(), reason=form.reason.data or "", ends_at=ends_at, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The auditor has access from now on, until it ends by itself."), "success")
            return redirect(url_for(".show", grant_id=grant.public_id))
    return page("training/auditing/give.html", form=form)


@bp.route("/<uuid:grant_id>")
@access(Right.WRITE_RULES)
def show(grant_id: UUID) -> ResponseReturnValue:
    """One auditor's access, and every page looked at under it."""
    return _show(queries.get_grant(grant_id), EndAccessForm(formdata=None))


@bp.route("/<uuid:grant_id>/end", methods=["POST"])
@access(Right.WRITE_RULES)
def end(grant_id: UUID) -> ResponseReturnValue:
    """End the access before its time."""
    grant, form = queries.get_grant(grant_id), EndAccessForm()
    if form.validate_on_submit():
        actions.end_access(grant, reason=form.reason.data or "", by=g.person)
        flash(_("The access is ended. The auditor's next request gets nothing."), "success")
        return redirect(url_for(".show", grant_id=grant.public_id))
    return _show(grant, form)


def _show(grant: AuditGrant, form: EndAccessForm) -> ResponseReturnValue:
    offered = choices(g.person, on=today(g.person.time_zone))
    named = [
        (label, ", ".join(words for value, words in pairs if value in chosen))
        for label, chosen, pairs in (
            (_("Departments"), grant.departments, offered.departments),
            (_("Places"), grant.places, offered.places),
            (_("Rules"), grant.rules, offered.rules),
            (_("Regulations"), grant.regulations, [(one, one) for one in grant.regulations]),
        )
        if chosen
    ]
    looks = queries.looks_page(grant, number=wanted_page())
    return page("training/auditing/grant.html", form=form, grant=grant, named=named, looks=looks, runs=grant.runs(at=now()))
