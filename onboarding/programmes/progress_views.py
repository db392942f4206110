"""Pages on which a new hire, their manager and human resources see how far a programme has come."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.forms import Form
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from onboarding.choices import named
from onboarding.coverage.sessions import objectives_by_session
from onboarding.programmes import policy, queries, taking_part
from onboarding.programmes.forms import BeginForm, EndForm, PassForm
from onboarding.programmes.models import Participation, ParticipationState
from onboarding.shadowing.policy import can_schedule
from onboarding.shadowing.queries import new_hires, sessions_in

bp = Blueprint("progress", __name__, url_prefix="/shadowing/progress")


@bp.route("")
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """Everyone in a programme whom the viewer oversees; a new hire goes to their own."""
    if not g.person.may(Right.SEE_ONBOARDING):
        own = queries.find_participation(g.person, running=False)
        return redirect(url_for(".show", participation_id=own.public_id) if own else url_for("shadowing.index"))
    asked = request.args.get("state", "")
    state = ParticipationState(asked) if asked in set(ParticipationState) else ParticipationState.RUNNING
    found = queries.participations_page(g.person, state=state, number=wanted_page())
    reached = queries.progress_of(found.rows)
    can_begin = g.person.may(Right.SCHEDULE_SHADOWING)
    return page("onboarding/programmes/progress_index.html", found=found, reached=reached, state=state, can_begin=can_begin)


@bp.route("/begin", methods=["GET", "POST"])
@access(Right.SCHEDULE_SHADOWING)
def begin() -> ResponseReturnValue:
    """Let a new hire begin a programme."""
    people = {str(person.public_id): person for person in new_hires(g.person, on=today(g.person.time_zone))}
    programmes = {str(programme.public_id): programme for programme in queries.active_programmes()}
    form = BeginForm(person=request.args.get("person", ""))
    form.person.choices, form.programme.choices = named(people.values()), named(programmes.values())
    if form.validate_on_submit():
        participation = taking_part.begin_programme(people[form.person.data], programmes[form.programme.data], by=g.person)
        flash(_("The programme has begun."), "success")
        return redirect(url_for(".show", participation_id=participation.public_id))
    return page("onboarding/programmes/begin.html", form=form, programmes=programmes)


@bp.route("/<uuid:participation_id>")
@access(Right.WORK)
def show(participation_id: UUID) -> ResponseReturnValue:
    """Stages, what is reached and what is missing, and every session."""
    return _show(queries.get_participation(participation_id, viewer=g.person))


@bp.route("/<uuid:participation_id>/let-pass", methods=["POST"])
@access(Right.SEE_ONBOARDING)
def let_pass(participation_id: UUID) -> ResponseReturnValue:
    """Let the new hire go on to the next stage."""
    participation = queries.get_participation(participation_id, viewer=g.person)
    form = PassForm()
    return _act(
        participation, form, lambda: taking_part.let_pass(participation, comment=form.comment.data or "", by=g.person), _("The stage is passed.")
    )


@bp.route("/<uuid:participation_id>/end", methods=["POST"])
@access(Right.SEE_ONBOARDING)
def end(participation_id: UUID) -> ResponseReturnValue:
    """End a programme early."""
    participation = queries.get_participation(participation_id, viewer=g.person)
    form = EndForm()
    return _act(
        participation, form, lambda: taking_part.end_programme(participation, reason=form.reason.data, by=g.person), _("The programme is ended.")
    )


def _act(participation: Participation, form: Form, act: Callable[[], Any], thanks: str) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _show(participation, form)
    try:
        act()
    except Invalid as refusal:
        form.refuse(refusal)
        return _show(participation, form)
    flash(thanks, "success")
    return redirect(url_for(".show", participation_id=participation.public_id))


def _show(participation: Participation, form: Form | None = None) -> ResponseReturnValue:
    sessions = sessions_in(participation.id)
    return page(
        "onboarding/programmes/progress.html",
        form=form,
        found=participation,
        reached=queries.progress_of([participation])[participation.id],
        passed={row.stage_id: row for row in participation.passages},
        sessions=sessions,
        matrix=objectives_by_session(participation, sessions),
        can_lead=policy.can_lead(g.person, manager_id=taking_part.manager_of(participation.person)),
        can_schedule=can_schedule(g.person),
        pass_form=form if isinstance(form, PassForm) else PassForm(formdata=None),
        end_form=form if isinstance(form, EndForm) else EndForm(formdata=None),
    )
