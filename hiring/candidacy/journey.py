"""Where an application stands, in words for its candidate."""

from dataclasses import dataclass
from typing import Any

from core.web.i18n import _, _l
from hiring.applications.models import Application, ApplicationState, DeclineReason
from hiring.postings.models import StageKind

WORDS: dict[StageKind, Any] = {
    StageKind.NEW: _l("Received"),
    StageKind.SCREENING: _l("Being read"),
    StageKind.INTERVIEW: _l("Interviews"),
    StageKind.OFFER: _l("Offer"),
    StageKind.HIRED: _l("Hired"),
}


@dataclass(frozen=True)
class Standing:
    """The headline, what comes next, and the steps for the `steps` component."""

    headline: str
    following: str
    steps: list[dict[str, Any]]


def standing_of(application: Application) -> Standing:
    """Where the application stands. Needs `stage` and `posting.stages` to be loaded."""
    kinds = list(dict.fromkeys(stage.kind for stage in application.posting.stages))
    present = kinds.index(application.stage.kind) if application.stage.kind in kinds else 0
    stopped = application.is_declined_for_candidate or application.state is ApplicationState.WITHDRAWN
    steps = []
    for place, kind in enumerate(kinds):
        state = "done" if place < present else "upcoming" if place > present else "stopped" if stopped else "current"
        if application.state is ApplicationState.HIRED:
            state = "done"
        steps.append({"label": str(WORDS[kind]), "state": state})
    return Standing(_headline(application), _following(application), steps)


def _headline(application: Application) -> str:
    if application.state is ApplicationState.WITHDRAWN and application.stage.kind is StageKind.HIRED:
        return str(_("You accepted our offer and did not start."))
    if application.state is ApplicationState.WITHDRAWN:
        return str(_("You have withdrawn this application."))
    if application.is_declined_for_candidate:
        if application.decline_reason is DeclineReason.POSITION_CLOSED:
            return str(_("This position was closed."))
        return str(_("We have chosen other candidates this time."))
    if application.state is ApplicationState.HIRED:
        return str(_("You are hired. Welcome!"))
    words = {
        StageKind.NEW: _("Your application has arrived."),
        StageKind.SCREENING: _("Your application is being read."),
        StageKind.INTERVIEW: _("You are in the interviews."),
        StageKind.OFFER: _("We are preparing an offer for you."),
        StageKind.HIRED: _("You are hired. Welcome!"),
    }
    return str(words[application.stage.kind])


def _following(application: Application) -> str:
    if application.state is ApplicationState.WITHDRAWN:
        return str(_("You may apply to other positions at any time."))
    if application.is_declined_for_candidate:
        return str(_("Thank you for your time. You may apply to other positions at any time."))
    if application.state is ApplicationState.HIRED:
        return str(_("You get another mail with everything for your first days."))
    days = application.stage.target_days
    words = {
        StageKind.NEW: _("A recruiter reads it, usually within %(days)s days.", days=days),
        StageKind.SCREENING: _("You hear from us by mail, usually within %(days)s days.", days=days),
        StageKind.INTERVIEW: _("Invitations come by mail, with the time and the people you meet."),
        StageKind.OFFER: _("You get it by mail, with a private link to read and sign it."),
        StageKind.HIRED: _("You get another mail with everything for your first days."),
    }
    return str(words[application.stage.kind])
