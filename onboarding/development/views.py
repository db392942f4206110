"""Pages of development: a new hire's plan, and what roles ask for."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

import training.public
from core.errors import Invalid
from core.people.queries import job_roles
from core.people.rights import Right
from core.web.access import access
from core.web.forms import Form
from core.web.i18n import _
from core.web.pages import page
from onboarding.choices import chosen_from, named
from onboarding.circle import Circle
from onboarding.development import actions, forms, queries
from onboarding.development.models import MeansKind
from onboarding.development.standing import development_of
from onboarding.goals.queries import get_goals_circle
from onboarding.reviews.models import Side
from onboarding.reviews.policy import side_of

bp = Blueprint("development", __name__)


@bp.route("/first-ninety-days/<uuid:person_id>/development")
@access(Right.WORK)
def show(person_id: UUID) -> ResponseReturnValue:
    """Gaps in the role, the plan, and what is missing for the next step."""
    circle = get_goals_circle(person_id, viewer=g.person)
    return page("onboarding/development/show.html", circle=circle, found=development_of(circle), takes_part=side_of(circle) is not None)


@bp.route("/first-ninety-days/<uuid:person_id>/development/levels", methods=["GET", "POST"])
@access(Right.WORK)
def levels(person_id: UUID) -> ResponseReturnValue:
    """What level I see, in myself or in my report."""
    circle = get_goals_circle(person_id, viewer=g.person)
    found = development_of(circle)
    wanted = {gap.competency_id: gap.name for gap in [*found.gaps, *found.next_gaps]}
    own, seen = queries.levels_of(circle.person)
    form = forms.levels_form(sorted(wanted.items(), key=lambda item: item[1]), own if side_of(circle) is Side.PERSON else seen)
    if form.validate_on_submit():
        chosen = {key: level for key, level in forms.levels_in(form, list(wanted)).items() if level is not None}
        actions.assess_levels(circle.person, chosen, by=g.person)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", person_id=person_id))
    return page("onboarding/development/levels.html", form=form, circle=circle, keys=list(wanted))


@bp.route("/first-ninety-days/<uuid:person_id>/development/actions", methods=["GET", "POST"])
@access(Right.WORK)
def plan(person_id: UUID) -> ResponseReturnValue:
    """Put something into the plan."""
    circle = get_goals_circle(person_id, viewer=g.person)
    form = forms.MeansForm()
    courses = {str(course.public_id): course for course in training.public.courses()}
    goals = {str(goal.public_id): goal for goal in queries.agreed_goals(circle.person)}
    known = {str(row.public_id): row for row in queries.competencies()}
    form.course.choices = chosen_from(((key, course.title) for key, course in courses.items()), empty=_("None"))
    form.goal.choices = chosen_from(((key, goal.shown.specific) for key, goal in goals.items()), empty=_("None"))
    form.competency.choices = named(known.values(), empty=_("None"))
    if form.validate_on_submit():
        means = actions.Means(
            kind=MeansKind(form.kind.data),
            due_on=form.due_on.data,
            title=form.title.data or "",
            competency=known.get(form.competency.data or ""),
            course=courses.get(form.course.data or ""),
            goal=goals.get(form.goal.data or ""),
        )
        try:
            actions.plan_action(circle.person, means, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added."), "success")
            return redirect(url_for(".show", person_id=person_id))
    return page("onboarding/development/plan.html", form=form, circle=circle)


@bp.route("/development/actions/<uuid:action_id>/finish", methods=["POST"])
@access(Right.WORK)
def finish(action_id: UUID) -> ResponseReturnValue:
    """It is done."""
    action, circle = queries.get_development_action(action_id, viewer=g.person)
    actions.finish_development(action, by=g.person)
    return _back(circle)


@bp.route("/development/actions/<uuid:action_id>/remove", methods=["POST"])
@access(Right.WORK)
def remove(action_id: UUID) -> ResponseReturnValue:
    """Take it out."""
    action, circle = queries.get_development_action(action_id, viewer=g.person)
    actions.remove_development(action, by=g.person)
    return _back(circle)


@bp.route("/competencies", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def competencies() -> ResponseReturnValue:
    """What there is to be able to do."""
    form = forms.CompetencyForm()
    if form.validate_on_submit():
        try:
            actions.add_competency(name=form.name.data, hint=form.hint.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added."), "success")
            return redirect(url_for(".competencies"))
    return page("onboarding/development/competencies.html", form=form, competencies=queries.competencies(), roles=job_roles())


@bp.route("/competencies/usual", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def add_usual() -> ResponseReturnValue:
    """Add the usual ones."""
    actions.add_usual_competencies(by=g.person)
    return redirect(url_for(".competencies"))


@bp.route("/competencies/roles/<uuid:role_id>", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def role(role_id: UUID) -> ResponseReturnValue:
    """What a role asks for."""
    wanted, known = queries.get_role(role_id), queries.competencies()
    present = {key: level for key, (_name, level) in queries.levels_expected(wanted.id).items()}
    form: Form = forms.levels_form(forms.competency_rows(known), present)
    if form.validate_on_submit():
        actions.expect_levels(wanted, forms.levels_in(form, [row.id for row in known]), by=g.person)
        flash(_("Saved."), "success")
        return redirect(url_for(".competencies"))
    return page("onboarding/development/role.html", form=form, role=wanted, keys=[row.id for row in known])


@bp.route("/competencies/ladder", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def ladder() -> ResponseReturnValue:
    """The career ladder."""
    roles = {str(row.public_id): row for row in job_roles()}
    form = forms.ladder_form(queries.ladder(), list(roles.values()))
    if form.validate_on_submit():
        chosen = [form[f"step-{number}"].data for number in range(1, forms.RUNGS + 1)]
        try:
            actions.set_ladder([roles[key] for key in chosen if key], by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".competencies"))
    return page("onboarding/development/ladder.html", form=form, numbers=range(1, forms.RUNGS + 1))


def _back(circle: Circle) -> ResponseReturnValue:
    return redirect(url_for(".show", person_id=circle.person.public_id))
