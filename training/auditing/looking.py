"""Writing down every page an auditor looks at, in a transaction of its own: reading keeps nothing, but this is kept whatever the page did.

It is written before the answer leaves. Where it cannot be written, there is no answer.
"""

from flask import Blueprint, g, request
from flask.wrappers import Response
from sqlalchemy import insert, inspect
from sqlalchemy.orm import Session

from core.clock import now
from core.db import db, session
from core.people.models import Person
from core.people.queries import get_person_by_key
from training.auditing.models import AuditLook
from training.auditing.sight import is_auditor, scope_of

LONGEST = 600
QUIET = {"static", "home.front", "evidence.progress"}  # pictures and style, and what a page asks by itself
bp = Blueprint("looking", __name__)


@bp.after_app_request
def note_look(response: Response) -> Response:
    """Note who looked at what, when, and what they got."""
    if g.get("person") is None or request.endpoint is None or request.endpoint in QUIET:
        return response
    if "audits" not in g and response.status_code == 403:  # refused at the door, before anything was looked up
        _know(get_person_by_key(inspect(g.person).identity[0]))
    if "audits" not in g:
        return response
    address = request.full_path.rstrip("?")[:LONGEST]
    told = {"grant_id": g.audits[0], "auditor_id": g.audits[1], "at": now(), "method": request.method, "address": address}
    session.rollback()  # the answer is made, and what was to be kept is
    with Session(bind=db.engine, join_transaction_mode="create_savepoint") as apart:
        apart.execute(insert(AuditLook).values(**told, status=response.status_code))
        apart.commit()
    return response


@bp.before_app_request
def know_auditors() -> None:
    """Know an auditor before the page does what it does, for afterwards nothing is loaded any more."""
    if g.get("person") is not None and request.endpoint not in QUIET:
        _know(g.person)


def _know(viewer: Person) -> None:
    if is_auditor(viewer):
        scope = scope_of(viewer)
        g.audits = (None if scope is None else scope.grant, viewer.id)
