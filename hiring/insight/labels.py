"""The words of figures."""

from core.web.i18n import _l
from hiring.insight.models import Measure
from hiring.postings.models import StageKind

MEASURES = {
    Measure.REACHED: _l("Came this far"),
    Measure.STAGE_DAYS: _l("Days in a stage"),
    Measure.HIRE_DAYS: _l("From applying to hired"),
    Measure.FILL_DAYS: _l("From opening to hired"),
    Measure.SOURCE: _l("Came from here"),
    Measure.SOURCE_HIRED: _l("Came from here and were hired"),
    Measure.OFFER: _l("Offers"),
    Measure.REASON: _l("Declined for this reason"),
    Measure.LOAD: _l("Interviews held"),
    Measure.CARD: _l("Scorecards"),
}
STAGES = {
    StageKind.NEW: _l("Applied"),
    StageKind.SCREENING: _l("Screening"),
    StageKind.INTERVIEW: _l("Interviews"),
    StageKind.OFFER: _l("Offer"),
    StageKind.HIRED: _l("Hired"),
}
CARDS = {"in_time": _l("Within a day"), "late": _l("Later"), "missing": _l("Not yet")}
