"""How an application's history and states are put into words."""

from typing import Any

from core.web.i18n import _
from hiring.applications.labels import STATE_TONES, STATES
from hiring.applications.models import Application, ApplicationMove, ApplicationState
from hiring.interviews.labels import INTERVIEW_KIND_LABELS, INTERVIEW_STATE_LABELS, RECOMMENDATION_LABELS, RECOMMENDATION_TONES
from hiring.offers.labels import OFFER_STATE_LABELS, OFFER_STATE_TONES


def line_of(move: ApplicationMove, application: Application) -> dict[str, Any]:
    """One line of an application's history: when, who, and what happened in words."""
    own = move.by_id == application.candidate.person_id
    who = application.shown_name if own else move.by.name if move.by else _("the system")
    return {"when": move.at, "who": who, "text": _said(move), "detail": move.reason}


def _said(move: ApplicationMove) -> str:
    if move.from_state is None:
        return str(_("Applied"))
    if move.to_state is ApplicationState.HIRED:
        return str(_("Hired"))
    if move.to_state is ApplicationState.DECLINED:
        return str(_("Declined"))
    if move.from_state is ApplicationState.HIRED:
        return str(_("Did not start after accepting"))
    if move.to_state is ApplicationState.WITHDRAWN:
        return str(_("Withdrawn by the candidate"))
    if move.from_state is not ApplicationState.ACTIVE:
        return str(_("Reopened"))
    return str(_("Moved to %(stage)s", stage=move.to_stage.name))


def words_of_an_application() -> dict[str, Any]:
    """The labels and tones the page of an application needs."""
    return {
        "state_labels": STATES,
        "state_tones": STATE_TONES,
        "interview_labels": INTERVIEW_KIND_LABELS,
        "interview_states": INTERVIEW_STATE_LABELS,
        "recommendation_labels": RECOMMENDATION_LABELS,
        "recommendation_tones": RECOMMENDATION_TONES,
        "offer_labels": OFFER_STATE_LABELS,
        "offer_tones": OFFER_STATE_TONES,
    }
