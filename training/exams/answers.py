"""Reading answers as they are sent: by the page's form or as JSON. Only questions and a sequence number are looked at."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from core.errors import Invalid
from core.web.i18n import _

PREFIX = "item-"
OF_BLANK = "."  # before the number of a blank that is typed
LARGEST = 2**31 - 1


def from_form(sent: MultiDict[str, str], known: Mapping[str, Any]) -> tuple[dict[str, list[str]], int]:
    """Answers to every known question (one that is missing was left empty) and the sequence number."""
    answers: dict[str, list[str]] = {item: [value for value in sent.getlist(PREFIX + item) if value] for item in known}
    for name in sent:
        item, of_blank, blank = name.removeprefix(PREFIX).partition(OF_BLANK)
        if not name.startswith(PREFIX) or (item in known and not of_blank):
            continue
        values = sent.getlist(name)
        answers.setdefault(item, []).extend([f"{blank}:{value}" for value in values if value] if of_blank else values)
    return answers, _sequence(sent.get("sequence", "1"))


def from_json(sent: Any) -> tuple[dict[str, list[str]], int]:
    """Answers of `{"sequence": 7, "answers": {"<item>": ["<option>", …] or "12.5"}}`. Raises Invalid for any other shape.

    How a pair, a place and a blank are written says `training.exams.reading`.
    """
    if not isinstance(sent, dict) or not isinstance(sent.get("answers"), dict):
        raise Invalid(_("The answers could not be read. Reload the page."))
    answers = {}
    for item, value in sent["answers"].items():
        values = value if isinstance(value, list) else [value]
        if len(values) > 50 or not all(isinstance(one, str) for one in values):
            raise Invalid(_("The answers could not be read. Reload the page."))
        answers[str(item)] = [one for one in values if one]
    return answers, _sequence(sent.get("sequence"))


def _sequence(sent: Any) -> int:
    text = str(sent)
    if isinstance(sent, bool) or not text.isascii() or not text.isdigit() or not 0 < int(text[:12]) <= LARGEST:
        raise Invalid(_("The answers could not be read. Reload the page."))
    return int(text)
