"""Pages of requirements."""

from flask import Blueprint

bp = Blueprint("requirements", __name__, url_prefix="/requirements")
