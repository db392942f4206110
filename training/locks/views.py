"""Pages of locked exams: who waits for an attempt, and granting it."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid, NotFound
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.certificates.documents import percent
from training.exams.models import Attempt
from training.locks import actions, policy, queries
from training.locks.forms import GrantForm

bp = Blueprint("locks", __name__, url_prefix="/exam-locks")


@bp.route("")
@access(Right.WRITE_COURSES)
def index() -> ResponseReturnValue:
    """Who has used up the attempts at an exam, longest waiting first."""
    found = queries.locks_page(g.person, on=today(g.person.time_zone), number=wanted_page())
    return page("training/locks/index.html", locks=found, score=_score)


def _score(attempt: Attempt) -> str:
    return "–" if attempt.percent is None else percent(attempt.percent)


@bp.route("/<uuid:lock_id>", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def show(lock_id: UUID) -> ResponseReturnValue:
    """One lock: what was tried, and granting more attempts with a reason."""
    lock = queries.get_lock(lock_id)
    if not policy.can_unlock(g.person, lock.person):
        raise NotFound
    form = GrantForm()
    if lock.lifted_at is None and form.validate_on_submit():
        try:
            actions.grant_attempts(lock.person, lock.course_version, attempts=form.attempts.data or 0, reason=form.reason.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The exam is open again. %(name)s has been told.", name=lock.person.name), "success")
            return redirect(url_for(".index"))
    return page(
        "training/locks/lock.html", lock=lock, form=form, sat=queries.attempts_before(lock), granted=queries.grants_before(lock), score=_score
    )
