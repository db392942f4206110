"""Searching: the newest applications that fit, of those the viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from core.db import session
from core.files.models import StoredFile, TextState
from core.people.models import Person
from core.people.rights import Right
from core.web.paging import Page
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.applications.queries import sees_application
from hiring.blind.naming import name_shown
from hiring.postings.models import Posting, Stage
from hiring.postings.queries import sees_posting
from hiring.search.expressions import for_postgresql, for_sqlite
from hiring.search.language import Not, Term, Tree
from hiring.search.models import INDEX, SearchDocument
from hiring.tags.models import CandidateTag, Tag

SIZE = 25
WINDOW = 750
WINDOW_OF_PHRASES = 300
FEW = 8_000
FEW_OF_NOT_MANY = 200
_BY_INDEX = select(func.set_config("enable_seqscan", "off", True))  # until the transaction ends


@dataclass(frozen=True)
class Hit:
    """An application that was found."""

    public_id: UUID
    name: str
    names_hidden: bool
    posting: str
    stage: str
    state: ApplicationState
    applied_at: datetime
    source: str
    key: int

    @property
    def shown_name(self) -> str:
        """What staff call the candidate."""
        return name_shown(self.name, self.public_id, self.names_hidden)


def search(tree: Tree, viewer: Person, *, number: int = 1, size: int = SIZE, after: int = 0) -> Page[Hit]:
    """One page of the applications that fit and that the viewer may see, newest first; only those that came after the key `after`."""
    postings = None if viewer.may(Right.SEE_EVERY_POSTING) else _postings_of(viewer)
    if postings is not None and not postings:
        return Page([], number, False)
    offset = (number - 1) * size
    if not _on_postgresql():
        rows = _shown(_indexed(tree, postings, after).limit(_written(size + 1)).offset(_written(offset)).subquery(), viewer)
        return Page([Hit(*row) for row in rows[:size]], number, len(rows) > size)
    keys: Sequence[int] = []
    plan = _planned(tree, postings)
    if window := _window(tree, plan):  # what many have is found among the newest; what few have, by the index
        keys = session.scalars(_newest(tree, postings, after, window * number).limit(_written(size + 1)).offset(_written(offset))).all()
    if len(keys) <= size:
        if plan.reads_all:  # of a thousand documents the planner thinks that cheaper, but each is a long one
            session.execute(_BY_INDEX)
        keys = session.scalars(_indexed(tree, postings, after).limit(_written(size + 1)).offset(_written(offset))).all()
    found = _shown(keys[:size], viewer) if keys else []
    return Page([Hit(*row) for row in found], number, len(keys) > size)


def _shown(keys: Subquery | Sequence[int], viewer: Person) -> Sequence[Any]:
    """What is shown of the applications found. On PostgreSQL their keys come as one value: the plan of so many joins is made once and kept."""
    shown = (
        Application.public_id,
        Person.name,
        Application.names_hidden,
        Posting.title,
        Stage.name,
        Application.state,
        Application.applied_at,
        Application.source,
    )
    query = (
        select(*shown, Application.id)
        .join(Application.posting)
        .join(Application.stage)
        .join(Application.candidate)
        .join(Candidate.person)
        .where(sees_application(viewer))
    )
    if isinstance(keys, Subquery):
        query = query.join(keys, keys.c.key == Application.id)
    else:
        query = query.where(Application.id == any_(bindparam("keys", list(keys), ARRAY(Integer))))
    return session.execute(query.order_by(Application.id.desc())).all()


def _written(number: int) -> BindParameter[int]:
    """A number written out in the statement: PostgreSQL plans a statement with open places for numbers of any size, and badly."""
    return bindparam(None, number, Integer, literal_execute=True)


def _on_postgresql() -> bool:
    return session.get_bind().dialect.name == "postgresql"


@dataclass(frozen=True)
class _Plan:
    """What PostgreSQL's planner makes of a search: how many documents it thinks to fit, and whether it would read them all to find out."""

    expected: int
    reads_all: bool


def _window(tree: Tree, plan: _Plan) -> int:
    """How many of the newest to walk over before asking PostgreSQL's index; none when few are expected to fit.

    For a phrase the index reads every document again that has its pairs of words, and nobody knows how many those are.
    """
    if plan.reads_all:  # there are not many
        return WINDOW if plan.expected > FEW_OF_NOT_MANY else 0
    return WINDOW if plan.expected > FEW else WINDOW_OF_PHRASES if _asks_for_phrase(tree) else 0


def _asks_for_phrase(tree: Tree) -> bool:
    if isinstance(tree, Term):
        return len(tree.words) > 1
    return _asks_for_phrase(tree.what) if isinstance(tree, Not) else any(_asks_for_phrase(part) for part in tree.parts)


def _planned(tree: Tree, postings: Sequence[int] | None) -> _Plan:
    """Ask the planner, which keeps statistics of words."""
    fitting = "EXPLAIN (FORMAT JSON) SELECT FROM hiring_search_document WHERE hiring_search_index @@ CAST(:wanted AS tsquery)"
    wanted: BindParameter[str] = bindparam("wanted", for_postgresql(tree, postings=postings), literal_execute=True)
    plan: dict[str, Any] = session.execute(text(fitting).bindparams(wanted)).scalar_one()[0]["Plan"]
    return _Plan(plan["Plan Rows"], plan["Node Type"] == "Seq Scan")


def _newest(tree: Tree, postings: Sequence[int] | None, after: int, window: int) -> Select[int]:
    """PostgreSQL: the fitting ones among so many newest, walking backwards over them. Reading tokens costs more than the planner thinks."""
    key = SearchDocument.application_id
    newest = select(func.max(SearchDocument.application_id)).scalar_subquery()
    return select(key.label("key")).where(_fits(tree, postings), key > newest - _written(window), key > _written(after)).order_by(key.desc())


def _indexed(tree: Tree, postings: Sequence[int] | None, after: int) -> Select[int]:
    """The fitting ones by the index, newest first. SQLite's walks backwards itself; PostgreSQL's finds all, which are then sorted."""
    if _on_postgresql():
        key = SearchDocument.application_id
        found = select(key.label("key")).where(_fits(tree, postings)).order_by((key + 0).desc())
        return found.where(key + 0 > _written(after)) if after else found  # by the index of words, never by that of keys
    index = table(INDEX, column("rowid"))
    matches = literal_column(INDEX).op("MATCH")(bindparam("wanted", for_sqlite(tree, postings=postings)))
    query = select(index.c.rowid.label("key")).where(matches).order_by(index.c.rowid.desc())
    return query.where(index.c.rowid > after) if after else query


def _fits(tree: Tree, postings: Sequence[int] | None) -> ColumnElement[bool]:
    # written out, not bound, so that the plan is made for these words; it holds tokens and signs only
    wanted = cast(bindparam("wanted", for_postgresql(tree, postings=postings), literal_execute=True), TSQUERY)
    return literal_column(f"hiring_search_document.{INDEX}").bool_op("@@")(wanted)


def _postings_of(viewer: Person) -> Sequence[int]:
    return session.scalars(select(Posting.id).where(sees_posting(viewer)).order_by(Posting.id)).all()


def tags_by_candidate(candidate_keys: Sequence[int]) -> dict[int, list[str]]:
    """The names of the tags each candidate carries, by inner key."""
    query = select(CandidateTag.candidate_id, Tag.name).join(CandidateTag.tag).where(CandidateTag.candidate_id.in_(candidate_keys))
    found: dict[int, list[str]] = {}
    for key, name in session.execute(query.order_by(CandidateTag.candidate_id, Tag.folded)):
        found.setdefault(key, []).append(name)
    return found


def unread(most: int) -> Sequence[int]:
    """Applications indexed before their résumé was read, whose résumé has been read (or given up) since."""
    query = (
        select(SearchDocument.application_id)
        .join(Application, Application.id == SearchDocument.application_id)
        .join(StoredFile, StoredFile.id == Application.resume_id)
        .where(SearchDocument.resume_read.is_(False), StoredFile.text_state != TextState.WAITING)
    )
    return session.scalars(query.order_by(SearchDocument.application_id).limit(most)).all()


def missing(most: int) -> Sequence[int]:
    """Applications without a document: those that came otherwise than by applying, or before there was a search."""
    query = select(Application.id).outerjoin(SearchDocument, SearchDocument.application_id == Application.id)
    return session.scalars(query.where(SearchDocument.application_id.is_(None)).order_by(Application.id).limit(most)).all()


def keys_after(key: int, most: int) -> Sequence[int]:
    """The next applications in the order of their keys, for indexing everything."""
    return session.scalars(select(Application.id).where(Application.id > key).order_by(Application.id).limit(most)).all()


def indexed_count() -> int:
    """How many applications are indexed."""
    return session.scalars(select(func.count()).select_from(SearchDocument)).one()
