"""Pages on which human resources moves a first day, changes a position and ends an employment: each shows first what follows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

import onboarding.public
from core.clock import today
from core.errors import NotFound, Refusal
from core.people import queries
from core.people.choosing import choose_person, text_of
from core.people.models import Employment, EmploymentType
from core.people.moving import doubt_about, insist_on_editor, insist_on_first_day
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import page
from home.people import changing
from home.people.forms import EndForm, PositionForm, StartForm, WithdrawalForm

bp = Blueprint("employment", __name__, url_prefix="/people")


@bp.route("/<uuid:person_id>/first-day", methods=["GET", "POST"])
@access(Right.CHANGE_EMPLOYMENT)
def first_day(person_id: UUID) -> ResponseReturnValue:
    """Another first day: what moves, then the move."""
    employment = _employment(person_id)
    if employment.valid_from <= today(employment.location.time_zone) and queries.coming_change(employment.person, on=employment.valid_from):
        return redirect(url_for("coming_changes.move", person_id=person_id))
    form, preview = StartForm(starts_on=employment.valid_from), None
    if form.validate_on_submit():
        day = form.starts_on.data
        try:
            insist_on_editor(employment.person, by=g.person)
            insist_on_first_day(day, employment)
            if form.was_seen():
                changing.move_start(employment, day, by=g.person)
                flash(_("%(name)s now starts on %(day)s.", name=employment.person.name, day=format_date(day, "long")), "success")
                return redirect(url_for("people.show", person_id=person_id))
            preview = onboarding.public.start_preview(employment, day)
        except Refusal as refusal:
            form.refuse(refusal)
    doubt = doubt_about(form.starts_on.data, employment.location) if form.is_submitted() and form.starts_on.data else ""
    return page("home/people/first_day.html", form=form, employment=employment, preview=preview, doubt=doubt)


@bp.route("/<uuid:person_id>/position", methods=["GET", "POST"])
@access(Right.CHANGE_EMPLOYMENT)
def position(person_id: UUID) -> ResponseReturnValue:
    """Another role, department, place or manager: the difference it makes, then the change."""
    employment = _employment(person_id)
    form, known = _position_form(employment)
    preview, shown = None, False
    if form.validate_on_submit():
        try:
            wanted = _position_of(form, known, employment)
            changing.insist_on_change(employment, wanted, starts_on=form.starts_on.data, by=g.person)
            if form.was_seen():
                changing.change_position(employment, wanted, starts_on=form.starts_on.data, applies=form.applies.data, by=g.person)
                flash(_("The position of %(name)s is changed.", name=employment.person.name), "success")
                return redirect(url_for("people.show", person_id=person_id))
            preview, shown = onboarding.public.position_preview(employment, _as_if(wanted), starts_on=form.starts_on.data), True
            form.applies.data = True  # the box is shown from now on
        except Refusal as refusal:
            form.refuse(refusal)
    return page("home/people/position.html", form=form, employment=employment, preview=preview, shown=shown)


@bp.route("/<uuid:person_id>/end", methods=["GET", "POST"])
@access(Right.CHANGE_EMPLOYMENT)
def end(person_id: UUID) -> ResponseReturnValue:
    """The end of an employment, or of one that has not begun: what it sets going, then the end."""
    employment = _employment(person_id)
    day = today(employment.location.time_zone)
    if employment.valid_from > day:
        return _withdrawal(employment)
    form, preview = EndForm(last_day=day, successor=text_of(employment.manager)), None
    if form.validate_on_submit():
        try:
            successor = choose_person(form.successor.data, on=day, field="successor", besides=[employment.person])
            insist_on_editor(employment.person, by=g.person)
            if form.was_seen():
                changing.leave(employment, last_day=form.last_day.data, successor=successor, reason=form.reason.data, by=g.person)
                flash(_("%(name)s leaves. What is left to do has been given out.", name=employment.person.name), "success")
                return redirect(url_for("people.show", person_id=person_id))
            preview = onboarding.public.leaving_preview(employment, last_day=form.last_day.data, taker=successor)
        except Refusal as refusal:
            form.refuse(refusal)
    reports = queries.reports_from(employment.person, day=day)
    return page("home/people/end.html", form=form, employment=employment, preview=preview, reports=reports, withdraws=False)


def _withdrawal(employment: Employment) -> ResponseReturnValue:
    form, preview = WithdrawalForm(), None
    if form.validate_on_submit():
        try:
            insist_on_editor(employment.person, by=g.person)
            if form.was_seen():
                changing.withdraw(employment, reason=form.reason.data, by=g.person)
                flash(_("%(name)s does not start. What is left to do has been given out.", name=employment.person.name), "success")
                return redirect(url_for("checklists.board", kind="leaving"))
            preview = onboarding.public.leaving_preview(employment, last_day=None)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("home/people/end.html", form=form, employment=employment, preview=preview, reports=[], withdraws=True)


def _employment(person_id: UUID) -> Employment:
    person = queries.get_person(person_id)
    found = queries.standing_employment(person, on=today(person.time_zone))
    if found is None:
        raise NotFound
    return found


def _position_form(employment: Employment) -> tuple[PositionForm, dict[str, dict[str, Any]]]:
    day = today(employment.location.time_zone)
    rows: dict[str, Sequence[Any]] = {
        "job_role": queries.job_roles(),
        "department": queries.departments(),
        "location": queries.locations(),
    }
    form = PositionForm(
        **{name: _id_of(getattr(employment, name)) for name in rows},
        employment_type=employment.employment_type.value,
        manager=text_of(employment.manager),
        starts_on=max(day, employment.valid_from),
    )
    for name, found in rows.items():
        form[name].choices = pairs(found)
    return form, {name: {str(row.public_id): row for row in found} for name, found in rows.items()}


def _position_of(form: PositionForm, known: dict[str, dict[str, Any]], employment: Employment) -> changing.Position:
    on = max(form.starts_on.data, today(employment.location.time_zone))
    return changing.Position(
        job_role=known["job_role"][form.job_role.data],
        department=known["department"][form.department.data],
        location=known["location"][form.location.data],
        employment_type=EmploymentType(form.employment_type.data),
        manager=choose_person(form.manager.data, on=on, field="manager", besides=[employment.person], also=[employment.manager]),
    )


def _as_if(wanted: changing.Position) -> Employment:
    """The position as an employment that is not written down."""
    return Employment(
        job_role_id=wanted.job_role.id,
        department_id=wanted.department.id,
        location_id=wanted.location.id,
        employment_type=wanted.employment_type,
        manager_id=wanted.manager.id if wanted.manager else None,
    )


def _id_of(row: Any) -> str:
    return "" if row is None else str(row.public_id)
