"""Pages around the board: what is late and with whom, handing tasks over, and who starts when."""

from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid, Refusal
from core.people.choosing import choose_person
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _, ngettext
from core.web.pages import page
from onboarding.board import queries
from onboarding.board.forms import HandOverForm
from onboarding.board.month import beside, month_of, weeks_of
from onboarding.changes.actions import hand_over
from onboarding.checklists.policy import can_run
from onboarding.choices import chosen_from
from onboarding.reminders.nudging import nudge
from onboarding.reminders.queries import nudged_on

bp = Blueprint("oversight", __name__, url_prefix="/onboarding")


@bp.route("/late")
@access(Right.SEE_ONBOARDING)
def late() -> ResponseReturnValue:
    """What is late: with whom, and which tasks again and again."""
    day = today(g.person.time_zone)
    return page(
        "onboarding/board/late.html",
        owners=queries.late_by_owner(g.person, on=day),
        bottlenecks=queries.bottlenecks(g.person, on=day),
        nudged=nudged_on(day),
        day=day,
        can_run=can_run(g.person),
        can_nudge=not g.person.may(Right.SEE_AUDIT),
    )


@bp.route("/late/<uuid:person_id>/nudge", methods=["POST"])
@access(Right.SEE_ONBOARDING)
def remind(person_id: UUID) -> ResponseReturnValue:
    """Remind one owner of their late tasks."""
    owner = get_person(person_id)
    try:
        nudge(owner, queries.late_tasks_of(owner, g.person, on=today(g.person.time_zone)), by=g.person)
    except Refusal as refusal:
        flash(str(refusal.sentence), "warning")
    else:
        flash(_("%(name)s gets a mail with their late tasks.", name=owner.name), "success")
    return redirect(url_for(".late"))


@bp.route("/hand-over", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def give() -> ResponseReturnValue:
    """Give tasks of one person to another: choose the person, see the tasks, hand them over."""
    asked = request.args.get("owner", "")
    owner = get_person(UUID(asked)) if _is_id(asked) else None
    if owner is None:
        return page("onboarding/board/hand_over.html", form=None, owner=None, owners=queries.owners_of_open_tasks(), tasks=[])
    tasks = queries.tasks_to_hand_over(owner)
    form = HandOverForm(tasks=[str(task.public_id) for task in tasks])
    form.tasks.choices = chosen_from((str(task.public_id), task.title) for task in tasks)
    if form.validate_on_submit():
        try:
            taker = choose_person(form.taker.data, on=today(g.person.time_zone), field="taker", besides=[owner])
            return _hand_over(owner, taker, queries.chosen(tasks, form.tasks.data or []))
        except Invalid as refusal:
            form.refuse(refusal)
    return page("onboarding/board/hand_over.html", form=form, owner=owner, owners=[], tasks=tasks)


def _hand_over(owner: Person, taker: Person | None, tasks: list[Any]) -> ResponseReturnValue:
    possible = [task for task in tasks if taker is None or task.checklist.person_id != taker.id]
    hand_over(possible, owner, taker, by=g.person)
    flash(ngettext("%(num)d task was handed over. Both were told.", "%(num)d tasks were handed over. Both were told.", len(possible)), "success")
    return redirect(url_for(".late"))


@bp.route("/calendar")
@access(Right.SEE_ONBOARDING)
def calendar() -> ResponseReturnValue:
    """Who starts when, a month at a time."""
    day = today(g.person.time_zone)
    month = month_of(request.args.get("month", ""), otherwise=day)
    weeks = weeks_of(month)
    found = queries.starters(g.person, first=weeks[0][0], last=weeks[-1][-1])
    return page(
        "onboarding/board/calendar.html",
        month=month,
        weeks=weeks,
        starters={key: list(rows) for key, rows in groupby(found, key=lambda row: row.starts_on)},
        before=beside(month, later=False),
        after=beside(month, later=True),
        day=day,
    )


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
