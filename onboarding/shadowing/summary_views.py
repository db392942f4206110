"""The summary of a session, and of a whole programme, as PDF."""

from uuid import UUID

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from onboarding.programmes.queries import get_participation
from onboarding.shadowing import queries, summaries

bp = Blueprint("summaries", __name__, url_prefix="/shadowing")


@bp.post("/<uuid:session_id>/summary")
@access(Right.WORK)
def make(session_id: UUID) -> ResponseReturnValue:
    """Print the summary of one session."""
    session = queries.get_session(session_id, viewer=g.person)
    programme = "" if session.stage is None else session.stage.programme.name
    summaries.make_summary(session.person, [session], subject_id=session.public_id, programme=programme, by=g.person)
    return redirect(url_for(".of_session", session_id=session_id))


@bp.get("/<uuid:session_id>/summary.pdf")
@access(Right.WORK)
def of_session(session_id: UUID) -> ResponseReturnValue:
    """The exact bytes that were printed."""
    session = queries.get_session(session_id, viewer=g.person)
    return send_stored_file(summaries.get_summary(session.person, session.public_id).file, inline=True)


@bp.post("/progress/<uuid:participation_id>/summary")
@access(Right.WORK)
def make_whole(participation_id: UUID) -> ResponseReturnValue:
    """Print the summary of every session of a programme."""
    found = get_participation(participation_id, viewer=g.person)
    summaries.make_summary(found.person, queries.sessions_in(found.id), subject_id=found.public_id, programme=found.programme.name, by=g.person)
    return redirect(url_for(".of_programme", participation_id=participation_id))


@bp.get("/progress/<uuid:participation_id>/summary.pdf")
@access(Right.WORK)
def of_programme(participation_id: UUID) -> ResponseReturnValue:
    """The exact bytes that were printed."""
    found = get_participation(participation_id, viewer=g.person)
    return send_stored_file(summaries.get_summary(found.person, found.public_id).file, inline=True)
