"""Pages on which the modules of a draft are written, with their pictures."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid, Refusal
from core.files.models import StoredFile
from core.files.reading_pages import count_pages
from core.files.rules import COURSE_PDF, IMAGE
from core.files.store import store_upload
from core.files.videos import store_video
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.uploads import takes_files, takes_large_files
from training.catalogue.models import CourseVersion, Module, ModuleKind
from training.catalogue.queries import find_module, get_version
from training.modules import actions
from training.modules.forms import ModuleForm, PictureForm
from training.modules.labels import KINDS

bp = Blueprint("modules", __name__, url_prefix="/course-versions")


@bp.route("/<uuid:version_id>/modules/new", methods=["GET", "POST"], defaults={"module_id": None})
@bp.route("/<uuid:version_id>/modules/<uuid:module_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
@takes_large_files
def write(version_id: UUID, module_id: UUID | None) -> ResponseReturnValue:
    """Write a module of a draft: `?kind=` says which kind a new one is of."""
    version = get_version(version_id, viewer=g.person)
    found = None if module_id is None else find_module(version, module_id)
    kind = _kind(found)
    form = ModuleForm(data=_before(found))
    form.suit(kind)
    if form.validate_on_submit():
        try:
            actions.write_module(version, found, form.fields(kind), file=_file(form, kind), by=g.person)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("The module is saved."), "success")
            return _back(version)
    return page("training/modules/write.html", form=form, version=version, module=found, kind=kind, kinds=KINDS)


def _kind(module: Module | None) -> ModuleKind:
    asked = request.args.get("kind", "")
    if module is not None:
        return module.kind
    return ModuleKind(asked) if asked in set(ModuleKind) else ModuleKind.TEXT


def _before(module: Module | None) -> dict[str, object]:
    if module is None:
        return {}
    return {"title": module.title, "text": module.text, "address": module.address, "minimum_minutes": module.minimum_seconds // 60}


def _file(form: ModuleForm, kind: ModuleKind) -> StoredFile | None:
    if "file" not in form or not form.file.data:
        return None
    if kind is ModuleKind.VIDEO:
        return store_video(form.file.data, by=g.person, field="file")
    file = store_upload(form.file.data, accept=COURSE_PDF, by=g.person, person=None, field="file")
    count_pages(file, most=actions.MOST_PAGES, field="file")
    return file


@bp.route("/<uuid:version_id>/modules/<uuid:module_id>/move", methods=["POST"])
@access(Right.WRITE_COURSES)
def move(version_id: UUID, module_id: UUID) -> ResponseReturnValue:
    """Move a module of a draft up, or down."""
    version = get_version(version_id, viewer=g.person)
    actions.move_module(version, find_module(version, module_id), up=request.form.get("to") != "down", by=g.person)
    return _back(version)


@bp.route("/<uuid:version_id>/pictures/new", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
@takes_files
def add_picture(version_id: UUID) -> ResponseReturnValue:
    """Add a picture to a draft."""
    version = get_version(version_id, viewer=g.person)
    form = PictureForm()
    if form.validate_on_submit():
        try:
            file = store_upload(form.file.data, accept=IMAGE, by=g.person, person=None, field="file")
            added = actions.add_picture(version, file, alternative=form.alternative.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The picture is there. Write ![](image:%(number)s) where it belongs.", number=added.number), "success")
            return _back(version)
    return page("training/modules/picture.html", form=form, version=version, endings=IMAGE.endings)


@bp.route("/<uuid:version_id>/pictures/<int:number>/drop", methods=["POST"])
@access(Right.WRITE_COURSES)
def drop_picture(version_id: UUID, number: int) -> ResponseReturnValue:
    """Take a picture out of a draft."""
    version = get_version(version_id, viewer=g.person)
    actions.drop_picture(version, number, by=g.person)
    flash(_("The picture is gone."), "success")
    return _back(version)


def _back(version: CourseVersion) -> ResponseReturnValue:
    return redirect(url_for("versions.show", version_id=version.public_id))
