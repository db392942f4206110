"""The floor: the emptiest page with the layout of staff and of the public, which every page is compared with."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from core.web.access import public_page
from core.web.pages import page

bp = Blueprint("bench", __name__, url_prefix="/bench", template_folder="templates")


@bp.get("/staff")
@public_page
def staff() -> ResponseReturnValue:
    """The frame of a signed-in person around nothing."""
    return page("bench/staff.html")


@bp.get("/public")
@public_page
def public() -> ResponseReturnValue:
    """The frame of a public page around nothing."""
    return page("bench/public.html")
