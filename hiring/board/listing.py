"""The applications of a posting in rows, and what one can choose in their filter. It reads only what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, select, union_all

from core.db import session
from core.people.models import Person
from core.web.paging import Page, one_page_of
from hiring.applications.models import Application, Candidate
from hiring.blind.naming import name_shown
from hiring.postings.models import Posting, Stage, Turn
from hiring.tags.models import Tag

MOST_TAGS = 200
ROWS = 25


@dataclass(frozen=True)
class Row:
    """An application as the table and the list show it."""

    public_id: UUID
    candidate_key: int
    name: str
    names_hidden: bool
    knocked_out: bool
    stage: str
    turn: Turn
    target_days: int
    stage_since: datetime
    applied_at: datetime
    source: str
    held_at: datetime | None
    held_until: date | None

    @property
    def shown_name(self) -> str:
        """What staff call the candidate."""
        return name_shown(self.name, self.public_id, self.names_hidden)


@dataclass(frozen=True)
class Choices:
    """The sources people came from to a posting, and the tags in use."""

    sources: list[str]
    tags: list[str]


def rows_of(posting: Posting, looked_for: Sequence[ColumnElement[bool]], *, number: int) -> Page[Row]:
    """One page of the posting's applications, who applied first first. The posting was found for a viewer."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Application.public_id,
            Application.candidate_id,
            Person.name,
            Application.names_hidden,
            Application.knocked_out,
            Stage.name,
            Stage.turn,
            Stage.target_days,
            Application.stage_since,
            Application.applied_at,
            Application.source,
            Application.held_at,
            Application.held_until,
        )
        .join(Application.stage)
        .join(Application.candidate)
        .join(Candidate.person)
        .where(Application.posting_id == posting.id, *looked_for)
        .order_by(Application.applied_at, Application.id)
    )
    return one_page_of(Row, query, number=number, size=ROWS)


def choices_of(posting_id: UUID) -> Choices:
    """What one can choose in the filter of a posting that was found for a viewer, in one statement."""
    key = select(Posting.id).where(Posting.public_id == posting_id).scalar_subquery()
    sources = select(literal("source"), Application.source).where(Application.posting_id == key).distinct()
    tags = select(literal("tag"), Tag.name).order_by(Tag.folded).limit(MOST_TAGS).subquery()
    found = session.execute(union_all(sources, select(tags)).order_by(None)).all()
    return Choices(
        sorted(name for kind, name in found if kind == "source"), sorted((name for kind, name in found if kind == "tag"), key=str.casefold)
    )
