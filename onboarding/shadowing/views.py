"""Pages of shadowing."""

from flask import Blueprint

bp = Blueprint("shadowing", __name__, url_prefix="/shadowing")
