"""The words of interviews and scorecards."""

from core.web.i18n import _l
from hiring.interviews.models import InterviewKind, InterviewState, Recommendation, ScorecardState, SeatPart

INTERVIEW_KIND_LABELS = {
    InterviewKind.FIRST: _l("First interview"),
    InterviewKind.BEHAVIOURAL: _l("Behavioural interview"),
    InterviewKind.SITUATIONAL: _l("Situational interview"),
    InterviewKind.TECHNICAL: _l("Technical interview"),
    InterviewKind.PANEL: _l("Panel"),
    InterviewKind.GROUP: _l("Group with peers"),
    InterviewKind.EXECUTIVE: _l("Final interview"),
}
INTERVIEW_STATE_LABELS = {
    InterviewState.PLANNED: _l("Planned"),
    InterviewState.CANCELLED: _l("Cancelled"),
    InterviewState.NO_SHOW: _l("The candidate did not come"),
}
SEAT_PART_LABELS = {
    SeatPart.MEMBER: _l("interviews"),
    SeatPart.SHADOW: _l("in training, watches"),
    SeatPart.REVERSE_SHADOW: _l("in training, leads"),
}
RECOMMENDATION_LABELS = {
    Recommendation.STRONG_NO: _l("Strong no"),
    Recommendation.NO: _l("No"),
    Recommendation.YES: _l("Yes"),
    Recommendation.STRONG_YES: _l("Strong yes"),
}
SCORECARD_STATE_LABELS = {
    ScorecardState.DRAFT: _l("Draft"),
    ScorecardState.SENT: _l("Sent"),
}
RECOMMENDATION_TONES = {
    Recommendation.STRONG_NO: "danger",
    Recommendation.NO: "warning",
    Recommendation.YES: "info",
    Recommendation.STRONG_YES: "success",
}
