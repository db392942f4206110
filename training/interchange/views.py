"""Pages of files of questions: handing one over, looking through what would come of it, taking it over, and getting one."""

from uuid import UUID

from flask import Blueprint, flash, g, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid, NotFound, Refusal, WrongState
from core.files.models import StoredFile
from core.files.store import get_file, read_content, store_bytes
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _, ngettext
from core.web.pages import page
from core.web.uploads import takes_files
from training.catalogue import policy, queries
from training.catalogue.models import CourseVersion
from training.interchange.actions import import_items
from training.interchange.drafts import right_of
from training.interchange.files import as_gift, as_moodle_xml, look_through, read_file
from training.interchange.forms import FileForm, TakeOverForm
from training.items.labels import ITEM_KINDS
from training.items.queries import files_of

bp = Blueprint("interchange", __name__, url_prefix="/course-versions/<uuid:version_id>/items")
SHOWN = 100


@bp.route("/import", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
@takes_files
def begin(version_id: UUID) -> ResponseReturnValue:
    """Hand a file of questions over. It is looked through first; nothing is taken over yet."""
    version = _draft(version_id)
    form = FileForm()
    if form.validate_on_submit():
        content = form.content()
        try:
            read_file(content)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            name = getattr(form.file.data, "filename", "") or "questions.txt"
            file = store_bytes(content, name=name, content_type="text/plain", by=g.person, person=None)
            return redirect(url_for(".take_over", version_id=version_id, file_id=file.public_id))
    return page("training/interchange/begin.html", form=form, version=version)


@bp.route("/import/<uuid:file_id>", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def take_over(version_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """What would come of the file, question by question, and the button that takes it over."""
    version = _draft(version_id)
    file = _own(file_id)
    content = read_content(file)
    form = TakeOverForm()
    if form.validate_on_submit():
        try:
            count = import_items(version, content, leaves_out=form.leaves_out.data, file=file, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(ngettext("%(num)d question was taken over.", "%(num)d questions were taken over.", count), "success")
            return redirect(url_for("versions.show", version_id=version_id))
    found = look_through(content, version)
    return page(
        "training/interchange/take_over.html",
        form=form,
        version=version,
        file=file,
        found=found,
        item_kinds=ITEM_KINDS,
        right_of=right_of,
        shown=SHOWN,
    )


@bp.route("/gift")
@access(Right.WRITE_COURSES)
def gift(version_id: UUID) -> ResponseReturnValue:
    """The questions as a GIFT text."""
    version = queries.get_version(version_id, viewer=g.person)
    return _file(as_gift(version), "text/plain; charset=utf-8", f"{version.course.code}-v{version.number}.gift.txt")


@bp.route("/moodle-xml")
@access(Right.WRITE_COURSES)
def moodle_xml(version_id: UUID) -> ResponseReturnValue:
    """The questions as a Moodle XML file."""
    version = queries.get_version(version_id, viewer=g.person)
    contents = {key: read_content(file) for key, file in files_of(version.items).items()}
    return _file(as_moodle_xml(version, contents), "application/xml", f"{version.course.code}-v{version.number}.xml")


def _draft(version_id: UUID) -> CourseVersion:
    version = queries.get_version(version_id, viewer=g.person)
    if not policy.can_edit(g.person, version):
        raise WrongState(_("This version is no longer a draft, so nothing in it changes. Begin the next version instead."))
    return version


def _own(file_id: UUID) -> StoredFile:
    file = get_file(file_id)
    if file.uploaded_by_id != g.person.id or file.content_type != "text/plain":
        raise NotFound
    return file


def _file(content: bytes, content_type: str, name: str) -> ResponseReturnValue:
    response = make_response(content)
    response.headers["Content-Type"] = content_type
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
