"""Pages on which human resources makes teams that share a queue of tasks."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Conflict, Invalid
from core.people.choosing import choose_person
from core.people.models import Person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.choices import named
from onboarding.teams import actions, queries
from onboarding.teams.forms import TeamForm

bp = Blueprint("onboarding_teams", __name__, url_prefix="/onboarding/teams")


@bp.route("")
@access(Right.RUN_ONBOARDING)
def index() -> ResponseReturnValue:
    """Every team."""
    return page("onboarding/teams/index.html", teams=queries.teams())


@bp.route("/new", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def new() -> ResponseReturnValue:
    """Make a team."""
    form = TeamForm()
    form.people.choices = []
    if form.validate_on_submit():
        try:
            team = actions.make_team(name=form.name.data, people=_chosen(form, []), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s can be given tasks now.", name=team.name), "success")
            return redirect(url_for(".index"))
    return page("onboarding/teams/edit.html", form=form, team=None)


@bp.route("/<uuid:team_id>", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def edit(team_id: UUID) -> ResponseReturnValue:
    """Another name or other people; a second writer gets 409 and keeps what they typed."""
    team = queries.get_team(team_id)
    members = [row.person for row in team.memberships]
    form = TeamForm(data={"name": team.name, "people": [str(person.public_id) for person in members], "version": team.version})
    form.people.choices = named(sorted(members, key=lambda person: person.name))
    status = None
    if form.validate_on_submit():
        try:
            actions.change_team(team, name=form.name.data, people=_chosen(form, members), version=form.version.data or 0, by=g.person)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            if isinstance(refusal, Conflict):
                form.version.data, form.version.raw_data, status = team.version, None, 409
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".index"))
    return page("onboarding/teams/edit.html", form=form, team=team, status=status)


def _chosen(form: TeamForm, members: Sequence[Person]) -> list[Person]:
    """Those who stay and those who come in. Raises Invalid at a name that is nobody's."""
    found = [person for person in members if str(person.public_id) in (form.people.data or ())]
    day = today(g.person.time_zone)
    for field in form.added:
        try:
            person = choose_person(field.data, on=day, field=field.name)
        except Invalid as refusal:
            field.errors = [*field.errors, str(refusal.sentence)]
            raise
        if person is not None and person not in found:
            found.append(person)
    return found
