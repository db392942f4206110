"""Pages of bulk actions: choosing, looking it over, doing it, what became of it, and taking it back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Conflict, Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import is_fragment_request, own_address, page
from core.web.paging import Page, wanted_page
from core.web.spreadsheets import XLSX, csv_text, xlsx_bytes
from hiring.bulk import actions, labels, queries
from hiring.bulk.choosing import chosen_in
from hiring.bulk.exporting import table_of
from hiring.bulk.foreseeing import Foreseen
from hiring.bulk.forms import SettingsForm, chosen_kind, settings_form
from hiring.bulk.models import Bulk, BulkKind, BulkState, ItemState
from hiring.postings.forms import EmptyForm
from hiring.postings.models import Stage

bp = Blueprint("bulk", __name__, url_prefix="/bulk-actions")
ROWS = 50


@bp.get("")
@access(Right.SEE_APPLICATIONS)
def index() -> ResponseReturnValue:
    """What I did to many applications at once."""
    found = queries.bulks_of(g.person, number=wanted_page())
    return page("hiring/bulk/index.html", bulks=found, tallies=queries.tallies(found.rows), **_words())


@bp.post("")
@access(Right.SEE_APPLICATIONS)
def choose() -> ResponseReturnValue:
    """Keep who was chosen, and go on to say how it is done."""
    came_from = own_address(request.form.get("next"), otherwise=url_for("screening.inbox"))
    try:
        bulk = actions.choose(chosen_kind(request.form), chosen_in(request.form, viewer=g.person), came_from=came_from, by=g.person)
    except Invalid as refusal:
        flash(str(refusal.sentence), "warning")
        return redirect(came_from)
    return redirect(url_for(".show", bulk_id=bulk.public_id), 303)


@bp.get("/<uuid:bulk_id>")
@access(Right.SEE_APPLICATIONS)
def show(bulk_id: UUID) -> ResponseReturnValue:
    """What would happen, how far it is, or what became of it."""
    bulk = queries.get_bulk(bulk_id, viewer=g.person)
    return _before(bulk) if bulk.state is BulkState.CHOSEN else _after(bulk)


@bp.post("/<uuid:bulk_id>/settings")
@access(Right.SEE_APPLICATIONS)
def set_up(bulk_id: UUID) -> ResponseReturnValue:
    """Say how it is done."""
    bulk = queries.get_bulk(bulk_id, viewer=g.person)
    stages = _stages(bulk)
    form = settings_form(bulk, stages)
    if form.validate_on_submit():
        try:
            actions.set_up(bulk, form.settings(stages), by=g.person)
        except Invalid as refusal:
            form.refuse_setting(refusal, bulk.kind)
        else:
            return redirect(url_for(".show", bulk_id=bulk_id, _anchor="preview"))
    return _before(bulk, form)


@bp.post("/<uuid:bulk_id>/start")
@access(Right.SEE_APPLICATIONS)
def start(bulk_id: UUID) -> ResponseReturnValue:
    """Do it."""
    bulk = queries.get_bulk(bulk_id, viewer=g.person)
    form = EmptyForm()
    seen = request.form.get("version", "")
    if not form.validate_on_submit() or not seen.isdigit():
        raise Invalid(_("Look through it again, and start it from there."))
    try:
        actions.start(bulk, seen_version=int(seen[:9]), by=g.person)
    except Conflict as refusal:
        flash(str(refusal.sentence), "warning")
    return redirect(url_for(".show", bulk_id=bulk_id))


@bp.post("/<uuid:bulk_id>/undo")
@access(Right.SEE_APPLICATIONS)
def undo(bulk_id: UUID) -> ResponseReturnValue:
    """Call the letters back and reopen the applications."""
    actions.take_back(queries.get_bulk(bulk_id, viewer=g.person), by=g.person)
    return redirect(url_for(".show", bulk_id=bulk_id))


@bp.post("/<uuid:bulk_id>/export")
@access(Right.SEE_APPLICATIONS)
def export(bulk_id: UUID) -> ResponseReturnValue:
    """The chosen applications as a file."""
    bulk = queries.get_bulk(bulk_id, viewer=g.person)
    rows = table_of(bulk, viewer=g.person)
    form = "xlsx" if request.form.get("form") == "xlsx" else "csv"
    actions.note_export(bulk, by=g.person, count=len(rows) - 1, form=form)
    content: str | bytes = xlsx_bytes(str(_("Applications")), rows) if form == "xlsx" else csv_text(rows)
    headers = {"Content-Disposition": f"attachment; filename=applications.{form}", "Cache-Control": "private, no-store"}
    return Response(content, mimetype=XLSX if form == "xlsx" else "text/csv", headers=headers)


@bp.get("/<uuid:bulk_id>/progress")
@access(Right.SEE_APPLICATIONS)
def progress(bulk_id: UUID) -> ResponseReturnValue:
    """How far it is: a part of its page."""
    bulk = queries.get_bulk(bulk_id, viewer=g.person)
    if not is_fragment_request():
        return redirect(url_for(".show", bulk_id=bulk_id))
    answer = page("hiring/bulk/progress.html", bulk=bulk, tally=queries.tallies([bulk])[bulk.id], item=ItemState)
    if not bulk.is_under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _before(bulk: Bulk, form: SettingsForm | None = None) -> Response:
    chosen = queries.chosen_in(bulk, viewer=g.person)
    stages = _stages(bulk)
    seen = queries.foreseen(bulk, chosen)
    return page(
        "hiring/bulk/choose.html",
        form=form or settings_form(bulk, stages),
        bulk=bulk,
        rows=_one_page([*(each for each in seen if each.why_not), *(each for each in seen if not each.why_not)]),
        able=sum(not each.why_not for each in seen),
        unable=sum(bool(each.why_not) for each in seen),
        lost=queries.tallies([bulk])[bulk.id].total - len(seen),
        ready=bulk.is_set or bulk.kind is BulkKind.EXPORT,
        in_background=len(seen) > actions.AT_ONCE,
        **_words(),
    )


def _after(bulk: Bulk) -> Response:
    asked = request.args.get("state", "")
    state = ItemState(asked) if asked in set(ItemState) else None
    return page(
        "hiring/bulk/show.html",
        bulk=bulk,
        tally=queries.tallies([bulk])[bulk.id],
        items=queries.items_of(bulk, viewer=g.person, number=wanted_page(), state=state),
        state=state,
        **_words(),
    )


def _stages(bulk: Bulk) -> list[Stage]:
    """The stages to choose from: those of the posting, when all that were chosen are of one."""
    if bulk.kind is not BulkKind.ADVANCE:
        return []
    postings = {each.posting_key for each in queries.chosen_in(bulk, viewer=g.person)}
    return queries.stages_of(postings)[postings.pop()] if len(postings) == 1 else []


def _one_page(rows: list[Foreseen]) -> Page[Foreseen]:
    number = wanted_page()
    first = (number - 1) * ROWS
    return Page(rows[first : first + ROWS], number, len(rows) > first + ROWS)


def _words() -> dict[str, Any]:
    return {
        "kinds": labels.KINDS,
        "states": labels.STATES,
        "tones": labels.STATE_TONES,
        "item_states": labels.ITEM_STATES,
        "item_tones": labels.ITEM_TONES,
        "do_it": labels.do_it,
        "in_hours": labels.in_hours,
        "item": ItemState,
    }
