"""What the survey asks. Every answer is optional; the groups for race are those of the Brazilian census."""

from dataclasses import dataclass

from flask_babel import LazyString

from core.web.i18n import _l

VERSION = "2026-11"


@dataclass(frozen=True)
class SurveyQuestion:
    """A question with its answers; the names are kept, the words shown."""

    name: str
    text: LazyString
    answers: dict[str, LazyString]


AGES = {"under_30": _l("Under 30"), "30_to_39": _l("30 to 39"), "40_to_49": _l("40 to 49"), "50_or_over": _l("50 or over")}
QUESTIONS = (
    SurveyQuestion("gender", _l("Gender"), {"woman": _l("Woman"), "man": _l("Man"), "another": _l("Another gender")}),
    SurveyQuestion(
        "race",
        _l("Race or colour"),
        {"white": _l("White"), "black": _l("Black"), "brown": _l("Brown (parda)"), "asian": _l("East Asian"), "indigenous": _l("Indigenous")},
    ),
    SurveyQuestion("disability", _l("Disability"), {"yes": _l("With a disability"), "no": _l("Without a disability")}),
    SurveyQuestion("age", _l("Age"), AGES),
)
BY_NAME = {question.name: question for question in QUESTIONS}
