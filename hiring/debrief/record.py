"""What a decision keeps of the cards it was made from: figures to read again, and a fingerprint of every word."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from hiring.interviews.models import Interview, Scorecard


def cards_of(interviews: Iterable[Interview]) -> list[Scorecard]:
    """The cards that count, in a fixed order. Needs scorecards with their marks."""
    found = [card for interview in interviews for card in interview.counted_cards]
    return sorted(found, key=lambda card: (card.interview_id, card.person_id))


def figures(cards: Sequence[Scorecard]) -> list[list[Any]]:
    """Of each card: interview, person, recommendation, and the marks by criterion. No words."""
    return [[card.interview_id, card.person_id, card.recommendation and card.recommendation.value, _marks(card)] for card in cards]


def _marks(card: Scorecard) -> list[list[int]]:
    return [[key, mark] for key, mark, _heard in card.rows if mark is not None]


def fingerprint(cards: Sequence[Scorecard]) -> str:
    """SHA-256 over all that others can read on the cards."""
    said = [[*line, card.evidence, card.still_open, card.rows] for line, card in zip(figures(cards), cards, strict=True)]
    return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
