"""The public pages on which anyone checks a document. The document itself is never handed out here."""

import hashlib

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from werkzeug.datastructures import FileStorage

from core.clock import today
from core.documents.codes import read_code
from core.documents.forms import CheckForm
from core.documents.labels import DOCUMENT_KIND_LABELS, SEAL_LABELS, STANDING_LABELS
from core.documents.models import IssuedDocument
from core.documents.queries import find_document_by_code, find_document_by_hash, find_predecessor
from core.documents.reading import codes_inside, read_seal
from core.errors import Invalid
from core.files.rules import LIMIT
from core.web.access import public_page
from core.web.i18n import _
from core.web.limits import limiter
from core.web.pages import page
from core.web.uploads import takes_files

bp = Blueprint("verify", __name__, url_prefix="/verify")


@bp.after_request
def keep_out_of_indexes(response: Response) -> Response:
    """Whoever has the code may look; search engines and caches keep nothing."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.route("", methods=["GET", "POST"])
@public_page
@limiter.limit("30 per minute", methods=["POST"])
@takes_files
def ask() -> ResponseReturnValue:
    """Ask for a code, or for the file."""
    form = CheckForm()
    if form.validate_on_submit():
        try:
            return _answer(form)
        except Invalid as refusal:
            form.refuse(refusal)
    return page("core/documents/ask.html", form=form)


@bp.get("/<code>")
@public_page
@limiter.limit("30 per minute")
def show(code: str) -> ResponseReturnValue:
    """Whether the document with this code is genuine and holds."""
    wanted = read_code(code)
    document = None if wanted is None else find_document_by_code(wanted)
    if document is None:
        return page("core/documents/unknown.html", status=404, uploaded=False)
    return _shown(document, uploaded=False)


def _answer(form: CheckForm) -> ResponseReturnValue:
    upload: FileStorage | None = form.document.data
    if upload:
        content = upload.stream.read(LIMIT + 1)
        document = find_document_by_hash(hashlib.sha256(content).hexdigest())
        return _by_its_seal(content) if document is None else _shown(document, uploaded=True)
    if not form.code.data:
        raise Invalid(_("Type the code that is printed on the document, or choose its file."), field="code")
    code = read_code(form.code.data)
    if code is None:
        raise Invalid(_("A code has sixteen letters and digits, such as 7Q4M-0ZKX-W3NT-98HD. Compare it with the document."), field="code")
    return redirect(url_for(".show", code=code))


def _by_its_seal(content: bytes) -> Response:
    """What can be said of a file that is not known: by the seal inside it, and by what we issued under that seal or under a code on its pages."""
    found = read_seal(content)
    issued = find_document_by_hash(found.sealed_sha256) if found.sealed_sha256 else None
    by_code = issued is None
    if by_code:
        issued = next(filter(None, map(find_document_by_code, codes_inside(content))), None)
    return page(
        "core/documents/unknown.html",
        status=404,
        uploaded=True,
        verdict=found.verdict,
        verdict_label=SEAL_LABELS[found.verdict],
        issued=issued,
        by_code=by_code,
        standing_label=STANDING_LABELS[issued.standing(on=today(issued.person.time_zone))] if issued else "",
    )


def _shown(document: IssuedDocument, *, uploaded: bool) -> Response:
    standing = document.standing(on=today(document.person.time_zone))
    return page(
        "core/documents/standing.html",
        document=document,
        standing=standing,
        standing_label=STANDING_LABELS[standing],
        kind_label=DOCUMENT_KIND_LABELS[document.kind],
        predecessor=find_predecessor(document),
        uploaded=uploaded,
    )
