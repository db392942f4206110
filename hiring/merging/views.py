"""Pages on which a colleague looks at candidates who may be one person, and decides."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Conflict, Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from hiring.applications.models import Candidate
from hiring.merging import actions, queries
from hiring.merging.finding import people_called
from hiring.merging.forms import ApartForm, MergeForm, merge_form
from hiring.merging.labels import GROUND_LABELS, LIKENESS_LABELS
from hiring.merging.policy import can_be_undone

bp = Blueprint("merging", __name__)


@bp.route("/applications/same-person")
@access(Right.DECIDE_APPLICATIONS)
def index() -> ResponseReturnValue:
    """Everybody who may have applied twice."""
    found = queries.suggestions(g.person, number=wanted_page())
    applied = queries.newest_applications([key for pair in found.rows for key in (pair.earlier_id, pair.later_id)])
    return page("hiring/merging/index.html", found=found, applied=applied, ground_labels=GROUND_LABELS)


@bp.route("/applications/<uuid:application_id>/same-person")
@access(Right.DECIDE_APPLICATIONS)
def show(application_id: UUID) -> ResponseReturnValue:
    """One candidate: every application, who they may be, and who has become them."""
    candidate = queries.get_whole_candidate(application_id, viewer=g.person)
    words = request.args.get("words", "").strip()[:80]
    suggested = queries.suggested_for(candidate, viewer=g.person)
    others = [pair.later if pair.earlier_id == candidate.id else pair.earlier for pair in suggested]
    named = people_called(words, but=candidate, viewer=g.person) if words else []
    return page(
        "hiring/merging/show.html",
        application_id=application_id,
        candidate=candidate,
        side=queries.side_of(candidate),
        suggested=list(zip(suggested, others, strict=True)),
        applied=queries.newest_applications([each.id for each in (*others, *named)]),
        merges=queries.merges_of(candidate),
        named=named,
        words=words,
        can_be_undone=can_be_undone,
        ground_labels=GROUND_LABELS,
    )


@bp.route("/applications/<uuid:application_id>/same-person/<uuid:other_application_id>", methods=["GET", "POST"])
@access(Right.DECIDE_APPLICATIONS)
def compare(application_id: UUID, other_application_id: UUID) -> ResponseReturnValue:
    """Two candidates side by side: make them one, with what is kept and what moves said before."""
    one, other = _both(application_id, other_application_id)
    if one.id == other.id:
        return redirect(url_for(".show", application_id=application_id))
    try:
        actions.insist_on_two(one, other)
        kept, gone = actions.leader_of(one, other)
    except Conflict as refusal:
        return _compared(application_id, other_application_id, one, other, refused=str(refusal.sentence), status=409 if request.form else None)
    form = merge_form(kept, gone)
    status = None
    if form.validate_on_submit():
        try:
            actions.merge_candidates(one, other, contact=form.contact, reason=form.reason.data or "", by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("They are one candidate now. You can undo it for 30 days."), "success")
            return redirect(url_for(".show", application_id=application_id))
    return _compared(application_id, other_application_id, kept, gone, form=form, status=status)


@bp.post("/applications/<uuid:application_id>/same-person/<uuid:other_application_id>/apart")
@access(Right.DECIDE_APPLICATIONS)
def apart(application_id: UUID, other_application_id: UUID) -> ResponseReturnValue:
    """Remember that these two are not the same person."""
    one, other = _both(application_id, other_application_id)
    form = ApartForm()
    if not form.validate_on_submit():
        return _compared(application_id, other_application_id, one, other, apart=form, form=merge_form(one, other), status=422)
    actions.say_that_they_differ(one, other, reason=form.why_not.data or "", by=g.person)
    flash(_("Nobody is asked about these two again."), "success")
    return redirect(url_for(".index"))


@bp.post("/merges/<uuid:merge_id>/undo")
@access(Right.DECIDE_APPLICATIONS)
def undo(merge_id: UUID) -> ResponseReturnValue:
    """Make two candidates of one again."""
    merge = queries.get_merge(merge_id, viewer=g.person)
    actions.undo_merge(merge, by=g.person)
    flash(_("They are two candidates again. Nobody is asked about these two again."), "success")
    came_from = queries.newest_applications([merge.kept_id])[merge.kept_id]
    return redirect(url_for(".show", application_id=came_from[0].public_id) if came_from else url_for(".index"))


def _both(application_id: UUID, other_application_id: UUID) -> tuple[Candidate, Candidate]:
    one = queries.get_whole_candidate(application_id, viewer=g.person)
    return one, queries.get_whole_candidate(other_application_id, viewer=g.person)


def _compared(
    application_id: UUID,
    other_application_id: UUID,
    kept: Candidate,
    gone: Candidate,
    *,
    form: MergeForm | None = None,
    apart: ApartForm | None = None,
    refused: str = "",
    status: int | None = None,
) -> ResponseReturnValue:
    likeness = queries.find_likeness(kept, gone)
    return page(
        "hiring/merging/compare.html",
        application_id=application_id,
        other_application_id=other_application_id,
        sides=[queries.side_of(kept), queries.side_of(gone)],
        likeness=likeness,
        ground_labels=GROUND_LABELS,
        likeness_labels=LIKENESS_LABELS,
        form=form,
        apart=apart or ApartForm(formdata=None),
        refused=refused,
        status=status,
    )
