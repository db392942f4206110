"""Pages of findings."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Refusal
from core.people.choosing import choose_person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.catalogue.queries import get_course
from training.evidence.queries import choices
from training.findings import actions, labels, policy, queries
from training.findings.forms import FindingForm, MoveForm
from training.findings.models import AuditFinding, FindingState, Severity
from training.requirements.queries import find_rule_of

bp = Blueprint("findings", __name__, url_prefix="/audit-findings")
STEPS = {"act": actions.act_on, "close": actions.close, "reopen": actions.reopen}


@bp.route("")
@access(Right.WORK)
def findings() -> ResponseReturnValue:
    """Findings: all for who checks compliance, else those one owns."""
    asked = request.args.get("state", "")
    state = FindingState(asked) if asked in set(FindingState) else None
    shown = queries.findings_page(g.person, number=wanted_page(), state=state)
    return page("training/findings/findings.html", findings=shown, labels=labels, state=state, may_raise=policy.can_raise(g.person), today=_day())


def _day() -> Any:
    return today(g.person.time_zone)


@bp.route("/new", methods=["GET", "POST"])
@access(Right.SEE_COMPLIANCE)
def add() -> ResponseReturnValue:
    """Raise a finding; what it concerns may come with the address."""
    form = FindingForm(data={name: request.args[name][:300] for name in ("person", "rule", "course") if name in request.args})
    form.offer(choices(g.person, on=_day()))
    if form.validate_on_submit():
        try:
            finding = _raised(form)
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.refuse(refusal)
        else:
            flash(_("The finding is raised. Its owner reads of it under what waits."), "success")
            return redirect(url_for(".show", finding_id=finding.public_id))
    return page("training/findings/new.html", form=form)


def _raised(form: FindingForm) -> AuditFinding:
    return actions.raise_finding(
        form.text.data or "",
        severity=Severity(form.severity.data),
        person=choose_person(form.person.data, on=_day(), field="person"),
        rule=find_rule_of(UUID(form.rule.data)) if form.rule.data else None,
        course=get_course(UUID(form.course.data), viewer=g.person) if form.course.data else None,
        owner=choose_person(form.owner.data, on=_day(), field="owner"),
        due_on=form.due_on.data,
        today=_day(),
        by=g.person,
    )


@bp.route("/<uuid:finding_id>")
@access(Right.WORK)
def show(finding_id: UUID) -> ResponseReturnValue:
    """One finding with its history."""
    return _show(queries.get_finding(finding_id, viewer=g.person), MoveForm(formdata=None))


@bp.route("/<uuid:finding_id>/<any(act, close, reopen):step>", methods=["POST"])
@access(Right.WORK)
def move(finding_id: UUID, step: str) -> ResponseReturnValue:
    """Say what was done, close, or open again."""
    finding, form = queries.get_finding(finding_id, viewer=g.person), MoveForm()
    if form.validate_on_submit():
        STEPS[step](finding, text=form.text.data or "", by=g.person)
        flash(_("It is written down."), "success")
        return redirect(url_for(".show", finding_id=finding.public_id))
    return _show(finding, form)


def _show(finding: AuditFinding, form: MoveForm) -> ResponseReturnValue:
    may = {"act": policy.can_act(g.person, finding), "close": policy.can_close(g.person, finding), "reopen": policy.can_reopen(g.person, finding)}
    told = {"finding": finding, "moves": queries.moves_of(finding), "labels": labels, "may": may, "today": _day()}
    return page("training/findings/finding.html", form=form, reads_all=policy.can_raise(g.person), **told)
