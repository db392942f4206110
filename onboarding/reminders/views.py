"""Pages of reminders: when others are told, and one's own daily mail."""

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Conflict
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.checklists.answers import answer_with_form
from onboarding.reminders import actions
from onboarding.reminders.forms import DigestForm, ReminderForm
from onboarding.reminders.queries import find_choice, reminder_settings

bp = Blueprint("reminders", __name__, url_prefix="/onboarding/reminders")


@bp.route("", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def settings() -> ResponseReturnValue:
    """When late tasks are told to others."""
    form, status = ReminderForm(obj=reminder_settings()), None
    if form.is_submitted():
        try:
            if not answer_with_form(form, lambda: _set(form)):
                flash(_("Saved."), "success")
                return redirect(url_for(".settings"))
        except Conflict as conflict:
            form.refuse(conflict)
            status = 409
    return page("onboarding/reminders/settings.html", form=form, status=status)


def _set(form: ReminderForm) -> None:
    days = {name: form[name].data for name in ("escalate_after_days", "hr_after_days", "soon_days")}
    actions.set_reminders(**days, version=form.version.data or 0, by=g.person)


@bp.route("/mine", methods=["GET", "POST"])
@access(Right.DO_OWN_TASKS)
def mine() -> ResponseReturnValue:
    """How I want my daily mail."""
    choice = find_choice(g.person)
    form = DigestForm(
        hour=str(choice.hour if choice else 7),
        wants_soon=choice.wants_soon if choice else True,
        wants_others=choice.wants_others if choice else True,
        on_weekends=choice.on_weekends if choice else False,
    )
    if form.is_submitted() and not answer_with_form(form, lambda: _choose(form)):
        flash(_("Saved."), "success")
        return redirect(url_for(".mine"))
    return page("onboarding/reminders/mine.html", form=form)


def _choose(form: DigestForm) -> None:
    actions.choose_digest(
        g.person,
        hour=int(form.hour.data),
        wants_soon=form.wants_soon.data,
        wants_others=form.wants_others.data,
        on_weekends=form.on_weekends.data,
    )
