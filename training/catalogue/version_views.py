"""Pages of one version: its modules, questions and exam terms, and the way into force."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.catalogue import actions, labels, policy, queries
from training.catalogue.forms import (
    ApproveForm,
    ChangeForm,
    ReasonForm,
    ReviewForm,
    TermsForm,
)
from training.catalogue.models import CourseVersion
from training.completions.queries import holders_by_version
from training.items.labels import DIFFICULTIES, ITEM_KINDS
from training.items.models import ItemState
from training.modules.content import shown
from training.modules.labels import KINDS
from training.regrading.labels import right_answers
from training.regrading.policy import can_correct
from training.sections.blueprint import missing_from_pool
from training.sections.labels import draw_words

bp = Blueprint("versions", __name__, url_prefix="/course-versions")


@bp.route("/<uuid:version_id>")
@access(Right.WORK)
def show(version_id: UUID) -> ResponseReturnValue:
    """The whole content of a version, as written and approved."""
    return _page(queries.get_version(version_id, viewer=g.person))


def _page(
    version: CourseVersion, *, approving: ApproveForm | None = None, returning: ReasonForm | None = None, reviewing: ReviewForm | None = None
) -> ResponseReturnValue:
    approving = approving or ApproveForm(formdata=None, in_force_from=today(g.person.time_zone), prefix="approve")
    returning = returning or ReasonForm(formdata=None, prefix="return")
    reviewing = reviewing or ReviewForm(formdata=None, prefix="review")
    refused = next((form for form in (approving, reviewing) if form.errors), returning)
    return page(
        "training/catalogue/version.html",
        form=refused,
        version=version,
        holders=holders_by_version(version.course_id) if version.is_kept_for_ever else {},
        history=queries.history_of(version),
        labels=labels,
        module_kinds=KINDS,
        bodies={module.id: shown(module.text, version.pictures) for module in version.modules},
        item_kinds=ITEM_KINDS,
        right_answers=right_answers,
        difficulties=DIFFICULTIES,
        drawable=sum(item.state is ItemState.APPROVED for item in version.items),
        draw_words=draw_words,
        shortages=missing_from_pool(version) if policy.can_edit(g.person, version) and version.sections else [],
        approving=approving,
        returning=returning,
        reviewing=reviewing,
        can_edit=policy.can_edit(g.person, version),
        can_export=policy.can_write(g.person),
        can_submit=policy.can_submit(g.person, version),
        can_review=policy.can_review(g.person, version),
        can_correct=can_correct(g.person, version),
    )


def _back(version: CourseVersion) -> ResponseReturnValue:
    return redirect(url_for(".show", version_id=version.public_id))


@bp.route("/<uuid:version_id>/terms", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def terms(version_id: UUID) -> ResponseReturnValue:
    """Change how the exam of a draft is held."""
    version = queries.get_version(version_id, viewer=g.person)
    form = TermsForm(obj=version)
    if version.sections:
        del form.item_count  # the sections say how many
    if form.validate_on_submit():
        try:
            actions.set_exam_terms(version, form.terms(), what_changed="", by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The exam terms are saved."), "success")
            return _back(version)
    return page("training/catalogue/terms.html", form=form, version=version)


@bp.route("/<uuid:version_id>/change", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def change(version_id: UUID) -> ResponseReturnValue:
    """Say what a draft changes, and for whom."""
    version = queries.get_version(version_id, viewer=g.person)
    form = ChangeForm(obj=version)
    if form.validate_on_submit():
        try:
            actions.set_change(version, form.change(), by=g.person)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("What the version changes is saved."), "success")
            return _back(version)
    return page("training/catalogue/change.html", form=form, version=version)


@bp.route("/<uuid:version_id>/modules/<uuid:module_id>/drop", methods=["POST"])
@access(Right.WRITE_COURSES)
def drop_module(version_id: UUID, module_id: UUID) -> ResponseReturnValue:
    """Take a module out of a draft."""
    version = queries.get_version(version_id, viewer=g.person)
    actions.drop_module(version, queries.find_module(version, module_id), by=g.person)
    flash(_("The module is gone."), "success")
    return _back(version)


@bp.route("/<uuid:version_id>/submit", methods=["POST"])
@access(Right.WRITE_COURSES)
def submit(version_id: UUID) -> ResponseReturnValue:
    """Hand a draft in for review."""
    version = queries.get_version(version_id, viewer=g.person)
    actions.submit_version(version, by=g.person)
    flash(_("A second person can now approve the version."), "success")
    return _back(version)


@bp.route("/<uuid:version_id>/review", methods=["POST"])
@access(Right.WRITE_COURSES)
def review(version_id: UUID) -> ResponseReturnValue:
    """Say as a second person that nothing stands against a version."""
    version = queries.get_version(version_id, viewer=g.person)
    form = ReviewForm(prefix="review")
    if form.validate_on_submit():
        actions.note_review(version, remarks=form.remarks.data or "", by=g.person)
        flash(_("The version is reviewed. It can now be approved."), "success")
        return _back(version)
    return _page(version, reviewing=form)


@bp.route("/<uuid:version_id>/approve", methods=["POST"])
@access(Right.WRITE_COURSES)
def approve(version_id: UUID) -> ResponseReturnValue:
    """Approve a version as a second person."""
    version = queries.get_version(version_id, viewer=g.person)
    form = ApproveForm(prefix="approve")
    if form.validate_on_submit() and form.in_force_from.data is not None:
        try:
            actions.approve_version(version, in_force_from=form.in_force_from.data, by=g.person)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("The version is approved. Nothing in it changes any more."), "success")
            return _back(version)
    return _page(queries.get_version(version_id, viewer=g.person), approving=form)


@bp.route("/<uuid:version_id>/return", methods=["POST"])
@access(Right.WRITE_COURSES)
def give_back(version_id: UUID) -> ResponseReturnValue:
    """Give a version back to its authors."""
    version = queries.get_version(version_id, viewer=g.person)
    form = ReasonForm(prefix="return")
    if form.validate_on_submit():
        actions.return_version(version, reason=form.reason.data or "", by=g.person)
        flash(_("The version is back with its authors."), "success")
        return _back(version)
    return _page(queries.get_version(version_id, viewer=g.person), returning=form)
