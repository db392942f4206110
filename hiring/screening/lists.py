"""The lists of those who screen: the inbox across postings, and a posting's board. They read only what they show."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, bindparam, func, select, union_all

from core.db import session
from core.people.models import Person
from core.people.search import name_contains
from core.web.paging import Page, one_page_of
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.applications.queries import sees_application
from hiring.postings.models import Posting, Stage
from hiring.screening.queries import FIRST_KINDS

CARDS = 10
ON_BOARD = (ApplicationState.ACTIVE, ApplicationState.HIRED)


@dataclass(frozen=True)
class InboxRow:
    """An application as the inbox shows it. `target_days` is how long its stage should last at most."""

    id: int
    public_id: UUID
    name: str
    knocked_out: bool
    posting: str
    stage: str
    applied_at: datetime
    stage_since: datetime
    target_days: int


@dataclass(frozen=True)
class Card:
    """An application as the board shows it."""

    stage_id: int
    public_id: UUID
    name: str
    state: ApplicationState
    stage_since: datetime
    knocked_out: bool
    version: int


@dataclass(frozen=True)
class Column:
    """One stage of a board: its first cards, longest waiting first, and how many there are in all."""

    stage: Stage
    count: int
    cards: list[Card] = field(default_factory=list)


def inbox(viewer: Person, *, number: int = 1, every: bool = False, posting: UUID | None = None, words: str = "", size: int = 25) -> Page[InboxRow]:
    """One page of open applications across all postings the viewer sees, oldest first.

    Unless `every`, only those still new or in screening: the ones that wait for a first look.
    """
    query = (
        select(
            Application.id,
            Application.public_id,
            Person.name,
            Application.knocked_out,
            Posting.title,
            Stage.name,
            Application.applied_at,
            Application.stage_since,
            Stage.target_days,
        )
        .join(Application.posting)
        .join(Application.stage)
        .join(Application.candidate)
        .join(Candidate.person)
        .where(sees_application(viewer), Application.state == ApplicationState.ACTIVE)
    )
    if not every:
        query = query.where(Stage.kind.in_(FIRST_KINDS))
    if posting is not None:
        query = query.where(Posting.public_id == posting)
    if words:
        named = select(Candidate.id).join(Candidate.person).where(name_contains(words))
        query = query.where(Application.candidate_id.in_(named))
    return one_page_of(InboxRow, query.order_by(Application.applied_at, Application.id), number=number, size=size)


def board(posting: Posting) -> list[Column]:
    """The posting's stages with their first cards. Needs `posting.stages`; the posting itself was found for a viewer."""
    counts = dict(iter(session.execute(_counted(), {"posting": posting.id})))
    columns = {stage.id: Column(stage, counts.get(stage.id, 0)) for stage in posting.stages}
    stages = {f"stage_{place}": stage_id for place, stage_id in enumerate(key for key in columns if key in counts)}
    if stages:
        for row in session.execute(_first_cards_of(len(stages)), stages):
            columns[row.stage_id].cards.append(Card(*row))
    return [Column(column.stage, column.count, sorted(column.cards, key=lambda card: card.stage_since)) for column in columns.values()]


@cache
def _counted() -> Select[int, int]:
    """How many cards each stage of `posting` has. Built once, like the next: building takes longer than the answer."""
    return (
        select(Application.stage_id, func.count())
        .where(Application.posting_id == bindparam("posting"), Application.state.in_(ON_BOARD))
        .group_by(Application.stage_id)
        .order_by(Application.stage_id)
    )


@lru_cache(maxsize=100)
def _first_cards_of(stages: int) -> CompoundSelect[*tuple[Any, ...]]:
    """The first cards of so many stages: `stage_0`, `stage_1` and so on."""
    return union_all(*(select(_first_cards(f"stage_{place}").subquery()) for place in range(stages)))


def _first_cards(stage: str) -> Select[int, UUID, str, ApplicationState, datetime, bool, int]:
    # written out and not bound, for only so a database knows that the board's partial index fits
    on_board: Any = bindparam("on_board", ON_BOARD, expanding=True, literal_execute=True)
    return (
        select(
            Application.stage_id,
            Application.public_id,
            Person.name,
            Application.state,
            Application.stage_since,
            Application.knocked_out,
            Application.version,
        )
        .join(Application.candidate)
        .join(Candidate.person)
        .where(Application.stage_id == bindparam(stage), Application.state.in_(on_board))
        .order_by(Application.stage_since, Application.id)
        .limit(CARDS)
    )
