"""The page on which all candidates are searched, and one's saved searches on it."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Conflict, Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import Page, wanted_page
from hiring.applications.labels import STATE_TONES, STATES
from hiring.search import saving
from hiring.search.labels import sentence_of
from hiring.search.language import QueryError, parse
from hiring.search.queries import Hit, search
from hiring.search.saved_queries import get_saved, saved_by

bp = Blueprint("search", __name__)


@bp.get("/search")
@access(Right.SEE_APPLICATIONS)
def index() -> ResponseReturnValue:
    """Search all candidates whose applications one may see."""
    return _answer(request.args.get("q", ""))


@bp.post("/saved-searches")
@access(Right.SEE_APPLICATIONS)
def save() -> ResponseReturnValue:
    """Keep a search under a name."""
    name, query = request.form.get("name", ""), request.form.get("q", "")
    try:
        saved = saving.save_search(name, query, by=g.person)
    except Invalid as refusal:
        return _answer(query, name=name, name_problem=str(refusal.sentence), status=422)
    except Conflict as refusal:
        return _answer(query, name=name, name_problem=str(refusal.sentence), status=409)
    flash(_("The search is saved. You get a mail a day while something new fits."), "success")
    return redirect(url_for(".index", q=saved.query))


@bp.post("/saved-searches/<uuid:saved_id>/alerts")
@access(Right.SEE_APPLICATIONS)
def alerts(saved_id: UUID) -> ResponseReturnValue:
    """Switch the daily mail of a saved search on or off."""
    saved = get_saved(saved_id, viewer=g.person)
    saving.set_alerts(saved, request.form.get("wanted") == "1", by=g.person)
    return redirect(url_for(".index", _anchor="saved"))


@bp.post("/saved-searches/<uuid:saved_id>/remove")
@access(Right.SEE_APPLICATIONS)
def remove(saved_id: UUID) -> ResponseReturnValue:
    """Forget a saved search."""
    saving.remove_search(get_saved(saved_id, viewer=g.person), by=g.person)
    flash(_("The saved search was removed."), "success")
    return redirect(url_for(".index"))


def _answer(query: str, *, name: str = "", name_problem: str = "", status: int = 200) -> ResponseReturnValue:
    query = query.replace("\x00", "").strip()
    found: Page[Hit] | None = None
    problem = ""
    try:
        tree = parse(query)
        if tree is not None:
            found = search(tree, g.person, number=wanted_page())
    except QueryError as error:
        problem, status = sentence_of(error), 422
    saved = saved_by(g.person)
    return page(
        "hiring/search/index.html",
        status=status,
        query=query,
        found=found,
        problem=problem,
        labels=STATES,
        tones=STATE_TONES,
        saved=saved,
        keepable=found is not None and all(one.query != query for one in saved),
        name=name,
        name_problem=name_problem,
    )
