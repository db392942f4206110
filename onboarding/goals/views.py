"""Pages of goals."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.forms import Form
from core.web.i18n import _
from core.web.pages import page
from core.web.uploads import takes_files
from onboarding.circle import Circle
from onboarding.goals import actions, queries
from onboarding.goals.actions import WHOLE
from onboarding.goals.charts import line_of
from onboarding.goals.figures import parse_actuals, percent_reached
from onboarding.goals.forms import ActualForm, AnswerForm, FiguresForm, goal_form
from onboarding.goals.models import Goal, GoalState
from onboarding.reviews.models import Side
from onboarding.reviews.policy import side_of

bp = Blueprint("goals", __name__)
LARGEST_FILE = 200_000


@bp.route("/first-ninety-days/<uuid:person_id>/goals")
@access(Right.WORK)
def index(person_id: UUID) -> ResponseReturnValue:
    """A new hire's goals, how far each is, and what they weigh together."""
    circle = queries.get_goals_circle(person_id, viewer=g.person)
    goals = queries.goals_of(circle.person)
    agreed = [goal for goal in goals if goal.state is GoalState.AGREED]
    reached = sum(_reached(goal) * goal.shown.weight for goal in agreed)
    return page(
        "onboarding/goals/index.html",
        circle=circle,
        rows=[(goal, _reached(goal)) for goal in goals],
        weight=sum(goal.shown.weight for goal in agreed),
        reached=reached // 100,
        can_propose=side_of(circle) is not None,
    )


@bp.route("/first-ninety-days/<uuid:person_id>/goals/new", methods=["GET", "POST"])
@access(Right.WORK)
def new(person_id: UUID) -> ResponseReturnValue:
    """Propose a goal."""
    circle = queries.get_goals_circle(person_id, viewer=g.person)
    form = goal_form(None)
    if form.validate_on_submit():
        try:
            goal = actions.propose_goal(circle.person, form.smart(), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Proposed. It counts once the other side agrees."), "success")
            return redirect(url_for(".show", goal_id=goal.public_id))
    return page("onboarding/goals/edit.html", form=form, circle=circle, goal=None)


@bp.route("/goals/<uuid:goal_id>")
@access(Right.WORK)
def show(goal_id: UUID) -> ResponseReturnValue:
    """One goal: what is agreed on, what is proposed, and the figures."""
    return _show(*queries.get_goal(goal_id, viewer=g.person))


@bp.route("/goals/<uuid:goal_id>/change", methods=["GET", "POST"])
@access(Right.WORK)
def change(goal_id: UUID) -> ResponseReturnValue:
    """Propose a change."""
    goal, circle = queries.get_goal(goal_id, viewer=g.person)
    form = goal_form(goal.proposal or goal.shown)
    if form.validate_on_submit():
        try:
            actions.propose_change(goal, form.smart(), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Proposed. What was agreed on holds until the other side agrees."), "success")
            return redirect(url_for(".show", goal_id=goal_id))
    return page("onboarding/goals/edit.html", form=form, circle=circle, goal=goal)


@bp.route("/goals/<uuid:goal_id>/let-go", methods=["POST"])
@access(Right.WORK)
def let_go(goal_id: UUID) -> ResponseReturnValue:
    """Propose to let the goal go."""
    goal, _circle = queries.get_goal(goal_id, viewer=g.person)
    actions.propose_change(goal, None, by=g.person)
    flash(_("Proposed. The goal holds until the other side agrees."), "success")
    return redirect(url_for(".show", goal_id=goal_id))


@bp.route("/goals/<uuid:goal_id>/agree", methods=["POST"])
@access(Right.WORK)
def agree(goal_id: UUID) -> ResponseReturnValue:
    """Agree to what the other side proposed."""
    goal, circle = queries.get_goal(goal_id, viewer=g.person)
    form = AnswerForm()
    return _act(goal, circle, form, lambda: actions.agree_on_goal(goal, number=form.read, reason=form.reason.data or "", by=g.person), _("Agreed."))


@bp.route("/goals/<uuid:goal_id>/refuse", methods=["POST"])
@access(Right.WORK)
def refuse(goal_id: UUID) -> ResponseReturnValue:
    """Refuse it, or take one's own back."""
    goal, circle = queries.get_goal(goal_id, viewer=g.person)
    form = AnswerForm()
    return _act(goal, circle, form, lambda: actions.refuse_goal(goal, number=form.read, reason=form.reason.data or "", by=g.person), _("Done."))


@bp.route("/goals/<uuid:goal_id>/actuals", methods=["POST"])
@access(Right.WORK)
def measure(goal_id: UUID) -> ResponseReturnValue:
    """Write down a figure."""
    goal, circle = queries.get_goal(goal_id, viewer=g.person)
    form = ActualForm()
    return _act(goal, circle, form, lambda: actions.measure(goal, on=form.on.data, value=form.figure(), by=g.person), _("Written down."))


@bp.route("/goals/<uuid:goal_id>/actuals/remove", methods=["POST"])
@access(Right.WORK)
def remove_actual(goal_id: UUID) -> ResponseReturnValue:
    """Take a wrong figure out."""
    goal, _circle = queries.get_goal(goal_id, viewer=g.person)
    wanted = next((row for row in goal.actuals if row.on.isoformat() == request.form.get("on")), None)
    if wanted is not None:
        actions.remove_actual(goal, wanted.on, by=g.person)
    return redirect(url_for(".show", goal_id=goal_id))


@bp.route("/goals/<uuid:goal_id>/actuals/import", methods=["GET", "POST"])
@access(Right.WORK)
@takes_files
def take_file(goal_id: UUID) -> ResponseReturnValue:
    """Figures from a file: shown first, taken when confirmed."""
    goal, circle = queries.get_goal(goal_id, viewer=g.person)
    form, parsed = FiguresForm(), None
    if form.validate_on_submit():
        try:
            text = _text_of(form)
            parsed = parse_actuals(text, present={row.on for row in goal.actuals})
            if request.form.get("step") == "take":
                count = actions.take_figures(goal, parsed, by=g.person)
                flash(_("%(count)d figures written down.", count=count), "success")
                return redirect(url_for(".show", goal_id=goal_id))
            form.text.data = text
        except Invalid as refusal:
            form.refuse(refusal)
    return page("onboarding/goals/import.html", form=form, goal=goal, circle=circle, parsed=parsed)


@bp.route("/goals/<uuid:goal_id>/chart.svg")
@access(Right.WORK)
def chart(goal_id: UUID) -> ResponseReturnValue:
    """The figures as a line."""
    goal, _circle = queries.get_goal(goal_id, viewer=g.person)
    answer = Response(line_of(goal), mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _text_of(form: FiguresForm) -> str:
    if not form.file.data:
        return form.text.data or ""
    content = form.file.data.stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Invalid(_("The file is larger than 200 kB."), field="file")
    try:
        return str(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return str(content.decode("latin-1"))


def _reached(goal: Goal) -> int:
    shown = goal.shown
    value = goal.actuals[-1].value if goal.actuals else None
    return percent_reached(start=shown.start, target=shown.target, value=value, lower_is_better=shown.lower_is_better)


def _act(goal: Goal, circle: Circle, form: Form, act: Callable[[], Any], thanks: str) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _show(goal, circle, form)
    try:
        act()
    except Invalid as refusal:
        form.refuse(refusal)
        return _show(goal, circle, form)
    flash(thanks, "success")
    return redirect(url_for(".show", goal_id=goal.public_id))


def _show(goal: Goal, circle: Circle, form: Form | None = None) -> ResponseReturnValue:
    side = side_of(circle)
    proposal = goal.proposal
    is_asked = side is not None and proposal is not None and proposal.proposed_side is not side and not proposal.ends
    return page(
        "onboarding/goals/show.html",
        form=form,
        goal=goal,
        circle=circle,
        reached=_reached(goal),
        actual_form=form if isinstance(form, ActualForm) else ActualForm(formdata=None, on=today(g.person.time_zone)),
        takes_part=side is not None,
        together=queries.weight_together(queries.goals_of(circle.person)) if is_asked else WHOLE,
        may_reason=side is Side.MANAGER,
        is_own_proposal=proposal is not None and proposal.proposed_side is side,
    )
