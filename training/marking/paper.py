"""Essays and files on the paper of an exam, as who sits it sees them: never the rubric."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.db import session
from training.items.by_hand import file_rule, words_in
from training.items.models import BY_HAND, Item, ItemKind
from training.marking.queries import files_by_key


@dataclass(frozen=True)
class HandQuestion:
    """What is asked of an essay or a file, and what was answered so far."""

    text: str = ""
    words: int = 0
    least_words: int = 0
    most_words: int = 0
    file_name: str = ""
    files_taken: str = ""
    endings: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether anything was answered."""
        return bool(self.text or self.file_name)


def hand_questions(kinds: Iterable[tuple[int, ItemKind]], answers: Mapping[int, dict[str, Any]]) -> dict[int, HandQuestion]:
    """Of items (inner key and kind) those marked by hand. Asks for nothing where there are none, else in two statements at most."""
    wanted = [item_id for item_id, kind in kinds if kind in BY_HAND]
    if not wanted:
        return {}
    query = select(Item.id, Item.kind, Item.least_words, Item.most_words, Item.file_kinds, Item.file_megabytes).where(Item.id.in_(wanted))
    kept = {item_id: answers[item_id]["file"] for item_id in wanted if answers.get(item_id, {}).get("file")}
    files = files_by_key(list(kept.values())) if kept else {}
    found = {}
    for row in session.execute(query.order_by(Item.id)):
        if row.kind is ItemKind.FILE:
            rule = file_rule(row.file_kinds, row.file_megabytes)
            name = files[kept[row.id]].name if row.id in kept else ""
            found[row.id] = HandQuestion(file_name=name, files_taken=str(rule.label), endings=rule.endings)
        else:
            text = str(answers.get(row.id, {}).get("text", ""))
            found[row.id] = HandQuestion(text=text, words=words_in(text), least_words=row.least_words, most_words=row.most_words)
    return found
