"""The page on which an interview is scheduled, by hand or from a round of the posting's plan."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Refusal
from core.people.models import Person
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import page
from hiring.applications.models import Application
from hiring.applications.queries import get_application
from hiring.interviews.actions import Plan, schedule_interview
from hiring.interviews.forms import ScheduleForm
from hiring.interviews.models import InterviewKind
from hiring.plans import kits
from hiring.plans.models import PlanRound
from hiring.plans.planning import as_planned
from hiring.plans.queries import plan_of
from hiring.postings.models import StageKind

bp = Blueprint("interview_planning", __name__)


@bp.route("/applications/<uuid:application_id>/interviews/new", methods=["GET", "POST"])
@access(Right.SCHEDULE_INTERVIEWS)
def new(application_id: UUID) -> ResponseReturnValue:
    """Schedule an interview and invite everybody."""
    application = get_application(application_id, viewer=g.person)
    rounds = plan_of(application.posting)
    form = ScheduleForm(**_suggested(application, _asked(rounds, request.args.get("round", ""))))
    form.stage.choices = pairs(stage for stage in application.posting.stages if stage.kind is StageKind.INTERVIEW)
    people = {str(person.public_id): person for person in people_with_right(Right.INTERVIEW)}
    form.interviewers.choices = form.shadows.choices = form.reverse_shadows.choices = pairs(people.values())
    chosen, status = _asked(rounds, form.round.data or ""), None
    if form.validate_on_submit():
        try:
            stage = next(stage for stage in application.posting.stages if str(stage.public_id) == form.stage.data)
            schedule_interview(application, stage=stage, plan=_plan(form, people, chosen), by=g.person, within_limits=not form.anyway.data)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The interview is scheduled and everybody is invited."), "success")
            return redirect(url_for("screening.show", application_id=application_id))
    return page("hiring/interviews/new.html", form=form, application=application, rounds=rounds, chosen=chosen, pools_of=kits.pools_of, status=status)


def _asked(rounds: Sequence[PlanRound], key: str) -> PlanRound | None:
    return next((each for each in rounds if str(each.public_id) == key), None)


def _suggested(application: Application, planned: PlanRound | None) -> dict[str, object]:
    if request.method != "GET":
        return {}
    day = today(application.posting.location.time_zone) + timedelta(days=2)
    values: dict[str, object] = {"time_zone": application.posting.location.time_zone, "starts": datetime.combine(day, time(10)), "minutes": 60}
    if planned is None:
        is_panel = application.stage.kind is StageKind.INTERVIEW and "panel" in application.stage.name.casefold()
        kind = InterviewKind.PANEL if is_panel else InterviewKind.FIRST
        return values | {"stage": str(application.stage.public_id), "kind": kind.value}
    return values | {
        "round": str(planned.public_id),
        "stage": str(planned.stage.public_id),
        "kind": planned.kind.value,
        "minutes": planned.minutes,
        "interviewers": [str(person.public_id) for person in kits.people_of(planned)],
        "questions": kits.kit_text(planned, language=application.posting.language),
    }


def _plan(form: ScheduleForm, people: Mapping[str, Person], planned: PlanRound | None) -> Plan:
    begins, ends = form.instants(form.time_zone.data)
    return Plan(
        kind=form.chosen_kind(),
        starts_at=begins,
        ends_at=ends,
        time_zone=form.time_zone.data,
        interviewers=[people[key] for key in form.interviewers.data or ()],
        trainees=form.trainees(people),
        place=form.place.data or "",
        meeting_url=form.meeting_url.data or "",
        message=form.message.data or "",
        questions=form.questions.data or "",
        **as_planned(planned),
    )
