"""The page on which a new hire says how they are doing."""

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotFound
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.pulse import actions
from onboarding.pulse.forms import PulseForm
from onboarding.pulse.grouping import SMALLEST_GROUP
from onboarding.pulse.queries import find_asked
from onboarding.pulse.questions import QUESTIONS, WAVES, Wave

bp = Blueprint("pulse", __name__, url_prefix="/onboarding/pulse")
ADDRESS = "/<any(week_1,day_30,day_90):wave>"


@bp.route(ADDRESS, methods=["GET", "POST"])
@access(Right.WORK)
def answer(wave: str) -> ResponseReturnValue:
    """Ask, and keep what is answered apart from who answers."""
    form, day = PulseForm(), today(g.person.time_zone)
    if form.validate_on_submit():
        actions.answer(Wave(wave), form.answers(), form.text.data or "", by=g.person, on=day)
        flash(_("Thank you. Nobody sees who answered what."), "success")
        return redirect(url_for("checklists.mine"))
    asked = find_asked(g.person, on=day)
    if asked is None or asked.wave.value != wave:
        raise NotFound
    return page("onboarding/pulse/answer.html", form=form, wave=asked.wave, waves=WAVES, questions=QUESTIONS, smallest=SMALLEST_GROUP)


@bp.route(f"{ADDRESS}/decline", methods=["POST"])
@access(Right.WORK)
def decline(wave: str) -> ResponseReturnValue:
    """Rather not, this time."""
    actions.decline(Wave(wave), by=g.person, on=today(g.person.time_zone))
    flash(_("That is fine: you are not asked again this time."), "info")
    return redirect(url_for("checklists.mine"))
