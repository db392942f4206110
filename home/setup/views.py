"""Setting up: the company's profile, people's accounts and their roles."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.accounts import actions as accounts
from core.accounts.queries import account_holders
from core.errors import NotFound, Refusal
from core.people import actions, queries
from core.people.labels import ROLE_LABELS
from core.people.rights import Right, Role
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from home.setup.forms import CompanyForm, PersonForm, RolesForm

bp = Blueprint("setup", __name__)


@bp.route("/company", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def company() -> ResponseReturnValue:
    """The company's culture, vision and mission, as every posting shows them."""
    profile = queries.find_company()
    if profile is None:
        raise NotFound(_("The company has not been set up."))
    form = CompanyForm(obj=profile)
    if form.validate_on_submit():
        fields = {name: form[name].data or "" for name in ("name", "culture", "vision", "mission", "website", "address")}
        survey, requisition = bool(form.asks_survey.data), bool(form.needs_requisition.data)
        actions.describe_company(profile, **fields, asks_survey=survey, needs_requisition=requisition, by=g.person)
        flash(_("The company profile is saved."), "success")
        return redirect(url_for(".company"))
    return page("home/setup/company.html", form=form)


@bp.route("/accounts")
@access(Right.ADMINISTER)
def people() -> ResponseReturnValue:
    """Everybody with an account, and their roles."""
    return page("home/setup/accounts.html", holders=account_holders(number=wanted_page()), role_labels=ROLE_LABELS)


@bp.route("/accounts/new", methods=["GET", "POST"])
@access(Right.ADMINISTER)
def add() -> ResponseReturnValue:
    """Add a colleague and send the invitation."""
    form = PersonForm()
    if form.validate_on_submit():
        try:
            accounts.insist_on_free_address(form.email.data)
            person = actions.add_person(name=form.name.data, email=form.email.data, locale=form.locale.data, by=g.person)
            accounts.invite(person, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s has been invited.", name=person.name), "success")
            return redirect(url_for(".roles", person_id=person.public_id))
    return page("home/setup/add.html", form=form)


@bp.route("/accounts/<uuid:person_id>", methods=["GET", "POST"])
@access(Right.ADMINISTER)
def roles(person_id: UUID) -> ResponseReturnValue:
    """The roles of one person."""
    person = queries.get_person(person_id)
    form = RolesForm(roles=[role.value for role in person.roles])
    if form.validate_on_submit():
        wanted = {Role(value) for value in form.roles.data or []}
        try:
            for role in sorted(wanted - person.roles):
                actions.grant_role(person, role, by=g.person)
            for role in sorted(person.roles - wanted):
                actions.end_role(person, role, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The roles of %(name)s are saved.", name=person.name), "success")
            return redirect(url_for(".people"))
    return page("home/setup/roles.html", form=form, person=person)


@bp.route("/accounts/<uuid:person_id>/invite", methods=["POST"])
@access(Right.ADMINISTER)
def invite(person_id: UUID) -> ResponseReturnValue:
    """Send the invitation again."""
    person = queries.get_person(person_id)
    accounts.invite(person, by=g.person)
    flash(_("%(name)s has been invited.", name=person.name), "success")
    return redirect(url_for(".roles", person_id=person.public_id))
