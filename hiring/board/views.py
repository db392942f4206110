"""The applications of a posting as board, table and list, and moving them between its stages."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.errors import Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import is_fragment_request, own_address, page
from core.web.paging import wanted_page
from hiring.applications.actions import advance_application
from hiring.applications.models import holds
from hiring.applications.policy import can_enter_by_hand
from hiring.applications.queries import get_application
from hiring.board import cards, queries
from hiring.board.forms import MoveForm
from hiring.board.listing import Choices, choices_of, rows_of
from hiring.board.looking import ONLY, conditions, in_list, wanted_in
from hiring.postings.labels import TURNS
from hiring.screening.ageing import age
from hiring.search.queries import tags_by_candidate
from hiring.stages.gates import shown_by_keys

bp = Blueprint("board", __name__)


@bp.route("/postings/<uuid:posting_id>/board")
@access(Right.SEE_APPLICATIONS)
def show(posting_id: UUID) -> ResponseReturnValue:
    """The posting's stages side by side, each application a card."""
    return page("hiring/board/show.html", **_board(posting_id), choices=_choices(posting_id))


@bp.route("/postings/<uuid:posting_id>/board/changes")
@access(Right.SEE_APPLICATIONS)
def changes(posting_id: UUID) -> ResponseReturnValue:
    """The board anew for a page that shows it, or nothing when it stands as that page saw it."""
    if not is_fragment_request():
        return redirect(url_for(".show", posting_id=posting_id, **wanted_in(request.args).address))
    wanted, looked_for = wanted_in(request.args), []
    if wanted.address:
        posting = queries.get_posting_to_show(posting_id, viewer=g.person)
        looked_for = conditions(wanted, posting, viewer=g.person, now=now(), today=today())
    if queries.stamp(posting_id, looked_for, viewer=g.person) == request.args.get("seen"):
        return "", 204
    return page("hiring/board/columns.html", **_board(posting_id))


@bp.route("/postings/<uuid:posting_id>/applications")
@access(Right.SEE_APPLICATIONS)
def listing(posting_id: UUID) -> ResponseReturnValue:
    """The posting's applications as a table or a list, page by page, by the filter of the board."""
    posting = queries.get_posting_to_show(posting_id, viewer=g.person)
    wanted = wanted_in(request.args)
    looked_for = conditions(wanted, posting, viewer=g.person, now=now(), today=today())
    found = rows_of(posting, [in_list(wanted, posting), *looked_for], number=wanted_page())
    return page(
        "hiring/board/listing.html",
        posting=posting,
        wanted=wanted,
        only=ONLY,
        as_list=request.args.get("view") == "list",
        found=found,
        tags=tags_by_candidate([row.candidate_key for row in found.rows]),
        choices=_choices(posting_id),
        turns=TURNS,
        age=age,
        holds=holds,
        now=now(),
    )


def _choices(posting_id: UUID) -> Choices | None:
    """What the filter offers, when it is open: who looks at the whole board is not made to wait for it."""
    return choices_of(posting_id) if request.args.get("filter") == "open" or wanted_in(request.args).address else None


def _board(posting_id: UUID) -> dict[str, Any]:
    posting = queries.get_posting_to_show(posting_id, viewer=g.person)
    wanted = wanted_in(request.args)
    found = queries.board(posting, conditions(wanted, posting, viewer=g.person, now=now(), today=today()))
    may_move = g.person.may(Right.DECIDE_APPLICATIONS)
    noted = {card.key: card.references for column in found.columns for card in column.cards}
    return {
        "posting": posting,
        "columns": cards.shown(found.columns, shown_by_keys(noted, posting.stages), may_move=may_move, now=now()),
        "targets": [(stage.public_id, stage.name, stage.position) for stage in posting.stages if can_enter_by_hand(stage.kind)],
        "turns": TURNS,
        "wanted": wanted,
        "only": ONLY,
        "stamp": found.stamp,
    }


@bp.route("/applications/<uuid:application_id>/move", methods=["POST"])
@access(Right.DECIDE_APPLICATIONS)
def move(application_id: UUID) -> ResponseReturnValue:
    """Take the application to another stage, from the board or its page."""
    application = get_application(application_id, viewer=g.person)
    form = MoveForm()
    stages = {str(stage.public_id): stage for stage in application.posting.stages}
    form.stage.choices = pairs(stages.values())
    if not form.validate_on_submit():
        raise Invalid(_("Choose a stage of this posting.") if form.stage.errors else form.version.errors[0])
    application = advance_application(application, to_stage=stages[form.stage.data], by=g.person, seen_version=form.version.data)
    if request.headers.get("X-Requested-With") == "board":
        return {"version": application.version}
    if request.form.get("from") != "desk":  # which says it itself, and lets one take it back
        flash(_("%(name)s is now in “%(stage)s”.", name=application.shown_name, stage=application.stage.name), "success")
    came_from = own_address(request.form.get("next"), otherwise="")
    return redirect(came_from or url_for(".show", posting_id=application.posting.public_id))
