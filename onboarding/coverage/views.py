"""Coverage of shadowing: who has seen what, what nobody sees, and how much mentors do."""

from datetime import datetime, timedelta

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from core.clock import now, today
from core.people.rights import Right
from core.web.access import access
from core.web.dates import day_text
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from onboarding.coverage import queries
from onboarding.coverage.charts import weekly_bars
from onboarding.mentors.asking import week_of
from onboarding.programmes.models import ParticipationState
from onboarding.programmes.queries import participations_page
from onboarding.shadowing.queries import objectives

bp = Blueprint("coverage", __name__, url_prefix="/shadowing/coverage")
BEFORE, AFTER = 8, 4
LOOKED_BACK = timedelta(days=180)


@bp.route("")
@access(Right.SEE_ONBOARDING)
def index() -> ResponseReturnValue:
    """New hires by objectives, and the objectives nobody has seen in half a year."""
    found = participations_page(g.person, state=ParticipationState.RUNNING, number=wanted_page())
    watched = objectives()
    lately = queries.sightings_since(now() - LOOKED_BACK, viewer=g.person)
    return page(
        "onboarding/coverage/index.html",
        found=found,
        objectives=watched,
        seen=queries.times_seen([row.id for row in found.rows]),
        asked={row.id: {each.objective_id for stage in row.programme.stages for each in stage.objectives} for row in found.rows},
        unseen=[objective for objective in watched if not lately.get(objective.id)],
        asking=queries.programmes_asking(),
    )


@bp.route("/mentors")
@access(Right.SEE_ONBOARDING)
def mentors() -> ResponseReturnValue:
    """Mentors' sessions week by week."""
    mondays = _mondays()
    loads = queries.loads_by_week(g.person, mondays)
    return page("onboarding/coverage/mentors.html", loads=loads, mondays=mondays[:-1], this_week=mondays[BEFORE])


@bp.route("/mentors/chart.svg")
@access(Right.SEE_ONBOARDING)
def chart() -> ResponseReturnValue:
    """The same as a picture."""
    mondays = _mondays()
    loads = queries.loads_by_week(g.person, mondays)
    totals = [sum(load.weeks[number] for load in loads) for number in range(len(mondays) - 1)]
    labels = [day_text(monday, "d MMM") for monday in mondays[:-1]]
    drawn = weekly_bars(labels, totals, title=str(_("Sessions")), narrow=request.args.get("narrow") == "yes")
    response = Response(drawn, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _mondays() -> list[datetime]:
    zone = g.person.time_zone
    day = today(zone)
    return [week_of(day + timedelta(weeks=number), zone).starts_at for number in range(-BEFORE, AFTER + 1)]
