"""The writing aid beside a form: what is typed goes in, hints come back, nothing is kept."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from core.people.rights import Right
from core.web.access import access
from core.web.pages import page
from hiring.postings.forms import PostingForm
from hiring.wording.asking import aid_for_form

bp = Blueprint("wording", __name__, url_prefix="/postings")


@bp.post("/review-wording")
@access(Right.WRITE_POSTINGS)
def look_over() -> ResponseReturnValue:
    """Hints on the texts that were sent, as a part of a page."""
    return page("hiring/wording/hints.html", aid=aid_for_form(PostingForm()))
