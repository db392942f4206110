"""The page that says from when a new hire may work alone, and why not earlier."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from core.calendars.business_days import is_business_day
from core.clock import today
from core.errors import NotFound
from core.people.rights import Right
from core.web.access import access
from core.web.charts import bar_chart
from core.web.i18n import _
from core.web.pages import page
from onboarding.checklists.models import Checklist, ChecklistState
from onboarding.checklists.policy import sees_checklist
from onboarding.checklists.queries import get_checklist
from onboarding.readiness.labels import STEP_KINDS
from onboarding.readiness.path import Placed, critical_path, place, ready_on, slips
from onboarding.readiness.situation import situation_of
from onboarding.readiness.steps import Situation, steps

bp = Blueprint("readiness", __name__, url_prefix="/onboarding")
FURTHEST, USUAL = 180, 7  # days by which a start can be tried out to move


@dataclass(frozen=True)
class _Plan:
    """The steps of one checklist as seen on a day."""

    checklist: Checklist
    situation: Situation
    day: date

    def placed(self, *, later: int = 0) -> dict[str, Placed]:
        """Each step with its day, if the start is so many days later."""
        situation = self.situation
        titles = (_("First day"), _("A shadowing session nobody has planned yet"))
        made = steps(situation, starts_on=situation.starts_on + timedelta(days=later), titles=titles)
        return place(made, today=self.day, is_business_day=lambda day: is_business_day(day, self.checklist.employment.location))


@bp.get("/<uuid:checklist_id>/readiness")
@access(Right.SEE_ONBOARDING)
def show(checklist_id: UUID) -> ResponseReturnValue:
    """From when, what decides it, and what slips when the start moves."""
    plan = _plan(checklist_id)
    asked, now_placed = _days(), plan.placed()
    moved, path = plan.placed(later=asked), critical_path(now_placed)
    deciding = {one.step.key for one in path}
    return page(
        "onboarding/readiness/show.html",
        checklist=plan.checklist,
        is_ready=len(now_placed) == 1 and plan.situation.starts_on <= plan.day,
        ready_on=ready_on(now_placed),
        path=path,
        others=sorted((one for one in now_placed.values() if one.step.key not in deciding), key=lambda one: (one.slack, one.done_on)),
        asked=asked,
        will_be_on=ready_on(moved),
        slips=slips(now_placed, moved),
        kinds=STEP_KINDS,
        furthest=FURTHEST,
        day=plan.day,
    )


@bp.get("/<uuid:checklist_id>/readiness.svg")
@access(Right.SEE_ONBOARDING)
def chart(checklist_id: UUID) -> ResponseReturnValue:
    """The way as bars: how many days from today until each step that decides the day is done."""
    plan = _plan(checklist_id)
    bars = [(one.step.title, float((one.done_on - plan.day).days)) for one in critical_path(plan.placed()) if one.done_on >= plan.day]
    answer = Response(bar_chart(_("Days from today"), bars, narrow=request.args.get("width") == "narrow"), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _plan(checklist_id: UUID) -> _Plan:
    """Of an onboarding under way that the viewer oversees: what decides when they may work alone is not told to the new hire. Raises NotFound."""
    checklist = get_checklist(checklist_id, viewer=g.person)
    if not sees_checklist(g.person, checklist) or checklist.person_id == g.person.id or checklist.state is ChecklistState.CANCELLED:
        raise NotFound
    day = today(checklist.person.time_zone)
    return _Plan(checklist, situation_of(checklist, on=day), day)


def _days() -> int:
    try:
        return max(-FURTHEST, min(int(request.args.get("days", USUAL)), FURTHEST))
    except ValueError:
        return USUAL
