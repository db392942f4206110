"""Pages of what a person met, to read and to print: from a completion, or from an attempt."""

from uuid import UUID

from flask import Blueprint, g, make_response, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import WrongState
from core.people.models import Person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.limits import limiter
from core.web.pages import page
from training.completions.labels import SOURCES
from training.exams.labels import points
from training.exams.models import Attempt
from training.modules.content import shown
from training.modules.labels import KINDS
from training.records import queries
from training.records.documents import on_paper, record_pdf
from training.records.met import Met, met
from training.regrading.labels import KINDS as CORRECTIONS
from training.requirements.models import Completion

bp = Blueprint("records", __name__, url_prefix="/training-records")


@bp.get("/attempts/<uuid:attempt_id>")
@access(Right.WORK)
def attempt(attempt_id: UUID) -> ResponseReturnValue:
    """What a person met in an attempt."""
    found = _handed_in(queries.get_attempt(attempt_id, viewer=g.person))
    told = _met(found.person, found.version_id, found, queries.find_completion_of(found))
    return _shown(told, found.person, url_for(".attempt_document", attempt_id=attempt_id))


@bp.get("/attempts/<uuid:attempt_id>/document")
@access(Right.WORK)
@limiter.limit("30 per minute")
def attempt_document(attempt_id: UUID) -> ResponseReturnValue:
    """The same as a PDF."""
    found = _handed_in(queries.get_attempt(attempt_id, viewer=g.person))
    return _printed(_met(found.person, found.version_id, found, queries.find_completion_of(found), paper=True))


@bp.get("/completions/<uuid:completion_id>")
@access(Right.WORK)
def completion(completion_id: UUID) -> ResponseReturnValue:
    """What a person met who completed a course."""
    found = queries.get_completion(completion_id, viewer=g.person)
    told = _met(found.person, found.version_id, queries.find_attempt_of(found), found)
    return _shown(told, found.person, url_for(".completion_document", completion_id=completion_id))


@bp.get("/completions/<uuid:completion_id>/document")
@access(Right.WORK)
@limiter.limit("30 per minute")
def completion_document(completion_id: UUID) -> ResponseReturnValue:
    """The same as a PDF."""
    found = queries.get_completion(completion_id, viewer=g.person)
    return _printed(_met(found.person, found.version_id, queries.find_attempt_of(found), found, paper=True))


def _handed_in(found: Attempt) -> Attempt:
    if found.is_open:
        raise WrongState(_("This exam is still running. What was met can be shown once it is handed in."))
    return found


def _met(person: Person, version_id: int, attempt: Attempt | None, completed: Completion | None, *, paper: bool = False) -> Met:
    version = queries.whole_version(version_id)
    return met(
        version,
        person,
        attempt=attempt,
        completion=completed,
        viewer=g.person,
        show=lambda module: on_paper(module, version) if paper else shown(module.text, version.pictures),
    )


def _shown(told: Met, person: Person, document: str) -> ResponseReturnValue:
    own = person.id == g.person.id
    back = url_for("learning.mine") if own else url_for("compliance.person", person_id=person.public_id)
    return page(
        "training/records/met.html",
        met=told,
        document=document,
        back=back,
        own=own,
        kinds=KINDS,
        sources=SOURCES,
        points=points,
        corrections=CORRECTIONS,
    )


def _printed(told: Met) -> ResponseReturnValue:
    answer = make_response(record_pdf(told, language=g.person.locale, dated=today(g.person.time_zone)))
    name = f"met-{told.code.lower()}-{told.version}.pdf"
    answer.headers.update({"Content-Type": "application/pdf", "Content-Disposition": f'attachment; filename="{name}"'})
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer
