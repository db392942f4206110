"""The board of a posting, and moving applications between its stages."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import own_address, page
from hiring.applications.actions import advance_application
from hiring.applications.policy import can_enter_by_hand
from hiring.applications.queries import get_application
from hiring.board import cards, queries
from hiring.board.forms import MoveForm
from hiring.postings.labels import TURNS
from hiring.postings.queries import get_posting_with_stages
from hiring.stages.gates import shown_by_keys

bp = Blueprint("board", __name__)


@bp.route("/postings/<uuid:posting_id>/board")
@access(Right.SEE_APPLICATIONS)
def show(posting_id: UUID) -> ResponseReturnValue:
    """The posting's stages side by side, each application a card."""
    posting = get_posting_with_stages(posting_id, viewer=g.person)
    columns = queries.board(posting)
    may_move = g.person.may(Right.DECIDE_APPLICATIONS)
    noted = {card.key: card.references for column in columns for card in column.cards}
    return page(
        "hiring/board/show.html",
        posting=posting,
        columns=cards.shown(columns, shown_by_keys(noted, posting.stages), may_move=may_move, now=now()),
        targets=[(stage.public_id, stage.name, stage.position) for stage in posting.stages if can_enter_by_hand(stage.kind)],
        turns=TURNS,
    )


@bp.route("/applications/<uuid:application_id>/move", methods=["POST"])
@access(Right.DECIDE_APPLICATIONS)
def move(application_id: UUID) -> ResponseReturnValue:
    """Take the application to another stage, from the board or its page."""
    application = get_application(application_id, viewer=g.person)
    form = MoveForm()
    stages = {str(stage.public_id): stage for stage in application.posting.stages}
    form.stage.choices = pairs(stages.values())
    if not form.validate_on_submit():
        raise Invalid(_("Choose a stage of this posting."))
    application = advance_application(application, to_stage=stages[form.stage.data], by=g.person, seen_version=form.version.data)
    if request.headers.get("X-Requested-With") == "board":
        return {"version": application.version}
    if request.form.get("from") != "desk":  # which says it itself, and lets one take it back
        flash(_("%(name)s is now in “%(stage)s”.", name=application.shown_name, stage=application.stage.name), "success")
    came_from = own_address(request.form.get("next"), otherwise="")
    return redirect(came_from or url_for(".show", posting_id=application.posting.public_id))
