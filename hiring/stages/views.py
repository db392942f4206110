"""Pages on which the stages of a posting are planned, and on which one application's next steps are shown."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.forms import labelled, pairs
from core.web.i18n import _, ngettext
from core.web.pages import page
from hiring.applications.actions import advance_application
from hiring.applications.queries import get_application
from hiring.postings import labels
from hiring.postings.models import Posting, Stage, StageKind
from hiring.postings.queries import get_posting
from hiring.stages import actions, policy, queries
from hiring.stages.forms import RemoveForm, ShiftForm, StageForm, StepForm, VersionForm
from hiring.stages.gates import shown_by
from hiring.stages.steps import next_steps

bp = Blueprint("stages", __name__)
BETWEEN = {kind: label for kind, label in labels.STAGE_KINDS.items() if kind not in (StageKind.NEW, StageKind.HIRED)}


def _offered(form: StageForm, stage: Stage | None = None) -> StageForm:
    fixed = stage is not None and stage.kind not in BETWEEN
    form.kind.choices = labelled({stage.kind: labels.STAGE_KINDS[stage.kind]} if fixed and stage is not None else BETWEEN)
    form.turn.choices = labelled(labels.TURNS)
    return form


def _overview(
    posting: Posting, *, form: StageForm | None = None, refused: VersionForm | None = None, status: int | None = None
) -> ResponseReturnValue:
    return page(
        "hiring/stages/index.html",
        form=form or refused,
        stage_form=form or _offered(StageForm(formdata=None, kind="interview", version=str(posting.version))),
        posting=posting,
        counts=queries.counts_in(posting),
        labels=labels,
        may_plan=policy.can_plan(g.person, posting),
        is_end=policy.is_end,
        status=status,
    )


@bp.get("/postings/<uuid:posting_id>/stages")
@access(Right.SEE_POSTINGS)
def index(posting_id: UUID) -> ResponseReturnValue:
    """The stages of a posting and what each asks for."""
    return _overview(get_posting(posting_id, viewer=g.person))


@bp.post("/postings/<uuid:posting_id>/stages")
@access(Right.WRITE_POSTINGS)
def add(posting_id: UUID) -> ResponseReturnValue:
    """Add a stage."""
    posting, form = get_posting(posting_id, viewer=g.person), _offered(StageForm())
    return _done(
        posting,
        form,
        lambda: actions.add_stage(posting, form.text(), by=g.person, version=form.seen_version),
        lambda _stage: _("The stage was added."),
        lambda status: _overview(posting, form=form, status=status),
    )


@bp.route("/postings/<uuid:posting_id>/stages/<uuid:stage_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def edit(posting_id: UUID, stage_id: UUID) -> ResponseReturnValue:
    """Change a stage."""
    posting = get_posting(posting_id, viewer=g.person)
    stage = queries.stage_of(posting, stage_id)
    form = _offered(StageForm(data={**_as_form(stage), "version": str(posting.version)}), stage)
    return _done(
        posting,
        form,
        lambda: actions.change_stage(stage, posting, form.text(), by=g.person, version=form.seen_version),
        lambda _nothing: _("The stage is kept."),
        lambda status: page("hiring/stages/edit.html", form=form, posting=posting, stage=stage, status=status),
    )


@bp.post("/postings/<uuid:posting_id>/stages/<uuid:stage_id>/shift")
@access(Right.WRITE_POSTINGS)
def shift(posting_id: UUID, stage_id: UUID) -> ResponseReturnValue:
    """Put a stage one place to the front or to the back."""
    posting, form = get_posting(posting_id, viewer=g.person), ShiftForm()
    stage = queries.stage_of(posting, stage_id)
    return _done(
        posting,
        form,
        lambda: actions.shift_stage(stage, posting, places=form.places.data or 0, by=g.person, version=form.seen_version),
        lambda _nothing: _("The order is kept."),
        lambda status: _overview(posting, refused=form, status=status),
    )


@bp.route("/postings/<uuid:posting_id>/stages/<uuid:stage_id>/remove", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def remove(posting_id: UUID, stage_id: UUID) -> ResponseReturnValue:
    """Remove a stage, and say where those go who stand in it."""
    posting = get_posting(posting_id, viewer=g.person)
    stage = queries.stage_of(posting, stage_id)
    form, others = RemoveForm(data={"version": str(posting.version)}), [each for each in posting.stages if each.id != stage.id]
    form.into.choices = pairs(each for each in others if each.kind is not StageKind.HIRED)

    def act() -> int:
        into = queries.stage_of(posting, UUID(form.into.data))
        return actions.remove_stage(stage, posting, into=into, by=g.person, version=form.seen_version)

    def said(moved: int) -> str:
        return ngettext("The stage is gone; %(num)d application moved.", "The stage is gone; %(num)d applications moved.", moved)

    count = queries.counts_in(posting).get(stage.id, 0)
    return _done(
        posting,
        form,
        act,
        said,
        lambda status: page("hiring/stages/remove.html", form=form, posting=posting, stage=stage, count=count, status=status),
    )


def _as_form(stage: Stage) -> dict[str, Any]:
    names = ("name", "target_days", "cards_needed", "screeners_needed", "references_needed")
    return {**{name: getattr(stage, name) for name in names}, "kind": stage.kind.value, "turn": stage.turn.value}


def _done(
    posting: Posting,
    form: VersionForm,
    act: Callable[[], Any],
    said: Callable[[Any], str],
    again: Callable[[int | None], ResponseReturnValue],
) -> ResponseReturnValue:
    address = url_for(".index", posting_id=posting.public_id)
    if not form.validate_on_submit():
        return again(None)
    try:
        outcome = act()
    except Refusal as refusal:
        form.refuse(refusal)
        return again(refusal.status)
    flash(said(outcome), "success")
    return redirect(address)


@bp.route("/applications/<uuid:application_id>/steps", methods=["GET", "POST"])
@access(Right.DECIDE_APPLICATIONS)
def steps(application_id: UUID) -> ResponseReturnValue:
    """The next steps of one application: which are open, why the others are not, and going on all the same."""
    application = get_application(application_id, viewer=g.person)
    stages = {str(stage.public_id): stage for stage in application.posting.stages}
    form = StepForm()
    form.stage.choices = pairs(stages.values())
    status = None
    if form.validate_on_submit():
        try:
            to_stage, reason = stages[form.stage.data], form.reason.data or ""
            advance_application(application, to_stage=to_stage, by=g.person, seen_version=form.version.data, override=reason)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("%(name)s is now in “%(stage)s”.", name=application.shown_name, stage=to_stage.name), "success")
            return redirect(url_for("screening.show", application_id=application_id))
    return page(
        "hiring/stages/steps.html",
        form=form,
        application=application,
        steps=next_steps(stages.values(), application.stage, shown_by([application], list(stages.values()))[application.id]),
        may_override=g.person.may(Right.OVERRIDE_STAGES),
        labels=labels,
        status=status,
    )
