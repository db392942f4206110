"""Pages on who approves what, and who stands in for whom."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from core.clock import today
from core.errors import NotFound, Refusal
from core.people import queries as people
from core.people.models import Person
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import page
from hiring.approval_seats.queries import vacant_seats
from hiring.approvals import actions, queries
from hiring.approvals.actions import PlannedStep
from hiring.approvals.forms import STEPS, ApprovalTemplateForm, DelegateForm
from hiring.approvals.labels import HINDRANCES, KINDS
from hiring.approvals.models import ApprovalKind, ApprovalTemplate
from hiring.approvals.policy import RIGHT

bp = Blueprint("approvals", __name__)


def _approvers() -> dict[str, Person]:
    found = {str(person.public_id): person for right in sorted(set(RIGHT.values())) for person in people.people_with_right(right)}
    return dict(sorted(found.items(), key=lambda item: item[1].name))


@bp.get("/approval-chains")
@access(Right.WRITE_APPROVAL_CHAINS)
def templates() -> ResponseReturnValue:
    """Every chain the company wants."""
    return page("hiring/approvals/templates.html", templates=queries.templates(), kinds=KINDS, vacant=vacant_seats(g.person), hindrances=HINDRANCES)


@bp.route("/approval-chains/new", methods=["GET", "POST"])
@access(Right.WRITE_APPROVAL_CHAINS)
def new_template() -> ResponseReturnValue:
    """Describe a chain."""
    return _template_page(None)


@bp.route("/approval-chains/<uuid:template_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_APPROVAL_CHAINS)
def edit_template(template_id: UUID) -> ResponseReturnValue:
    """Change a chain; those under way keep their steps."""
    return _template_page(queries.get_template(template_id))


def _template_page(template: ApprovalTemplate | None) -> ResponseReturnValue:
    approvers = _approvers()
    departments = {str(department.public_id): department for department in people.departments()}
    form = ApprovalTemplateForm(data=None if template is None else _as_form(template))
    form.department.choices = [SelectChoice("", _("The whole company")), *pairs(list(departments.values()))]
    for part in form.steps:
        part.form.people.choices = [SelectChoice(key, person.name) for key, person in approvers.items()]
    if form.validate_on_submit():
        try:
            actions.save_template(
                template,
                kind=ApprovalKind(form.kind.data),
                department=departments.get(form.department.data or ""),
                steps=_steps(form, approvers),
                by=g.person,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved. New approvals take these steps; those under way keep theirs."), "success")
            return redirect(url_for(".templates"))
    return page("hiring/approvals/edit_template.html", form=form)


def _steps(form: ApprovalTemplateForm, approvers: dict[str, Person]) -> list[PlannedStep]:
    return [
        PlannedStep(
            part.form.name.data.strip(),
            tuple(approvers[key] for key in part.form.people.data or ()),
            part.form.needed.data or 1,
            part.form.only_out_of_band.data,
            part.form.hiring_manager.data,
        )
        for part in form.steps
        if (part.form.name.data or "").strip()
    ]


def _as_form(template: ApprovalTemplate) -> dict[str, object]:
    steps = [
        {
            "name": step.name,
            "hiring_manager": step.hiring_manager,
            "people": [str(seat.person.public_id) for seat in step.seats],
            "needed": step.needed,
            "only_out_of_band": step.only_out_of_band,
        }
        for step in template.steps
    ]
    return {
        "kind": template.kind.value,
        "department": str(template.department.public_id) if template.department else "",
        "steps": [*steps, *({} for _place in range(STEPS - len(steps)))],
    }


@bp.route("/my-stand-in", methods=["GET", "POST"])
@access(Right.APPROVE_OFFERS)
def stand_in() -> ResponseReturnValue:
    """Name who decides for me while I am away."""
    others = {key: person for key, person in _approvers().items() if person.id != g.person.id}
    form = DelegateForm(from_on=today(g.person.time_zone))
    form.delegate.choices = [SelectChoice(key, person.name) for key, person in others.items()]
    if form.validate_on_submit():
        try:
            actions.delegate(g.person, to=others[form.delegate.data], from_on=form.from_on.data, until_on=form.until_on.data, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s stands in for you on these days.", name=others[form.delegate.data].name), "success")
            return redirect(url_for(".stand_in"))
    return page("hiring/approvals/stand_in.html", form=form, standing=queries.delegations_of(g.person))


@bp.post("/my-stand-in/<uuid:delegation_id>/end")
@access(Right.APPROVE_OFFERS)
def end_stand_in(delegation_id: UUID) -> ResponseReturnValue:
    """End a stand-in's time."""
    standing = next((one for one in queries.delegations_of(g.person) if one.public_id == delegation_id), None)
    if standing is None:
        raise NotFound
    actions.end_delegation(standing, by=g.person)
    flash(_("%(name)s no longer stands in for you.", name=standing.delegate.name), "success")
    return redirect(url_for(".stand_in"))
