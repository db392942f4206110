"""Pages of results from elsewhere: sending a file, looking at what each line means, confirming."""

from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from core.web.spreadsheets import csv_text
from core.web.uploads import takes_files
from training.external_results import actions, labels, queries
from training.external_results.checking import check_file
from training.external_results.forms import FileForm, StepForm
from training.external_results.models import ImportState

bp = Blueprint("external_results", __name__, url_prefix="/external-results")
EXAMPLE = [
    ("email", "course", "completed on", "score", "result", "provider", "reference"),
    ("ana.souza@example.com", "PLD-001", "2026-03-31", "87.5", "", "ANBIMA", "CPA-20 1234567"),
    ("rui.prado@example.com", "PLD-001", "31/03/2026", "", "passed", "", ""),
]


@bp.route("", methods=["GET", "POST"])
@access(Right.WRITE_RULES)
@takes_files
def imports() -> ResponseReturnValue:
    """The files sent so far, and sending another."""
    form = FileForm()
    if form.validate_on_submit():
        upload = request.files.get("file")
        content = b"" if upload is None else upload.stream.read(actions.LARGEST + 1)
        try:
            sent = actions.send_file(content, name=(upload.filename if upload else "") or "", origin=form.origin.data or "", by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".show", import_id=sent.public_id))
    return page("training/external_results/imports.html", form=form, imports=queries.imports_page(number=wanted_page()), labels=labels)


@bp.route("/example.csv")
@access(Right.WRITE_RULES)
def example() -> ResponseReturnValue:
    """A file to begin with."""
    headers = {"Content-Disposition": 'attachment; filename="example.csv"'}
    return Response(csv_text(EXAMPLE), mimetype="text/csv", headers=headers)


@bp.route("/<uuid:import_id>")
@access(Right.WRITE_RULES)
def show(import_id: UUID) -> ResponseReturnValue:
    """One file: before it is confirmed what each line means, afterwards what it brought."""
    sent = queries.get_import(import_id)
    waits = sent.state is ImportState.CHECKED
    return page(
        "training/external_results/import.html",
        form=StepForm(),
        sent=sent,
        found=check_file(sent.text, by=g.person) if waits else None,
        results=None if waits else queries.results_page(sent, number=wanted_page()),
        labels=labels,
    )


@bp.route("/<uuid:import_id>/confirm", methods=["POST"])
@access(Right.WRITE_RULES)
def confirm(import_id: UUID) -> ResponseReturnValue:
    """Take every line in, in the background."""
    sent = queries.get_import(import_id)
    actions.confirm_import(sent, by=g.person)
    flash(_("The results are being taken in. Reload the page in a moment."), "success")
    return redirect(url_for(".show", import_id=sent.public_id))


@bp.route("/<uuid:import_id>/discard", methods=["POST"])
@access(Right.WRITE_RULES)
def discard(import_id: UUID) -> ResponseReturnValue:
    """Put the file away."""
    sent = queries.get_import(import_id)
    actions.discard_import(sent, by=g.person)
    flash(_("The file is put away. Nothing of it counts."), "success")
    return redirect(url_for(".imports"))
