"""Pages for those who write and approve offers."""

from decimal import Decimal
from uuid import UUID

from flask import Blueprint, flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from core.clock import today
from core.errors import Refusal
from core.files.sending import send_stored_file
from core.people import queries as people
from core.people.models import Person
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from hiring.applications.models import Application
from hiring.applications.queries import get_application
from hiring.approval_seats.policy import may_name
from hiring.approvals.actions import PlannedStep, planned_steps
from hiring.approvals.labels import HINDRANCES
from hiring.approvals.labels import STEP_STATES as APPROVAL_WORDS
from hiring.approvals.models import ApprovalKind
from hiring.approvals.policy import step_states
from hiring.approvals.queries import chain_of, hindered_in, stands_in_for
from hiring.offers import actions, queries, sending, versions
from hiring.offers.forms import OfferForm, StepForm, TemplateForm, minor_units
from hiring.offers.labels import OFFER_STATE_LABELS, OFFER_STATE_TONES
from hiring.offers.letters import FIELDS
from hiring.offers.models import OPEN_STATES, Offer, OfferMove, OfferState
from hiring.offers.policy import can_approve, can_edit, can_renew, can_write, is_out_of_band
from hiring.offers.terms import Terms
from hiring.profiles.queries import letter_for
from hiring.requisitions.queries import has_free_opening, requisition_of

bp = Blueprint("offers", __name__)


@bp.route("/offers")
@access(Right.SEE_OFFERS)
def listing() -> ResponseReturnValue:
    """Offers I may see, latest first."""
    found = queries.offers_page(g.person, number=wanted_page())
    return page(
        "hiring/offers/list.html", offers=found, may_write=can_write(g.person), state_labels=OFFER_STATE_LABELS, state_tones=OFFER_STATE_TONES
    )


def prepared(form: OfferForm, application: Application) -> OfferForm:
    """The form with its choices; the approver is left out where the company wants a chain."""
    form.planned = _planned(application)
    colleagues = pairs(people.employees(on=today(g.person.time_zone)))
    form.location.choices = pairs(people.locations())
    form.manager.choices = colleagues
    form.buddy.choices = [SelectChoice("", _("Nobody yet")), *colleagues]
    if form.planned:
        del form.approver
    else:
        form.approver.choices = pairs([person for person in people.people_with_right(Right.APPROVE_OFFERS) if person.id != g.person.id])
    return form


def _planned(application: Application) -> list[PlannedStep]:
    manager = people.get_person_by_key(application.posting.hiring_manager_id)
    return planned_steps(ApprovalKind.OFFER, department_id=application.posting.department_id, hiring_manager=manager)


def _approver(form: OfferForm, chosen: dict[str, Person]) -> Person:
    """Whom the form names; where the company wants a chain, the first in it who did not write the offer."""
    if "approver" in form:
        return chosen[form.approver.data]
    return next((person for step in form.planned for person in step.people if person.id != g.person.id), g.person)


def typed_terms(form: OfferForm, application: Application) -> Terms:
    """The terms a valid form holds."""
    chosen = {
        str(person.public_id): person for person in [*people.employees(on=today(g.person.time_zone)), *people.people_with_right(Right.APPROVE_OFFERS)]
    }
    places = {str(place.public_id): place for place in people.locations()}
    return Terms(
        salary=minor_units(form.salary.data),
        currency=application.posting.currency,
        starts_on=form.starts_on.data,
        expires_on=form.expires_on.data,
        location=places[form.location.data],
        manager=chosen[form.manager.data],
        buddy=chosen.get(form.buddy.data or ""),
        approver=_approver(form, chosen),
        benefits=form.benefits.data or "",
        bonus=form.bonus.data or "",
        probation_days=form.probation_days.data,
        letter=form.letter.data,
        language=form.language.data,
    )


@bp.route("/applications/<uuid:application_id>/offers/new", methods=["GET", "POST"])
@access(Right.WRITE_OFFERS)
def new(application_id: UUID) -> ResponseReturnValue:
    """Draft an offer from a letter template."""
    application = get_application(application_id, viewer=g.person)
    templates = queries.templates()
    form = prepared(OfferForm(language=application.posting.language), application)
    if form.validate_on_submit():
        try:
            offer = actions.draft_offer(application, terms=typed_terms(form, application), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The offer is drafted. Look at the letter, then ask for approval."), "success")
            return redirect(url_for(".show", offer_id=offer.public_id))
    elif not form.is_submitted():
        _suggest(form, application, request.args.get("template", ""))
    return page("hiring/offers/edit.html", form=form, application=application, offer=None, templates=templates, fields=FIELDS)


def _suggest(form: OfferForm, application: Application, template_id: str) -> None:
    templates = queries.templates()
    wanted = next((t for t in templates if str(t.public_id) == template_id), None)
    fitting = wanted or letter_for(application.posting) or next((t for t in templates if t.language == application.posting.language), None)
    form.letter.data = fitting.body if fitting else ""
    form.location.data = str(application.posting.location.public_id)
    suggested = people.get_person_by_key(application.posting.hiring_manager_id)
    form.manager.data = str(suggested.public_id)
    if "approver" in form:
        form.approver.data = str(suggested.public_id)


@bp.route("/offers/<uuid:offer_id>")
@access(Right.SEE_OFFERS)
def show(offer_id: UUID) -> ResponseReturnValue:
    """One offer: terms, letter, history, and what may be done next."""
    offer = queries.get_offer(offer_id, viewer=g.person)
    return offer_page(offer, StepForm(version=offer.version))


def _said(move: OfferMove) -> str:
    return str(_("Terms changed") if move.from_state is move.to_state else OFFER_STATE_LABELS[move.to_state])


def offer_page(offer: Offer, step: StepForm) -> ResponseReturnValue:
    """The page of one offer, with a step's form that may hold errors."""
    events = [
        {"when": move.at, "who": move.by.name if move.by else _("the system"), "text": _said(move), "detail": move.reason}
        for move in reversed(offer.moves)
    ]
    chain = chain_of(ApprovalKind.OFFER, offer.public_id)
    return page(
        "hiring/offers/show.html",
        form=step if step.errors else None,
        offer=offer,
        step=step,
        events=events,
        may_edit=can_edit(g.person, offer),
        chain=chain,
        step_states=step_states(chain) if chain is not None else [],
        approval_words=APPROVAL_WORDS,
        hindered=hindered_in(chain),
        hindrances=HINDRANCES,
        may_name=may_name(g.person, offer),
        may_approve=can_approve(g.person, offer, chain, stands_in_for=stands_in_for(g.person, on=today(g.person.time_zone))),
        may_write=can_write(g.person),
        state_labels=OFFER_STATE_LABELS,
        state_tones=OFFER_STATE_TONES,
        versions=versions.version_count(offer),
        may_renew=can_renew(g.person, offer, is_newest=queries.next_number(offer.application) == offer.number + 1),
        requisition=requisition_of(offer.application.posting),
        is_out_of_band=offer.state in OPEN_STATES and is_out_of_band(offer.salary, offer.application.posting),
        is_full=offer.state is OfferState.SENT and not has_free_opening(offer.application.posting),
    )


@bp.route("/offers/<uuid:offer_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_OFFERS)
def edit(offer_id: UUID) -> ResponseReturnValue:
    """Change the terms of a draft."""
    offer = queries.get_offer(offer_id, viewer=g.person)
    form = prepared(OfferForm(**_as_form(offer)), offer.application)
    if form.validate_on_submit():
        try:
            seen = form.version.data if form.version.data is not None else offer.version
            actions.change_offer(offer, terms=typed_terms(form, offer.application), by=g.person, version=seen)
        except Refusal as refusal:
            form.refuse(refusal)
            return page(
                "hiring/offers/edit.html", form=form, application=offer.application, offer=offer, templates=[], fields=FIELDS, status=refusal.status
            )
        flash(_("The offer is saved."), "success")
        return redirect(url_for(".show", offer_id=offer_id))
    return page("hiring/offers/edit.html", form=form, application=offer.application, offer=offer, templates=[], fields=FIELDS)


def _as_form(offer: Offer) -> dict[str, object]:
    return {
        "salary": Decimal(offer.salary) / 100,
        "starts_on": offer.starts_on,
        "expires_on": offer.expires_on,
        "location": str(offer.location.public_id),
        "manager": str(offer.manager.public_id),
        "buddy": str(offer.buddy.public_id) if offer.buddy else "",
        "approver": str(offer.approver.public_id),
        "benefits": offer.benefits,
        "bonus": offer.bonus,
        "probation_days": offer.probation_days,
        "language": offer.language,
        "letter": offer.letter,
        "version": offer.version,
    }


@bp.route("/offers/<uuid:offer_id>/letter.pdf")
@access(Right.SEE_OFFERS)
def letter(offer_id: UUID) -> ResponseReturnValue:
    """The letter: the exact bytes once it was sent, a preview before."""
    offer = queries.get_offer(offer_id, viewer=g.person)
    if offer.document is not None:
        return send_stored_file(offer.document.file, inline=True)
    answer = make_response(sending.make_letter(offer))
    answer.headers.update(
        {"Content-Type": "application/pdf", "Content-Disposition": "inline; filename=preview.pdf", "Content-Security-Policy": "sandbox"}
    )
    return answer


STEPS = {
    "ask": (actions.ask_for_approval, False),
    "approve": (actions.approve_offer, False),
    "send": (sending.send_offer, False),
    "return": (actions.send_back, True),
    "withdraw": (actions.withdraw_offer, True),
}


@bp.route("/offers/<uuid:offer_id>/<any(ask,approve,send,return,withdraw):step>", methods=["POST"])
@access(Right.SEE_OFFERS)
def take_step(offer_id: UUID, step: str) -> ResponseReturnValue:
    """Ask for approval, approve, send, take back into draft, or withdraw."""
    offer = queries.get_offer(offer_id, viewer=g.person)
    form = StepForm()
    act, needs_reason = STEPS[step]
    if form.validate_on_submit():
        try:
            act(offer, by=g.person, version=form.version.data, **({"reason": form.reason.data or ""} if needs_reason else {}))  # type: ignore[operator]
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("Done: the offer has moved on."), "success")
            return redirect(url_for(".show", offer_id=offer_id))
    return offer_page(offer, form)


@bp.route("/offer-templates")
@access(Right.WRITE_OFFERS)
def templates() -> ResponseReturnValue:
    """The letter templates."""
    return page("hiring/offers/templates.html", templates=queries.templates())


@bp.route("/offer-templates/new", methods=["GET", "POST"])
@access(Right.WRITE_OFFERS)
def new_template() -> ResponseReturnValue:
    """Write a letter template."""
    return _template_form(None)


@bp.route("/offer-templates/<uuid:template_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_OFFERS)
def edit_template(template_id: UUID) -> ResponseReturnValue:
    """Change a letter template; offers already drafted keep their own text."""
    return _template_form(template_id)


def _template_form(template_id: UUID | None) -> ResponseReturnValue:
    template = None if template_id is None else queries.get_template(template_id)
    form = TemplateForm(obj=template)
    if form.validate_on_submit():
        try:
            actions.save_template(template, name=form.name.data, language=form.language.data, body=form.body.data, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The letter is saved."), "success")
            return redirect(url_for(".templates"))
    return page("hiring/offers/edit_template.html", form=form, letter=template, fields=FIELDS)
