"""The home page of each person: what waits for them, across areas."""

from itertools import groupby

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue

import training.public
from core.clock import today
from core.people.rights import Right
from core.web.access import access, public_page
from core.web.pages import page
from home.desk.queries import waiting_for

bp = Blueprint("home", __name__)


@bp.route("/")
@public_page
def front() -> ResponseReturnValue:
    """Staff land on their own page, a new hire before day one on their onboarding, everybody else on the careers site."""
    if g.person is None:
        return redirect(url_for("careers.index"))
    return redirect(url_for("home.mine" if g.person.may(Right.WORK) else "checklists.mine"))


@bp.route("/home")
@access(Right.WORK)
def mine() -> ResponseReturnValue:
    """What waits for me, and how those stand for whose training I answer."""
    day = today(g.person.time_zone)
    waiting = waiting_for(g.person, on=day)
    kinds = {kind: list(things) for kind, things in groupby(sorted(waiting, key=lambda thing: thing.kind), key=lambda thing: thing.kind)}
    figures = training.public.compliance_figures(g.person, on=day)
    return page("home/mine.html", waiting=waiting, kinds=kinds, figures=figures, day=day)
