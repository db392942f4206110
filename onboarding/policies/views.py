"""Pages of policies: everyone reads them, human resources publishes them."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Conflict, Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.policies import actions, queries
from onboarding.policies.forms import PolicyForm, PolicyVersionForm

bp = Blueprint("policies", __name__, url_prefix="/policies")


@bp.route("")
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """Every policy."""
    can_write = g.person.may(Right.RUN_ONBOARDING)
    counts = queries.acknowledgement_counts() if can_write else {}
    return page("onboarding/policies/index.html", policies=queries.policies(), counts=counts, can_write=can_write)


@bp.route("/new", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def new() -> ResponseReturnValue:
    """Publish a new policy."""
    form = PolicyForm()
    if form.validate_on_submit():
        try:
            policy = actions.write_policy(title=form.title.data, text=form.text.data, language=form.language.data, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Published. Add a task to a template so that new hires acknowledge it."), "success")
            return redirect(url_for(".show", policy_id=policy.public_id))
    return page("onboarding/policies/new.html", form=form)


@bp.route("/<uuid:policy_id>")
@access(Right.WORK)
def show(policy_id: UUID) -> ResponseReturnValue:
    """A policy as it is in force, and its earlier versions."""
    policy = queries.get_policy(policy_id)
    can_write = g.person.may(Right.RUN_ONBOARDING)
    return page("onboarding/policies/show.html", policy=policy, edition=policy.editions[0], can_write=can_write)


@bp.route("/<uuid:policy_id>/publish", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def publish(policy_id: UUID) -> ResponseReturnValue:
    """Publish a new text; a second writer gets 409 and keeps what they typed."""
    policy = queries.get_policy(policy_id)
    form = PolicyVersionForm(data={"text": policy.editions[0].text, "number": policy.number, "asks_again": True})
    status = None
    if form.validate_on_submit():
        try:
            actions.publish_version(
                policy,
                text=form.text.data,
                summary=form.summary.data or "",
                number=form.number.data or 0,
                asks_again=form.asks_again.data,
                by=g.person,
            )
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            if isinstance(refusal, Conflict):
                form.number.data, form.number.raw_data, status = policy.number, None, 409
        else:
            flash(_("Version %(number)d is in force.", number=policy.number), "success")
            return redirect(url_for(".show", policy_id=policy_id))
    return page("onboarding/policies/publish.html", form=form, policy=policy, status=status)
