"""How gates and findings are called."""

from flask_babel import LazyString

from core.web.i18n import _l
from hiring.fairness.analysis import Finding, Method
from hiring.fairness.groups import Gate

GATES: dict[Gate, LazyString] = {
    Gate.SCREENING: _l("Screening"),
    Gate.INTERVIEW: _l("Interviews"),
    Gate.OFFER: _l("Offer"),
    Gate.WHOLE: _l("The whole way, from applying to hired"),
}
METHODS: dict[Method, LazyString] = {Method.EXACT: _l("exact test"), Method.NORMAL: _l("two proportions")}
FINDINGS: dict[Finding, tuple[LazyString, str, LazyString]] = {
    Finding.REFERENCE: (_l("Highest rate"), "neutral", _l("The others are compared with it.")),
    Finding.ALONE: (_l("Alone"), "neutral", _l("No other group to compare with.")),
    Finding.NO_SELECTIONS: (_l("None passed"), "neutral", _l("Nobody of any group passed.")),
    Finding.NOTHING: (_l("No flag"), "success", _l("At least four fifths, and could be chance.")),
    Finding.RATIO_TOO_SMALL: (_l("Too few"), "warning", _l("Under four fifths, but one person would turn it: too few to conclude.")),
    Finding.RATIO_NOT_SIGNIFICANT: (_l("Watch"), "warning", _l("Under four fifths, could be chance: look at a longer time.")),
    Finding.RATIO_AND_SIGNIFICANT: (_l("Look into it"), "danger", _l("Under four fifths, and hardly chance.")),
    Finding.SIGNIFICANT_ONLY: (_l("Watch"), "warning", _l("At least four fifths, but hardly chance: may still matter.")),
}
