"""Words for the states and reasons of applications."""

from typing import Any

from core.web.i18n import _, _l, ngettext
from hiring.applications.models import ApplicationState, DeclineReason, ResubmissionState

STATES: dict[ApplicationState, Any] = {
    ApplicationState.ACTIVE: _l("In progress"),
    ApplicationState.HIRED: _l("Hired"),
    ApplicationState.DECLINED: _l("Declined"),
    ApplicationState.WITHDRAWN: _l("Withdrawn"),
}
STATE_TONES: dict[ApplicationState, str] = {
    ApplicationState.ACTIVE: "info",
    ApplicationState.HIRED: "success",
    ApplicationState.DECLINED: "neutral",
    ApplicationState.WITHDRAWN: "neutral",
}
DECLINE_REASONS: dict[DeclineReason, Any] = {
    DeclineReason.MINIMUM_QUALIFICATIONS: _l("Did not meet the minimum qualifications"),
    DeclineReason.DESIRED_QUALIFICATIONS: _l("Did not meet the desired qualifications"),
    DeclineReason.SCREENING_REQUIREMENTS: _l("Did not meet the screening requirements"),
    DeclineReason.INTERVIEW_EVIDENCE: _l("Interviews did not show what the role needs"),
    DeclineReason.MORE_QUALIFIED: _l("A more qualified candidate was selected"),
    DeclineReason.INCOMPLETE: _l("The application is incomplete"),
    DeclineReason.CANNOT_WORK_THERE: _l("May not work at the location"),
    DeclineReason.MISREPRESENTED: _l("Qualifications were misrepresented"),
    DeclineReason.NO_SHOW: _l("Did not come to the interview"),
    DeclineReason.UNRESPONSIVE: _l("Did not answer"),
    DeclineReason.POSITION_CLOSED: _l("The position was closed"),
    DeclineReason.OFFER_DECLINED: _l("The candidate declined the offer"),
    DeclineReason.KNOCK_OUT: _l("An answer was not one the posting accepts"),
    DeclineReason.OTHER: _l("Another reason"),
}
RESUBMISSION_STATES: dict[ResubmissionState, Any] = {
    ResubmissionState.WAITING: _l("Waiting for you to choose"),
    ResubmissionState.USED: _l("Used"),
    ResubmissionState.DISCARDED: _l("Discarded"),
}


def in_days(days: int) -> str:
    """When something happens that may wait some days."""
    return str(ngettext("in %(num)d day", "in %(num)d days", days)) if days else str(_("at once"))
