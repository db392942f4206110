"""A posting's board as its page shows it: columns with cards, their addresses and what is said on each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.web.addresses import each_url
from core.web.i18n import _, ngettext
from hiring.applications.models import ApplicationState
from hiring.postings.models import Stage
from hiring.screening.ageing import age
from hiring.screening.lists import Card, Column


@dataclass(frozen=True)
class CardShown:
    """A card as `board_cards` wants it; without `move_url` it stays where it is."""

    key: UUID
    title: str
    url: str
    move_url: str
    version: int
    tags: list[tuple[str, str]]


@dataclass(frozen=True)
class ColumnShown:
    """A stage with its first cards, and how many it has in all."""

    stage: Stage
    count: int
    cards: list[CardShown]


def shown(columns: list[Column], *, may_move: bool, now: datetime) -> list[ColumnShown]:
    """The columns for the page of somebody who may move cards, or may not."""
    show_url, move_url = each_url("screening.show", "application_id"), each_url("screening.move", "application_id")

    def card_of(card: Card, target_days: int) -> CardShown:
        moves = may_move and card.state is ApplicationState.ACTIVE
        tags = _tags(card, target_days, now)
        return CardShown(card.public_id, card.name, show_url(card.public_id), move_url(card.public_id) if moves else "", card.version, tags)

    return [ColumnShown(column.stage, column.count, [card_of(card, column.stage.target_days) for card in column.cards]) for column in columns]


def _tags(card: Card, target_days: int, now: datetime) -> list[tuple[str, str]]:
    if card.state is ApplicationState.HIRED:
        found = [(_("hired"), "success")]
    else:
        old = age(card.stage_since, now=now, target_days=target_days)
        found = [(ngettext("%(num)d day", "%(num)d days", old.days), old.tone)]
    return [*found, (_("knock-out answer"), "warning")] if card.knocked_out else found
