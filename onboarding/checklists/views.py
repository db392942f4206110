"""Pages of checklists: the new hire's own, the board, one person's, and everyone's tasks across people."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, g, request
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.errors import NotFound
from core.files.sending import send_stored_file
from core.people.models import Person
from core.people.queries import departments, locations
from core.people.rights import Right
from core.photos.queries import get_photo, with_photo
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from onboarding.board.asking import wanted_of
from onboarding.board.labels import STAGE_HINTS, STAGES
from onboarding.board.queries import board as board_page
from onboarding.changes.leaving import call_off
from onboarding.checklists import actions, policy, queries
from onboarding.checklists.answers import after, answer_with_form, cards_of, own_tasks, standing_and_cards
from onboarding.checklists.forms import HandInForm, ReasonForm
from onboarding.checklists.history import moves_in
from onboarding.checklists.models import Checklist, ChecklistState
from onboarding.pulse.queries import find_asked
from onboarding.pulse.questions import wave_on
from onboarding.shadowing.models import SessionState
from onboarding.shadowing.queries import sessions_in_short, sessions_of

bp = Blueprint("checklists", __name__, url_prefix="/onboarding")

SHOWN_AT_FIRST = 5  # of each list on a new hire's own page but what is due today: it is read on a phone


@bp.route("")
@access(Right.SEE_ONBOARDING)
def board() -> ResponseReturnValue:
    """Everyone in onboarding whom the viewer oversees."""
    wanted, day = wanted_of(request.args), today(g.person.time_zone)
    found = board_page(g.person, wanted, on=day, number=wanted_page())
    standings = queries.standings([row.checklist for row in found.rows], on=day)
    if wanted.late:  # what training and shadowing say is done is late no more
        found = replace(found, rows=[row for row in found.rows if standings[row.checklist.id].overdue])
    return page(
        "onboarding/checklists/board.html",
        found=found,
        standings=standings,
        wanted=wanted,
        stages=STAGES,
        stage_hints=STAGE_HINTS,
        departments=[(row.public_id, row.name) for row in departments()],
        locations=[(row.public_id, row.name) for row in locations()],
        can_run=policy.can_run(g.person),
    )


@bp.route("/mine")
@access(Right.DO_OWN_TASKS)
def mine() -> ResponseReturnValue:
    """A new hire's own onboarding: today, next, done, and who is who."""
    checklist = queries.find_checklist_of(g.person)
    if checklist is None:
        return page("onboarding/checklists/none.html")
    day = today(g.person.time_zone)
    most = None if request.args.get("all") == "yes" else SHOWN_AT_FIRST
    sessions = sessions_in_short(g.person)
    return page(
        "onboarding/checklists/mine.html",
        checklist=checklist,
        own=own_tasks(checklist, g.person, sessions, on=day, most=most),
        sessions=sorted(sessions, key=lambda session: session.state is SessionState.SIGNED_OFF),  # what is to come first
        most=most,
        pulse=find_asked(g.person, on=day) if wave_on(checklist.starts_on, day) else None,
        photos=with_photo(_who_is_who(checklist)),
        day=day,
        hand_in=HandInForm(),
    )


@bp.route("/mine/photos/<uuid:person_id>")
@access(Right.DO_OWN_TASKS)
def photo(person_id: UUID) -> ResponseReturnValue:
    """The photo of somebody a new hire needs, also before day one."""
    checklist = queries.find_checklist_of(g.person)
    people = [] if checklist is None else _who_is_who(checklist)
    wanted = next((person for person in people if person is not None and person.public_id == person_id), None)
    if wanted is None:
        raise NotFound
    return send_stored_file(get_photo(wanted).file, inline=True)


def _who_is_who(checklist: Checklist) -> tuple[Person | None, ...]:
    return checklist.person, checklist.manager, checklist.buddy, checklist.hr


@bp.route("/tasks")
@access(Right.WORK)
def tasks() -> ResponseReturnValue:
    """What waits for me across all new hires, and what I ticked lately."""
    day = today(g.person.time_zone)
    found = queries.tasks_for(g.person, number=wanted_page(), size=20)
    waiting = queries.still_waiting(found.rows, on=day)
    lately = queries.done_lately(g.person, since=now() - timedelta(days=7))
    return page("onboarding/checklists/tasks.html", found=found, cards=cards_of(waiting, g.person, on=day, finished=()), lately=lately, day=day)


@bp.route("/<uuid:checklist_id>")
@access(Right.WORK)
def show(checklist_id: UUID) -> ResponseReturnValue:
    """One person's onboarding, with owners and history."""
    checklist = queries.get_checklist(checklist_id, viewer=g.person)
    return _show(checklist, ReasonForm())


@bp.route("/<uuid:checklist_id>/cancel", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def cancel(checklist_id: UUID) -> ResponseReturnValue:
    """End an onboarding that does not take place."""
    checklist = queries.get_checklist(checklist_id, viewer=g.person)
    form = ReasonForm()
    refused = answer_with_form(form, lambda: call_off(checklist, reason=form.reason.data, by=g.person))
    if refused:
        return _show(checklist, form)
    flash(_("The onboarding is cancelled."), "success")
    return after("checklists.show", checklist_id=checklist_id)


@bp.route("/<uuid:checklist_id>/complete", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def complete(checklist_id: UUID) -> ResponseReturnValue:
    """Close an onboarding of which everything required is done."""
    actions.complete_checklist(queries.get_checklist(checklist_id, viewer=g.person), by=g.person)
    flash(_("The onboarding is complete."), "success")
    return after("checklists.show", checklist_id=checklist_id)


def _show(checklist: Checklist, form: ReasonForm) -> ResponseReturnValue:
    day = today(g.person.time_zone)
    standing, cards = standing_and_cards(queries.tasks_of(checklist), g.person, on=day)
    sources, has_newer = queries.sources_of(checklist)
    return page(
        "onboarding/checklists/show.html",
        form=form,
        checklist=checklist,
        standing=standing,
        cards=cards,
        sources=sources,
        has_newer=checklist.state is ChecklistState.RUNNING and policy.can_run(g.person) and has_newer,
        moves=moves_in(checklist),
        sessions=sessions_of(checklist.person),
        can_run=policy.can_run(g.person),
        can_cancel=policy.can_cancel(g.person, checklist),
        day=day,
    )
