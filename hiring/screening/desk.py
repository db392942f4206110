"""The desk: the résumé beside the criteria, marks by keys, and from one application to the next."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.files.pages import pages_of, read_page
from core.files.sending import send_picture
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import own_address, page
from hiring.applications.models import Application
from hiring.applications.queries import get_application
from hiring.blind.reading import insist_on_known_name, readable
from hiring.screening import actions, queries
from hiring.screening.forms import MarkForm, decline_form
from hiring.screening.matching import sent_by, synonyms_of
from hiring.screening.queries import Queue
from hiring.screening.sheet import sheet_of
from hiring.screening.undoing import just_done, undo
from hiring.screening.views import as_uuid
from hiring.stages.gates import shown_by
from hiring.stages.steps import next_steps

bp = Blueprint("desk", __name__)
LETTER_DAYS = 1  # a no from the desk can be called back until then


@bp.get("/applications/<uuid:application_id>/screen")
@access(Right.DECIDE_APPLICATIONS)
def screen(application_id: UUID) -> ResponseReturnValue:
    """The résumé beside the criteria, with the passages that speak for each."""
    application = get_application(application_id, viewer=g.person)
    before, following = queries.neighbours(application, g.person, _queue())
    return page(
        "hiring/screening/screen.html",
        **_sheet(application),
        readable=partial(readable, application),
        pages=[] if application.names_hidden else pages_of(application.resume),
        before=before,
        following=following,
        asked=_queue().arguments,
        decline_form=decline_form(formdata=None, tell_days=LETTER_DAYS, version=application.version),
        done=just_done(as_uuid(request.args["done"]), by=g.person) if "done" in request.args else None,
    )


@bp.post("/applications/<uuid:application_id>/marks")
@access(Right.DECIDE_APPLICATIONS)
def mark(application_id: UUID) -> ResponseReturnValue:
    """Give one mark for one criterion, or take it back."""
    application = get_application(application_id, viewer=g.person)
    form = MarkForm()
    if form.validate_on_submit():
        criterion = queries.get_criterion(as_uuid(form.criterion.data))
        if form.mark.data:
            actions.give_mark(application, criterion, mark=form.mark.data, note=form.note.data or "", by=g.person)
        else:
            actions.take_back_mark(application, criterion, by=g.person)
    elif not request.headers.get("HX-Request"):
        flash(_("Choose a mark from 1 to 4."), "danger")
    if request.headers.get("HX-Request"):
        return page("hiring/screening/criteria.html", **_sheet(application), asked=_queue().arguments)
    asked: dict[str, Any] = _queue().arguments
    return redirect(url_for(".screen", application_id=application_id, _anchor="criteria", **asked))


@bp.post("/applications/<uuid:application_id>/undo")
@access(Right.DECIDE_APPLICATIONS)
def take_back(application_id: UUID) -> ResponseReturnValue:
    """Take back what one has just decided."""
    application = undo(application_id, by=g.person)
    flash(_("Taken back: %(name)s is in “%(stage)s” again.", name=application.shown_name, stage=application.stage.name), "success")
    return redirect(own_address(request.form.get("next"), otherwise=url_for(".screen", application_id=application_id)))


@bp.get("/applications/<uuid:application_id>/resume/pages/<int:number>")
@access(Right.SEE_APPLICATIONS)
def resume_page(application_id: UUID, number: int) -> ResponseReturnValue:
    """One page of the résumé as a picture."""
    application = get_application(application_id, viewer=g.person)
    insist_on_known_name(application)
    return send_picture(read_page(application.resume, number))


def _sheet(application: Application) -> dict[str, Any]:
    criteria, marks = queries.criteria_and_marks_of(application)
    role = application.posting.job_role_id
    synonyms = synonyms_of([role]).get(role, ())
    sheet = sheet_of(application, criteria, marks, viewer_key=g.person.id, sent=sent_by(application), synonyms=synonyms)
    steps = next_steps(application.posting.stages, application.stage, shown_by([application], application.posting.stages)[application.id])
    return {"application": application, "sheet": sheet, "steps": [step for step in steps if step.stage.position > application.stage.position]}


def _queue() -> Queue:
    """The list somebody works through: of every posting or of one, oldest first or best match first."""
    posting = as_uuid(request.args.get("posting"))
    return Queue(posting=posting if posting.int else None, by_match=request.args.get("order") == "match")
