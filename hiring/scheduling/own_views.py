"""The candidate picks a time, or says that none suits, by their private link."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.calendars.spans import full_span
from core.errors import Invalid, Refusal
from core.web.access import private_link_page
from core.web.i18n import _, locale_name
from core.web.limits import limiter
from hiring.applications.models import Application
from hiring.candidacy.opening import by_link, own_page
from hiring.interviews.forms import ZONES
from hiring.interviews.labels import INTERVIEW_KIND_LABELS
from hiring.scheduling import actions
from hiring.scheduling.changing import change_time, changeable, other_times_of
from hiring.scheduling.days import by_day
from hiring.scheduling.forms import PickForm, RefuseForm, chosen_times
from hiring.scheduling.models import ProposalState, TimeProposal
from hiring.scheduling.queries import get_proposal

bp = Blueprint("my_times", __name__, url_prefix="/my-application")


@bp.route("/<token>/times/<uuid:proposal_id>", methods=["GET", "POST"])
@private_link_page
@limiter.limit("20 per minute", methods=["POST"])
@by_link
def pick(token: str, application: Application, proposal_id: UUID) -> ResponseReturnValue:
    """The times that are still free, in the candidate's zone; one is picked."""
    proposal, form = get_proposal(proposal_id, application=application), PickForm()
    status = None
    if form.validate_on_submit():
        try:
            times = chosen_times(request.form.getlist("time")[:1])
            if not times:
                raise Invalid(_("Choose one of the times."))
            act = change_time if changeable(proposal, application) else actions.pick_time
            act(proposal, times[0], application=application)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Thank you. The time is yours, and an invitation for your calendar is on its way."), "success")
            return redirect(url_for("my_application.show", token=token))
    return _times_page(token, application, proposal, form, RefuseForm(formdata=None), status)


@bp.post("/<token>/times/<uuid:proposal_id>/none")
@private_link_page
@limiter.limit("10 per minute", methods=["POST"])
@by_link
def refuse(token: str, application: Application, proposal_id: UUID) -> ResponseReturnValue:
    """Say that none of the times suits."""
    proposal, form = get_proposal(proposal_id, application=application), RefuseForm()
    if form.validate_on_submit():
        try:
            actions.refuse_times(proposal, form.text.data or "", application=application)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Thank you. The team knows, and looks for other times."), "success")
            return redirect(url_for("my_messages.thread", token=token))
    return _times_page(token, application, proposal, form, form, None)


def _times_page(
    token: str, application: Application, proposal: TimeProposal, form: PickForm | RefuseForm, none_form: RefuseForm, status: int | None
) -> ResponseReturnValue:
    asked = request.args.get("zone", "")
    zone = asked if asked in ZONES else application.candidate.person.time_zone
    is_open, changing = proposal.state is ProposalState.OPEN, changeable(proposal, application)
    free = actions.free_times_of(proposal, application) if is_open else other_times_of(proposal, application)
    return own_page(
        "hiring/scheduling/pick.html",
        token,
        application,
        form=form,
        none_form=none_form,
        proposal=proposal,
        is_open=is_open,
        changing=changing,
        yours=full_span(changing.booking.starts_at, changing.booking.ends_at, zone=zone, locale=locale_name()) if changing else "",
        days=by_day(free, zone),
        zone=ZoneInfo(zone).key,
        zones=ZONES,
        kind_labels=INTERVIEW_KIND_LABELS,
        status=status,
    )
