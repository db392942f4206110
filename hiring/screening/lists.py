"""The inbox of those who screen, across postings. It reads only what it shows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from core.people.models import Person
from core.web.i18n import _l
from core.web.paging import Page, one_page_of
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.applications.queries import sees_application
from hiring.blind.naming import name_shown
from hiring.postings.models import Posting, Stage
from hiring.screening.naming import named
from hiring.screening.queries import FIRST_KINDS, key_of_posting
from hiring.screening.turns import my_turn


class Show(StrEnum):
    """Which open applications stand in the inbox."""

    WAITING = ""  # new, or waiting for whoever looks
    FIRST = "first"  # new or in screening
    MINE = "mine"
    ALL = "all"


SHOWS = {
    Show.WAITING: _l("New or my turn"),
    Show.FIRST: _l("Waiting for a first look"),
    Show.MINE: _l("My turn"),
    Show.ALL: _l("All open"),
}


def shown_by(asked: str) -> Show:
    """What an address asks for; what is not known asks for what waits."""
    return Show(asked) if asked in set(Show) else Show.WAITING


@dataclass(frozen=True)
class InboxRow:
    """An application as the inbox shows it. `target_days` is how long its stage should last at most."""

    id: int
    public_id: UUID
    name: str
    names_hidden: bool
    knocked_out: bool
    posting: str
    stage: str
    applied_at: datetime
    stage_since: datetime
    target_days: int
    word_match: int | None
    held_at: datetime | None
    held_until: date | None

    @property
    def shown_name(self) -> str:
        """What staff call the candidate."""
        return name_shown(self.name, self.public_id, self.names_hidden)


def inbox(
    viewer: Person,
    *,
    number: int = 1,
    show: Show = Show.WAITING,
    posting: UUID | None = None,
    words: str = "",
    by_match: bool = False,
    size: int = 25,
) -> Page[InboxRow]:
    """One page of open applications across all postings the viewer sees, oldest first.

    With `by_match` those first in whose words most of what the criteria say was found.
    """
    query = (
        select(
            Application.id,
            Application.public_id,
            Person.name,
            Application.names_hidden,
            Application.knocked_out,
            Posting.title,
            Stage.name,
            Application.applied_at,
            Application.stage_since,
            Stage.target_days,
            Application.word_match,
            Application.held_at,
            Application.held_until,
        )
        .join(Application.posting)
        .join(Application.stage)
        .join(Application.candidate)
        .join(Candidate.person)
        .where(*in_inbox(viewer, show=show, posting=posting, words=words))
    )
    order = Application.match_place if by_match else Application.applied_at
    return one_page_of(InboxRow, query.order_by(order, Application.id), number=number, size=size)


def in_inbox(viewer: Person, *, show: Show, posting: UUID | None, words: str) -> list[ColumnElement[bool]]:
    """What stands in the inbox, as conditions of a query that joins Posting and Stage. Nobody is found by a name that is hidden."""
    found = [sees_application(viewer), Application.state == ApplicationState.ACTIVE]
    new = Stage.kind.in_(FIRST_KINDS)
    if show is Show.WAITING:
        found.append(or_(new, my_turn(viewer)))
    elif show is Show.FIRST:
        found.append(new)
    elif show is Show.MINE:
        found.append(my_turn(viewer))
    if posting is not None:
        found.append(Application.posting_id == key_of_posting(posting))
    if words:
        found.append(named(words))
    return found
