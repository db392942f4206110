"""Pages of compliance."""

from flask import Blueprint

bp = Blueprint("compliance", __name__, url_prefix="/compliance")
