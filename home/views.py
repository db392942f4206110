"""The home page of each person."""

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.people.rights import Right
from core.web.access import access, public_page
from core.web.pages import page

bp = Blueprint("home", __name__)


@bp.route("/")
@public_page
def front() -> ResponseReturnValue:
    """Staff land on their own page, everybody else on the careers site."""
    return redirect(url_for("home.mine") if g.person else "/careers")


@bp.route("/home")
@access(Right.WORK)
def mine() -> ResponseReturnValue:
    """What waits for me."""
    return page("home/mine.html")
