"""The page on which all candidates are searched."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from core.people.rights import Right
from core.web.access import access
from core.web.pages import page
from core.web.paging import Page, wanted_page
from hiring.applications.labels import STATE_TONES, STATES
from hiring.search.labels import sentence_of
from hiring.search.language import QueryError, parse
from hiring.search.queries import Hit, search

bp = Blueprint("search", __name__)


@bp.get("/search")
@access(Right.SEE_APPLICATIONS)
def index() -> ResponseReturnValue:
    """Search all candidates whose applications one may see."""
    query = request.args.get("q", "").replace("\x00", "").strip()
    found: Page[Hit] | None = None
    problem = ""
    try:
        tree = parse(query)
        if tree is not None:
            found = search(tree, g.person, number=wanted_page())
    except QueryError as error:
        problem = sentence_of(error)
    return page(
        "hiring/search/index.html", query=query, found=found, problem=problem, labels=STATES, tones=STATE_TONES, status=422 if problem else 200
    )
