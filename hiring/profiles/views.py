"""Pages on which role profiles are kept."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

import onboarding.public
import training.public
from core.clock import today
from core.errors import Conflict, Invalid
from core.people.queries import find_company, job_roles
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.criteria.asking import WITH_OPTIONS
from hiring.offers.queries import templates as letters
from hiring.postings import labels
from hiring.postings.queries import get_posting
from hiring.profiles import actions, policy
from hiring.profiles.forms import ProfileForm
from hiring.profiles.models import ProfileQuestion, RoleProfile
from hiring.profiles.queries import get_profile, profiles

bp = Blueprint("profiles", __name__)


@bp.get("/role-profiles")
@access(Right.SEE_POSTINGS)
def index() -> ResponseReturnValue:
    """Every role profile."""
    return page("hiring/profiles/index.html", profiles=profiles(), may_write=policy.can_write(g.person))


@bp.route("/role-profiles/new", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def new() -> ResponseReturnValue:
    """Write a profile for a role."""
    form, roles, known = ProfileForm(), job_roles(), letters()
    company = find_company()
    if not form.is_submitted() and company is not None:
        form.language.data, form.currency.data = company.locale, company.currency
    form.offer(roles, known)
    if form.validate_on_submit():
        try:
            profile = actions.write_profile(form.text(roles, known, None), by=g.person)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
        else:
            flash(_("The profile is kept. New postings for the role can begin with it."), "success")
            return redirect(url_for(".show", profile_id=profile.public_id))
    return page("hiring/profiles/edit.html", form=form, profile=None)


@bp.get("/role-profiles/<uuid:profile_id>")
@access(Right.SEE_POSTINGS)
def show(profile_id: UUID) -> ResponseReturnValue:
    """One role profile, with the onboarding and training that go with the role."""
    profile = get_profile(profile_id)
    return page(
        "hiring/profiles/show.html",
        profile=profile,
        labels=labels,
        may_write=policy.can_write(g.person),
        templates=onboarding.public.templates_of_role(profile.job_role_id, profile.employment_type),
        courses=training.public.courses_of_role(profile.job_role_id, on=today(g.person.time_zone)),
    )


@bp.route("/role-profiles/<uuid:profile_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def edit(profile_id: UUID) -> ResponseReturnValue:
    """Change a profile. Postings made from it stay as they are."""
    profile, known = get_profile(profile_id), letters()
    form = ProfileForm(data=_written(profile))
    form.offer([profile.job_role], known)
    status = None
    if form.validate_on_submit():
        try:
            actions.edit_profile(profile, form.text([], known, profile), by=g.person, version=form.seen_version)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            form.refuse(refusal)
            status = 409
        else:
            flash(_("The profile is kept. Postings made before stay as they are."), "success")
            return redirect(url_for(".show", profile_id=profile_id))
    return page("hiring/profiles/edit.html", form=form, profile=profile, status=status)


@bp.post("/role-profiles/<uuid:profile_id>/remove")
@access(Right.WRITE_POSTINGS)
def remove(profile_id: UUID) -> ResponseReturnValue:
    """Take a profile away."""
    actions.remove_profile(get_profile(profile_id), by=g.person)
    flash(_("The profile was removed. Postings made from it stay as they are."), "success")
    return redirect(url_for(".index"))


@bp.post("/postings/<uuid:posting_id>/role-profile")
@access(Right.WRITE_POSTINGS)
def take_from_posting(posting_id: UUID) -> ResponseReturnValue:
    """Keep what a posting says as its role's profile."""
    profile = actions.take_from_posting(get_posting(posting_id, viewer=g.person), by=g.person)
    flash(_("The role's profile now says what this posting says."), "success")
    return redirect(url_for(".show", profile_id=profile.public_id))


def _written(profile: RoleProfile) -> dict[str, Any]:
    values = {name: getattr(profile, name) for name in ("version", "language", *actions.COPIED)}
    rows = ("text", "kind", "weight", "must_have", "evidence")
    return {
        **values,
        "job_role": str(profile.job_role.public_id),
        "letter": "" if profile.letter is None else str(profile.letter.public_id),
        "criteria": [{name: getattr(row, name) for name in rows} for row in profile.criteria],
        "questions": [_asked(row) for row in profile.questions],
    }


def _asked(question: ProfileQuestion) -> dict[str, Any]:
    with_options = question.kind in WITH_OPTIONS and bool(question.accepted)
    return {
        "key": str(question.public_id),
        **{name: getattr(question, name) for name in ("text", "kind", "required", "is_mission")},
        "accepted": "options" if with_options else question.accepted,
        "accepted_options": question.accepted if with_options else "",
        "options": "\n".join(question.more.get("options", [])),
        "knock_out_reason": question.more.get("knock_out_reason", ""),
    }
