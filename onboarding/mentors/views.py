"""Pages of mentors: their profiles, pauses and days off, who would fit, and sessions that need another mentor."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.errors import Conflict, Invalid
from core.people.queries import locations
from core.people.rights import Right
from core.web.access import access
from core.web.forms import Form
from core.web.i18n import _
from core.web.pages import page
from onboarding.choices import named
from onboarding.mentors import actions, policy, queries
from onboarding.mentors.actions import Profile
from onboarding.mentors.asking import loads_of
from onboarding.mentors.forms import AbsenceForm, AddMentorForm, MentorForm, PauseForm
from onboarding.mentors.models import Mentor
from onboarding.mentors.reassigning import without_mentor
from onboarding.mentors.suggesting import suggest
from onboarding.programmes.queries import find_participation
from onboarding.shadowing.policy import insist_on_scheduler
from onboarding.shadowing.queries import new_hires, objectives
from onboarding.shadowing.scheduling import experienced_colleague

bp = Blueprint("mentors", __name__, url_prefix="/shadowing/mentors")


@bp.route("")
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """Every mentor, what they show and how much of their week is taken."""
    insist_on_scheduler(g.person)
    day = today(g.person.time_zone)
    found = queries.mentors(on=day)
    loads = loads_of([mentor.person_id for mentor in found], on=day, zone=g.person.time_zone)
    return page("onboarding/mentors/index.html", mentors=found, loads=loads, day=day, can_run=g.person.may(Right.RUN_ONBOARDING))


@bp.route("/mine", methods=["GET", "POST"])
@access(Right.WORK)
def mine() -> ResponseReturnValue:
    """My own profile, or the form to begin one."""
    own = queries.find_mentor(g.person.id)
    if own is not None:
        return redirect(url_for(".show", mentor_id=own.public_id))
    policy.insist_on_offer(g.person)
    form = _mentor_form(MentorForm, None)
    if form.validate_on_submit():
        mentor = actions.add_mentor(g.person, profile=_profile(form), by=g.person)
        flash(_("Thank you. You can be suggested as a mentor now."), "success")
        return redirect(url_for(".show", mentor_id=mentor.public_id))
    return page("onboarding/mentors/new.html", form=form, is_mine=True)


@bp.route("/new", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def new() -> ResponseReturnValue:
    """Let a colleague be a mentor."""
    day = today(g.person.time_zone)
    known = [mentor.person for mentor in queries.mentors(on=day)]
    form = _mentor_form(AddMentorForm, None)
    if form.validate_on_submit():
        try:
            mentor = actions.add_mentor(
                experienced_colleague(form.person.data, on=day, field="person", besides=known), profile=_profile(form), by=g.person
            )
            flash(_("Added."), "success")
            return redirect(url_for(".show", mentor_id=mentor.public_id))
        except Invalid as refusal:
            form.refuse(refusal)
    return page("onboarding/mentors/new.html", form=form, is_mine=False)


@bp.route("/<uuid:mentor_id>", methods=["GET", "POST"])
@access(Right.WORK)
def show(mentor_id: UUID) -> ResponseReturnValue:
    """A mentor's profile, for themselves and human resources."""
    mentor = queries.get_mentor(mentor_id, viewer=g.person)
    form = _mentor_form(MentorForm, mentor)
    if request.method == "GET":
        return _show(mentor)
    version = int(form.version.data) if (form.version.data or "").isdigit() else None
    return _act(
        mentor, form, "profile_form", lambda: actions.describe_mentor(mentor, profile=_profile(form), version=version, by=g.person), _("Saved.")
    )


@bp.route("/<uuid:mentor_id>/pause", methods=["POST"])
@access(Right.WORK)
def pause(mentor_id: UUID) -> ResponseReturnValue:
    """Let the mentor be asked for nothing for a while."""
    mentor, form = queries.get_mentor(mentor_id, viewer=g.person), PauseForm()

    def act() -> None:
        actions.pause(mentor, first_day=form.first_day.data, last_day=form.last_day.data, reason=form.reason.data or "", by=g.person)

    return _act(mentor, form, "pause_form", act, _("Paused. Whoever schedules is asked to find others for the sessions in that time."))


@bp.route("/<uuid:mentor_id>/resume", methods=["POST"])
@access(Right.WORK)
def resume(mentor_id: UUID) -> ResponseReturnValue:
    """End a pause."""
    actions.resume(queries.get_mentor(mentor_id, viewer=g.person), by=g.person)
    flash(_("The pause is over."), "success")
    return redirect(url_for(".show", mentor_id=mentor_id))


@bp.route("/<uuid:mentor_id>/days-off", methods=["POST"])
@access(Right.WORK)
def add_absence(mentor_id: UUID) -> ResponseReturnValue:
    """Note days off."""
    mentor, form = queries.get_mentor(mentor_id, viewer=g.person), AbsenceForm()
    return _act(
        mentor,
        form,
        "absence_form",
        lambda: actions.add_absence(mentor, starts_on=form.starts_on.data, ends_on=form.ends_on.data, by=g.person),
        _("Saved."),
    )


@bp.route("/<uuid:mentor_id>/days-off/<uuid:absence_id>/remove", methods=["POST"])
@access(Right.WORK)
def remove_absence(mentor_id: UUID, absence_id: UUID) -> ResponseReturnValue:
    """Take days off back."""
    mentor = queries.get_mentor(mentor_id, viewer=g.person)
    actions.remove_absence(mentor, queries.absence_of(mentor, absence_id), by=g.person)
    flash(_("Removed."), "success")
    return redirect(url_for(".show", mentor_id=mentor_id))


@bp.route("/suggest")
@access(Right.WORK)
def suggestions() -> ResponseReturnValue:
    """Who would be a good mentor for a new hire on a day, and why."""
    insist_on_scheduler(g.person)
    day = today(g.person.time_zone)
    people = {str(person.public_id): person for person in new_hires(g.person, on=day)}
    person = people.get(request.args.get("person", ""))
    on = max(day, _day(request.args.get("on", "")) or day)
    participation = None if person is None else find_participation(person)
    ranking = None if person is None else suggest(person, on=on, participation=participation)
    return page("onboarding/mentors/suggest.html", people=people, person=person, on=on, ranking=ranking, participation=participation)


@bp.route("/to-reassign")
@access(Right.SCHEDULE_SHADOWING)
def to_reassign() -> ResponseReturnValue:
    """Sessions ahead whose mentor will not be there."""
    return page("onboarding/mentors/to_reassign.html", found=without_mentor(g.person, at=now()))


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1971 <= found.year <= 2900 else None


def _mentor_form(kind: type[MentorForm], mentor: Mentor | None, *, sent: bool = True) -> Any:
    known: dict[str, Any] = {}
    if mentor is not None:
        known = {name: getattr(mentor, name) for name in ("languages", "is_remote", "weekly_sessions", "about")}
        known |= {"version": str(mentor.version), "skills": [str(row.objective.public_id) for row in mentor.skills]}
        known["places"] = [str(row.location.public_id) for row in mentor.places]
    form = kind(data=known) if sent else kind(formdata=None, data=known)
    form.skills.choices, form.places.choices = named(objectives(), "title"), named(locations())
    return form


def _profile(form: MentorForm) -> Profile:
    skills, places = set(form.skills.data or []), set(form.places.data or [])
    return Profile(
        skills=[row for row in objectives() if str(row.public_id) in skills],
        places=[row for row in locations() if str(row.public_id) in places],
        languages=form.languages.data or [],
        is_remote=form.is_remote.data,
        weekly_sessions=form.weekly_sessions.data,
        about=form.about.data or "",
    )


def _act(mentor: Mentor, form: Form, name: str, act: Callable[[], Any], thanks: str) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _show(mentor, form, name)
    try:
        act()
    except (Invalid, Conflict) as refusal:
        form.refuse(refusal)
        return _show(mentor, form, name, status=refusal.status)
    flash(thanks, "success")
    return redirect(url_for(".show", mentor_id=mentor.public_id))


def _show(mentor: Mentor, form: Form | None = None, name: str = "", status: int | None = None) -> ResponseReturnValue:
    forms: dict[str, Form] = {"pause_form": PauseForm(formdata=None), "absence_form": AbsenceForm(formdata=None)}
    forms["profile_form"] = form if name == "profile_form" and form is not None else _mentor_form(MentorForm, mentor, sent=False)
    if name and form is not None:
        forms[name] = form
    day = today(mentor.person.time_zone)
    return page("onboarding/mentors/show.html", form=form, mentor=mentor, **forms, day=day, is_mine=mentor.person_id == g.person.id, status=status)
