"""Pages of one module as it is learnt: text, PDF, video, link or statement; saying that one has read it; being seen at it."""

from uuid import UUID

from flask import Blueprint, flash, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid
from core.files.pages import pages_of
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.catalogue.models import CourseVersion, Module, ModuleKind
from training.catalogue.queries import find_module
from training.learning import actions, queries
from training.learning.forms import ConfirmForm, ReadForm
from training.learning.opening import insist_open
from training.learning.reading_time import minutes_left
from training.learning.taking import version_to_take
from training.modules.content import shown
from training.modules.queries import get_module, pictures_of

bp = Blueprint("reading", __name__, url_prefix="/learning")


@bp.route("/<uuid:course_id>/modules/<uuid:module_id>", methods=["GET", "POST"])
@access(Right.WORK)
def module(course_id: UUID, module_id: UUID) -> ResponseReturnValue:
    """Read a module, and say so."""
    version, wanted = _found(course_id, module_id)
    form = ConfirmForm() if wanted.kind is ModuleKind.ACKNOWLEDGEMENT else ReadForm()
    following = next((other for other in version.modules if other.position > wanted.position), None)
    if form.validate_on_submit():
        insist_open(g.person, version.course_id, on=today(g.person.time_zone))
        try:
            actions.read_module(version, wanted, by=g.person, typed_name=form.name)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            if following is not None:
                return redirect(url_for(".module", course_id=course_id, module_id=following.public_id))
            flash(_("You have reached the end of the last module."), "success")
            return redirect(url_for("learning.course", course_id=course_id))
    return _shown(version, wanted, form, following)


def _found(course_id: UUID, module_id: UUID) -> tuple[CourseVersion, Module]:
    day = today(g.person.time_zone)
    version = version_to_take(g.person, course_id, on=day)
    find_module(version, module_id)
    return version, get_module(module_id, viewer=g.person, on=day)


def _shown(version: CourseVersion, wanted: Module, form: ReadForm, following: Module | None) -> ResponseReturnValue:
    progress = queries.find_progress(g.person, wanted) if wanted.minimum_seconds or wanted.kind is ModuleKind.PDF else None
    drawn = pages_of(wanted.file) if wanted.kind is ModuleKind.PDF and wanted.file is not None else ()
    place = request.args.get("page", type=int) or (1 if progress is None else progress.place)
    return page(
        "training/learning/module.html",
        form=form,
        course=version.course,
        version=version,
        module=wanted,
        body=shown(wanted.text, pictures_of(version)),
        read=queries.modules_read(g.person, version),
        following=following,
        drawn=drawn,
        place=min(max(place, 1), max(len(drawn), 1)),
        counting=progress is not None,
        left=minutes_left(wanted.minimum_seconds, 0 if progress is None else progress.seconds),
    )


@bp.route("/<uuid:course_id>/modules/<uuid:module_id>/seen", methods=["POST"])
@access(Right.WORK)
def seen(course_id: UUID, module_id: UUID) -> ResponseReturnValue:
    """Be at a module, and at a page of it: by the page's script every so often, or by its buttons."""
    version, wanted = _found(course_id, module_id)
    place = request.form.get("page", type=int)
    progress = actions.be_seen(version, wanted, by=g.person, place=place, resuming=request.form.get("resuming") == "1")
    if request.headers.get("X-Requested-With") == "reading":
        return jsonify(left=minutes_left(wanted.minimum_seconds, progress.seconds))
    return redirect(url_for(".module", course_id=course_id, module_id=module_id, page=place))
