"""Reading a posting's board: its stages with their first cards. It reads only what it shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Integer, ScalarSelect, Select, bindparam, cast, func, select, text, union_all
from sqlalchemy.orm import joinedload, load_only

from core.db import session
from core.errors import NotFound
from core.people.models import Department, Location, Person
from core.plans import plan_once
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.blind.naming import name_shown
from hiring.postings.models import Posting, Stage
from hiring.postings.queries import sees_posting

CARDS = 8
# written out and not bound, for only so a database knows that the board's partial index fits
ON_BOARD = text("hiring_application.state IN ('active', 'hired')")

# written once, with no more of the posting than its board and its lists show
_SHOWN = (
    select(Posting)
    .options(
        load_only(Posting.public_id, Posting.title, Posting.recruiter_id, Posting.hiring_manager_id, raiseload=True),
        joinedload(Posting.department).load_only(Department.name, raiseload=True),
        joinedload(Posting.location).load_only(Location.name, raiseload=True),
        joinedload(Posting.stages),
    )
    .where(Posting.public_id == bindparam("posting_id"))
)


@dataclass(frozen=True)
class Card:
    """An application as the board shows it."""

    stage_id: int
    public_id: UUID
    name: str
    names_hidden: bool
    state: ApplicationState
    stage_since: datetime
    knocked_out: bool
    version: int
    key: int
    references: int
    held_at: datetime | None
    held_until: date | None

    @property
    def shown_name(self) -> str:
        """What staff call the candidate."""
        return name_shown(self.name, self.public_id, self.names_hidden)


@dataclass(frozen=True)
class Column:
    """One stage of a board: its first cards, longest waiting first, and how many there are in all."""

    stage: Stage
    count: int
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """The columns of a board, and a stamp that is another as soon as somebody comes, goes, is moved, or a shown card changes."""

    columns: list[Column]
    stamp: str


def get_posting_to_show(posting_id: UUID, *, viewer: Person) -> Posting:
    """The posting with what its board shows of it, and its stages, if the viewer may see it. Raises NotFound."""
    found = session.scalars(_SHOWN.where(sees_posting(viewer)), {"posting_id": posting_id}).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def board(posting: Posting, looked_for: Sequence[ColumnElement[bool]] = ()) -> Board:
    """The posting's stages with their first cards of what is looked for.

    Needs `posting.stages`; the posting itself was found for a viewer. The stamp is read first: what changes meanwhile is seen the next time.
    """
    standing = session.execute(_standing_of(looked_for) if looked_for else _standing(), {"posting": posting.id}).all()
    counts = {row[0]: row[1] for row in standing}
    columns = {stage.id: Column(stage, counts.get(stage.id, 0)) for stage in posting.stages}
    stages = {f"stage_{place}": stage_id for place, stage_id in enumerate(key for key in columns if counts.get(key))}
    if stages:
        if not looked_for:
            plan_once(session)
        for row in session.execute(_each_first(len(stages), looked_for) if looked_for else _first_cards_of(len(stages)), stages):
            columns[row.stage_id].cards.append(Card(*row))
    ordered = [Column(column.stage, column.count, sorted(column.cards, key=lambda card: card.stage_since)) for column in columns.values()]
    return Board(ordered, _stamp_of(standing))


def stamp(posting_id: UUID, looked_for: Sequence[ColumnElement[bool]] = (), *, viewer: Person) -> str:
    """The stamp of a board as it is now: one statement, by stretches of indexes. Raises NotFound."""
    query = _standing_for_others(looked_for) if looked_for else _standing_for_all_others()
    standing = session.execute(query.where(sees_posting(viewer)), {"posting_id": posting_id}).all()
    if not standing:
        raise NotFound
    return _stamp_of(standing)


def _stamp_of(standing: Iterable[Any]) -> str:
    return sha256(repr([tuple(row) for row in standing]).encode()).hexdigest()[:16]


@cache
def _standing() -> Select[*tuple[Any, ...]]:
    """How the stages of `posting` stand. Built once: building takes longer than the answer."""
    return _standing_of(())


def _standing_of(looked_for: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    return _stages(looked_for).where(Stage.posting_id == bindparam("posting"))


@cache
def _standing_for_all_others() -> Select[*tuple[Any, ...]]:
    """The same by the posting's public id."""
    return _standing_for_others(())


def _standing_for_others(looked_for: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    return _stages(looked_for).join(Posting, Posting.id == Stage.posting_id).where(Posting.public_id == bindparam("posting_id"))


def _stages(looked_for: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """How many cards a stage has, since when the last has stood there, and what may change on those shown while they stay."""
    return select(Stage.id, _count(*looked_for), _latest(), _on_cards(*looked_for)).order_by(Stage.id)


def _count(*looked_for: ColumnElement[bool]) -> ScalarSelect[int]:
    # by stage, and not grouped: each count is then one stretch of an index
    cards = select(func.count()).where(Application.posting_id == Stage.posting_id, Application.stage_id == Stage.id, ON_BOARD)
    return cards.where(*looked_for).correlate(Stage).scalar_subquery()


def _latest() -> ScalarSelect[datetime]:
    return select(func.max(Application.stage_since)).where(Application.stage_id == Stage.id, ON_BOARD).correlate(Stage).scalar_subquery()


def _on_cards(*looked_for: ColumnElement[bool]) -> ScalarSelect[int]:
    """Another number as soon as a shown card is put on hold, taken up, cleared, named or has a reference noted."""
    changes = Application.version * 1000 + Application.references_noted * 2 + cast(Application.names_hidden, Integer)
    shown = select(changes.label("changes")).where(Application.stage_id == Stage.id, ON_BOARD, *looked_for)
    first = shown.order_by(Application.stage_since, Application.id).limit(CARDS).correlate(Stage).subquery()
    return select(func.sum(first.c.changes)).scalar_subquery()


@lru_cache(maxsize=100)
def _first_cards_of(stages: int) -> CompoundSelect[*tuple[Any, ...]]:
    """The first cards of so many stages: `stage_0`, `stage_1` and so on."""
    return _each_first(stages, ())


def _each_first(stages: int, looked_for: Sequence[ColumnElement[bool]]) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(*(select(_first_cards(f"stage_{place}").where(*looked_for).subquery()) for place in range(stages)))


def _first_cards(stage: str) -> Select[int, UUID, str, bool, ApplicationState, datetime, bool, int, int, int, datetime | None, date | None]:
    return (
        select(
            Application.stage_id,
            Application.public_id,
            Person.name,
            Application.names_hidden,
            Application.state,
            Application.stage_since,
            Application.knocked_out,
            Application.version,
            Application.id,
            Application.references_noted,
            Application.held_at,
            Application.held_until,
        )
        .join(Application.candidate)
        .join(Candidate.person)
        .where(Application.stage_id == bindparam(stage), ON_BOARD)
        .order_by(Application.stage_since, Application.id)
        .limit(CARDS)
    )
