"""Pages of certificate designs: the list, the editor, and the sheet as it will be."""

from base64 import b64encode
from uuid import UUID

from flask import Blueprint, flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid
from core.files.models import StoredFile
from core.files.pictures import page_picture
from core.files.store import store_upload
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import LOCALES, _, _l
from core.web.limits import limiter
from core.web.pages import page
from core.web.uploads import takes_files
from training.catalogue.queries import courses_in_force
from training.certificates.documents import certificate_pdf
from training.certificates.printing import design_of, sample
from training.designs import actions, queries
from training.designs.actions import DesignFields
from training.designs.forms import LOGO, DesignForm
from training.designs.labels import ORIENTATIONS
from training.designs.models import Orientation
from training.designs.wording import FIELDS, read_signatories, typed_signatories

bp = Blueprint("designs", __name__, url_prefix="/certificate-designs")
WIDTH = 900
BEGIN = _l("has completed and passed the examination of\n\n**{{course}}**")


@bp.route("")
@access(Right.REVOKE_CERTIFICATES)
def index() -> ResponseReturnValue:
    """Every design."""
    return page("training/designs/index.html", designs=queries.designs(), orientations=ORIENTATIONS, languages=LOCALES)


@bp.route("/new", methods=["GET", "POST"])
@access(Right.REVOKE_CERTIFICATES)
@takes_files
def new() -> ResponseReturnValue:
    """Design certificates of a course, or of every course, in a language."""
    form = DesignForm()
    courses = courses_in_force()
    form.offer(courses)
    if not form.is_submitted():
        form.heading.data, form.body.data = _("Certificate"), str(BEGIN)
        form.shows_score.data = form.shows_version.data = True
    if form.validate_on_submit():
        chosen = next((course for course in courses if str(course.public_id) == form.course.data), None)
        try:
            actions.write_design(chosen, form.language.data, _typed(form), logo=_logo(form), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The design is kept. Certificates issued from now on look like it."), "success")
            return redirect(url_for(".index"))
    return page("training/designs/edit.html", form=form, design=None, fields=FIELDS)


@bp.route("/<uuid:design_id>/edit", methods=["GET", "POST"])
@access(Right.REVOKE_CERTIFICATES)
@takes_files
def edit(design_id: UUID) -> ResponseReturnValue:
    """Change a design."""
    design = queries.get_design(design_id)
    kept = {name: getattr(design, name) for name in ("heading", "body", "orientation", "shows_score", "shows_version")}
    form = DesignForm(data=kept | {"signatories": typed_signatories(design.signatories)})
    del form.course, form.language
    if form.validate_on_submit():
        try:
            actions.change_design(design, _typed(form), logo=_logo(form), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The design is kept. Certificates issued from now on look like it."), "success")
            return redirect(url_for(".index"))
    return page("training/designs/edit.html", form=form, design=design, fields=FIELDS)


@bp.post("/preview")
@access(Right.REVOKE_CERTIFICATES)
@limiter.limit("60 per minute")
@takes_files
def preview() -> ResponseReturnValue:
    """A sample with what is typed, as a picture beside the form or as the PDF itself; nothing is kept."""
    form = DesignForm()
    form.offer([])
    fields = _typed(form)
    try:
        actions.insist_on_sound(fields)
    except Invalid as refusal:
        return page("training/designs/preview.html", picture=None, sentence=refusal.sentence)
    known = request.args.get("design", type=UUID)
    design = queries.get_design(known) if known else None
    wanted = design.language if design else form.language.data
    shown = sample(design_of(fields, logo=design.logo if design else None), language=wanted if wanted in LOCALES else g.person.locale)
    content = certificate_pdf(shown)
    if "HX-Request" not in request.headers:
        answer = make_response(content)
        answer.headers.update({"Content-Type": "application/pdf", "Content-Disposition": "inline; filename=preview.pdf"})
        answer.headers["Content-Security-Policy"] = "sandbox"
        return answer
    drawn = page_picture(content, 1, WIDTH)
    picture = None if drawn is None else "data:image/png;base64," + b64encode(drawn).decode()
    return page("training/designs/preview.html", picture=picture, sentence="")


def _typed(form: DesignForm) -> DesignFields:
    sheet = form.orientation.data
    return DesignFields(
        heading=form.heading.data or "",
        body=form.body.data or "",
        orientation=Orientation(sheet) if sheet in list(Orientation) else Orientation.LANDSCAPE,
        signatories=read_signatories(form.signatories.data or ""),
        shows_score=bool(form.shows_score.data),
        shows_version=bool(form.shows_version.data),
    )


def _logo(form: DesignForm) -> StoredFile | None:
    return store_upload(form.logo.data, accept=LOGO, by=g.person, person=None, field="logo") if form.logo.data else None
