"""A posting's board as its page shows it: columns with cards, their addresses and what is said on each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.web.addresses import each_url
from core.web.i18n import _, ngettext
from hiring.applications.models import ApplicationState, holds
from hiring.board.queries import Card, Column
from hiring.postings.models import Stage
from hiring.screening.ageing import age
from hiring.stages.steps import Shown, missing_in, reach

NOTHING_YET = Shown()


@dataclass(frozen=True)
class CardShown:
    """A card as `board_cards` wants it; without `move_url` it stays where it is, and it goes no further than to position `reach`."""

    key: UUID
    title: str
    url: str
    move_url: str
    version: int
    tags: list[tuple[str, str]]
    reach: int


@dataclass(frozen=True)
class ColumnShown:
    """A stage with its first cards, and how many it has in all."""

    stage: Stage
    count: int
    cards: list[CardShown]


def shown(columns: list[Column], standing: Mapping[int, Shown], *, may_move: bool, now: datetime) -> list[ColumnShown]:
    """The columns for the page of somebody who may move cards, or may not. `standing` is what each card has to show, by inner key."""
    stages = [column.stage for column in columns]
    show_url, move_url = each_url("screening.show", "application_id"), each_url("board.move", "application_id")

    def stand(stage: Stage, what: Shown) -> tuple[bool, int]:
        return bool(missing_in(stage, what)), reach(stages, stage, what)

    as_most = {stage.id: stand(stage, NOTHING_YET) for stage in stages}  # worked out once: boards are long

    def card_of(card: Card, stage: Stage) -> CardShown:
        moves = may_move and card.state is ApplicationState.ACTIVE
        what = standing[card.key]
        unready, far = as_most[stage.id] if what == NOTHING_YET else stand(stage, what)
        tags = _tags(card, stage.target_days, now) + ([(_("not ready"), "warning")] if unready else [])
        return CardShown(
            card.public_id, card.shown_name, show_url(card.public_id), move_url(card.public_id) if moves else "", card.version, tags, far
        )

    return [ColumnShown(column.stage, column.count, [card_of(card, column.stage) for card in column.cards]) for column in columns]


def _tags(card: Card, target_days: int, now: datetime) -> list[tuple[str, str]]:
    if card.state is ApplicationState.HIRED:
        found = [(_("hired"), "success")]
    elif holds(card.held_at, card.held_until):
        found = [(_("on hold"), "info")]
    else:
        old = age(card.stage_since, now=now, target_days=target_days)
        found = [(ngettext("%(num)d day", "%(num)d days", old.days), old.tone)]
    return [*found, (_("knock-out answer"), "warning")] if card.knocked_out else found
