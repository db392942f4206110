"""An answer as those who mark it see it."""

from dataclasses import dataclass

from core.files.models import StoredFile
from training.items.by_hand import words_in
from training.marking import queries
from training.marking.models import Script


@dataclass(frozen=True)
class AnswerShown:
    """The text of an essay, or the file."""

    text: str = ""
    words: int = 0
    file: StoredFile | None = None


def answer_shown(script: Script) -> AnswerShown:
    """What was answered. A file keeps its name to itself: the page shows its kind and size."""
    answer = queries.answer_of(script)
    if answer.get("file"):
        return AnswerShown(file=queries.files_by_key([answer["file"]])[answer["file"]])
    text = str(answer.get("text", ""))
    return AnswerShown(text=text, words=words_in(text))
