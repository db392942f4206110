"""Pages on which notes are written and changed; they are read on the application's page."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Conflict, Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.applications.models import Application
from hiring.applications.queries import get_application
from hiring.notes import actions
from hiring.notes.forms import NoteForm
from hiring.notes.queries import get_note, mentionable

bp = Blueprint("notes", __name__)


@bp.route("/applications/<uuid:application_id>/notes/new", methods=["GET", "POST"])
@access(Right.SEE_APPLICATIONS)
def new(application_id: UUID) -> ResponseReturnValue:
    """Write a note on an application."""
    application = get_application(application_id, viewer=g.person)
    form = NoteForm()
    if form.validate_on_submit():
        try:
            actions.write_note(application, form.text.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _back(application)
    return _form_page(form, application)


@bp.route("/notes/<uuid:note_id>/edit", methods=["GET", "POST"])
@access(Right.SEE_APPLICATIONS)
def edit(note_id: UUID) -> ResponseReturnValue:
    """Change one's own note."""
    note = get_note(note_id, viewer=g.person)
    form, status = NoteForm(data={"text": note.text, "version": note.version}), None
    if form.validate_on_submit():
        try:
            actions.change_note(note, form.text.data or "", by=g.person, version=form.version.data or 0)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            form.refuse(refusal)
            status = 409
        else:
            return _back(note.application)
    return _form_page(form, note.application, status=status)


@bp.post("/notes/<uuid:note_id>/withdraw")
@access(Right.SEE_APPLICATIONS)
def withdraw(note_id: UUID) -> ResponseReturnValue:
    """Take one's own note back."""
    note = get_note(note_id, viewer=g.person)
    actions.withdraw_note(note, by=g.person)
    flash(_("The note was withdrawn."), "success")
    return _back(note.application)


@bp.post("/notes/<uuid:note_id>/read")
@access(Right.SEE_APPLICATIONS)
def read(note_id: UUID) -> ResponseReturnValue:
    """Say that one has read a note one is mentioned in."""
    note = get_note(note_id, viewer=g.person)
    actions.mark_read(note, by=g.person)
    return _back(note.application)


def _form_page(form: NoteForm, application: Application, *, status: int | None = None) -> ResponseReturnValue:
    names = [person.name for person in mentionable(application.posting) if person.id != g.person.id]
    return page("hiring/notes/edit.html", form=form, application=application, names=names, status=status)


def _back(application: Application) -> ResponseReturnValue:
    return redirect(url_for("screening.show", application_id=application.public_id, _anchor="notes"))
