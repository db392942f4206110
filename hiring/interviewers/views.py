"""Pages on which pools of interviewers are kept."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Refusal
from core.people.models import Person
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import page
from hiring.interviewers import actions, queries
from hiring.interviewers.forms import InterviewerPoolForm
from hiring.interviewers.models import InterviewerPool
from hiring.interviews.models import SeatPart
from hiring.postings.forms import EmptyForm

bp = Blueprint("interviewers", __name__, url_prefix="/interviewer-pools")


@bp.get("")
@access(Right.SCHEDULE_INTERVIEWS)
def index() -> ResponseReturnValue:
    """The pools, who is in them, and how far those in training have come."""
    pools = queries.interviewer_pools()
    learned = queries.training_of([each for pool in pools for each in pool.interviewers], now=now())
    return page("hiring/interviewers/index.html", pools=pools, learned=learned, parts=SeatPart, empty_form=EmptyForm(formdata=None))


@bp.route("/new", methods=["GET", "POST"])
@access(Right.SCHEDULE_INTERVIEWS)
def new() -> ResponseReturnValue:
    """Make a pool."""
    form, people = _form(None)
    if form.validate_on_submit():
        try:
            actions.make_interviewer_pool(form.text(people), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
            return page("hiring/interviewers/edit.html", form=form, pool=None, status=refusal.status)
        flash(_("The pool is kept."), "success")
        return redirect(url_for(".index"))
    return page("hiring/interviewers/edit.html", form=form, pool=None)


@bp.route("/<uuid:interviewer_pool_id>", methods=["GET", "POST"])
@access(Right.SCHEDULE_INTERVIEWS)
def edit(interviewer_pool_id: UUID) -> ResponseReturnValue:
    """Change a pool: who is in it, and who is qualified now."""
    pool = queries.get_interviewer_pool(interviewer_pool_id)
    form, people = _form(pool)
    if form.validate_on_submit():
        try:
            actions.change_interviewer_pool(pool, form.text(people), by=g.person, version=form.seen_version)
        except Refusal as refusal:
            form.refuse(refusal)
            return page("hiring/interviewers/edit.html", form=form, pool=pool, status=refusal.status)
        flash(_("The pool is kept."), "success")
        return redirect(url_for(".index"))
    return page("hiring/interviewers/edit.html", form=form, pool=pool)


@bp.post("/<uuid:interviewer_pool_id>/close")
@access(Right.SCHEDULE_INTERVIEWS)
def close(interviewer_pool_id: UUID) -> ResponseReturnValue:
    """Take a pool out of every choice."""
    actions.close_interviewer_pool(queries.get_interviewer_pool(interviewer_pool_id), by=g.person)
    flash(_("The pool is closed."), "success")
    return redirect(url_for(".index"))


def _form(pool: InterviewerPool | None) -> tuple[InterviewerPoolForm, dict[str, Person]]:
    values: dict[str, object] = {}
    present = [] if pool is None else pool.interviewers
    if pool is not None:
        values = {"name": pool.name, "shadowings": pool.shadowings, "leadings": pool.leadings, "version": str(pool.version)}
        values["qualified"] = [str(each.person.public_id) for each in present if each.qualified_at is not None]
        values["learning"] = [str(each.person.public_id) for each in present if each.qualified_at is None]
    form = InterviewerPoolForm(**values)
    people = {str(person.public_id): person for person in [*people_with_right(Right.INTERVIEW), *(each.person for each in present)]}
    form.qualified.choices = form.learning.choices = pairs(people.values())
    return form, people
