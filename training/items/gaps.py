"""The answers of a blank as an author writes them: one a line, with a share before and a feedback after where wanted. Pure."""

import re
from collections.abc import Sequence

from training.items.content import OptionDraft, numeric
from training.items.models import BlankForm

_SHARE = re.compile(r"(\d{1,3}) ?%\s+")
_FEEDBACK = re.compile(r"(?<!\\)\s#\s")


def read_answers(text: str, *, blank: int = 0, form: BlankForm = BlankForm.TYPED, worth: int = 1) -> list[OptionDraft]:
    """The answers of `50% answer # feedback` a line. Without a share each is worth everything; in a list only the first is."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [_answer(line, blank, form, worth, is_first=place == 0) for place, line in enumerate(lines)]


def _answer(line: str, blank: int, form: BlankForm, worth: int, *, is_first: bool) -> OptionDraft:
    told, *rest = _FEEDBACK.split(line, maxsplit=1)
    found = _SHARE.match(told)
    weight = int(found.group(1)) if found else (100 if is_first or form is not BlankForm.LISTED else 0)
    words = (told[found.end() :] if found else told).strip().replace("\\#", "#")
    tolerance = ""
    if form is BlankForm.NUMBER:
        number, _parted, spread = words.partition(":")
        words, tolerance = numeric(number) or number.strip(), (numeric(spread) or spread.strip()) or "0"
    feedback = rest[0].strip().replace("\\#", "#") if rest else ""
    return OptionDraft(words, weight == 100, feedback, weight=weight, blank=blank, form=form, worth=worth, tolerance=tolerance)


def write_answers(options: Sequence[OptionDraft]) -> str:
    """The same answers as lines."""
    return "\n".join(_line(option, is_first=place == 0) for place, option in enumerate(options))


def _line(option: OptionDraft, *, is_first: bool) -> str:
    expected = 100 if is_first or option.form is not BlankForm.LISTED else 0
    words = option.text if option.form is not BlankForm.NUMBER or option.tolerance in ("", "0") else f"{option.text}:{option.tolerance}"
    share = f"{option.weight}% " if option.weight != expected or _SHARE.match(words) else ""
    return share + _sheltered(words) + (f" # {_sheltered(option.feedback)}" if option.feedback else "")


def _sheltered(words: str) -> str:
    return words.replace("#", "\\#") if " # " in words else words
