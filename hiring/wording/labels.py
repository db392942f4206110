"""Sentences for the hints of the writing aid."""

from typing import Any

from core.web.i18n import _l
from hiring.wording.review import Hint

HINTS: dict[Hint, Any] = {
    Hint.NO_SALARY: _l("No salary is named. Postings with a range get more applications, and fewer offers fail over pay."),
    Hint.WIDE_SALARY: _l("The range is wide: its end is more than twice its beginning. People wonder where they would stand."),
    Hint.WALL: _l("A wall of text. Break it into shorter paragraphs or a list."),
    Hint.LONG_SENTENCE: _l("A long sentence. Two short ones read better."),
    Hint.LONG_TEXT: _l("More than 700 words in all. Most people read on a phone: keep what decides."),
    Hint.LONG_LIST: _l("A list of more than ten. Many people apply only when they fit every point: keep what is really needed."),
    Hint.SHOUTING: _l("Words in capitals read like shouting."),
    Hint.GENDERED: _l("Reads as if meant for one gender."),
    Hint.AGE: _l("Reads as if meant for one age."),
    Hint.EXCLUSIVE: _l("Leaves people out who could do the work."),
    Hint.SLOGAN: _l("Says little about the work."),
}
FIELDS: dict[str, Any] = {
    "title": _l("Title"),
    "summary": _l("Summary"),
    "responsibilities": _l("Responsibilities"),
    "qualifications": _l("Qualifications"),
    "criteria": _l("Criteria"),
    "salary_from": _l("Salary"),
    "salary_to": _l("Salary"),
}
