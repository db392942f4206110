"""The way into the first ninety days: everybody one oversees, and one new hire's reviews."""

from uuid import UUID

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.people.rights import Right
from core.web.access import access
from core.web.pages import page
from core.web.paging import wanted_page
from onboarding.checklists.queries import find_checklist_of
from onboarding.circle import get_circle
from onboarding.reviews import queries

bp = Blueprint("ninety_days", __name__, url_prefix="/first-ninety-days")


@bp.route("")
@access(Right.SEE_ONBOARDING)
def index() -> ResponseReturnValue:
    """The new hires the viewer oversees, the most urgent review first."""
    wanted = queries.NewcomersFilter(words=request.args.get("words", "").strip()[:80], overdue=request.args.get("overdue") == "1")
    return page(
        "onboarding/reviews/index.html",
        found=queries.newcomers(g.person, wanted, number=wanted_page()),
        wanted=wanted,
        overdue=queries.count_overdue(g.person),
        day=today(g.person.time_zone),
        can_run=g.person.may(Right.RUN_ONBOARDING),
    )


@bp.route("/mine")
@access(Right.WORK)
def mine() -> ResponseReturnValue:
    """My own first ninety days."""
    if find_checklist_of(g.person) is None:
        return page("onboarding/reviews/none.html")
    return redirect(url_for(".reviews", person_id=g.person.public_id))


@bp.route("/<uuid:person_id>")
@access(Right.WORK)
def reviews(person_id: UUID) -> ResponseReturnValue:
    """One new hire's reviews and the versions of their job description."""
    circle = get_circle(person_id, viewer=g.person)
    return page(
        "onboarding/reviews/person.html",
        circle=circle,
        reviews=queries.reviews_of(circle.checklist),
        descriptions=queries.descriptions_of(circle.person) if circle.reads_texts else (),
        day=today(g.person.time_zone),
    )
