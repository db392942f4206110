"""What waits for a person in hiring and is a single row there: mentions, messages, approvals, offers. Read in one statement."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import Select, String, cast, literal, null, select, union_all
from sqlalchemy.orm import aliased

from core.db import session
from core.people.models import Person
from core.people.rights import Right
from core.waiting import Waiting
from core.web.i18n import _
from hiring.applications.models import Application, Candidate
from hiring.blind.naming import name_shown
from hiring.messages.models import Message
from hiring.messages.queries import waiting_messages
from hiring.notes.models import Note
from hiring.notes.queries import unread_mentions
from hiring.offers.models import Offer, OfferState
from hiring.offers.queries import awaiting_approval_by, offers_to_follow_up
from hiring.postings.models import Posting
from hiring.postings.queries import postings_awaiting
from hiring.requisitions.models import Requisition
from hiring.requisitions.queries import requisitions_awaiting

_AUTHOR = aliased(Person)


@dataclass(frozen=True)
class Line:
    """A row of any source: the thing's public id, the application, whose name it is, whether it is hidden, the position, its state, since when."""

    id: UUID
    application: UUID | None
    name: str | None
    hidden: bool | None
    position: str
    state: str | None
    since: datetime

    @property
    def whom(self) -> str:
        """The candidate as staff may name them, and the position."""
        name = name_shown(self.name or "", self.application or self.id, bool(self.hidden))
        return str(_("%(name)s, %(posting)s", name=name, posting=self.position))


@dataclass(frozen=True)
class _Source:
    right: Right
    rows: Callable[[Person], Select[*tuple[Any, ...]]]
    tell: Callable[[Line], Waiting]


def lines_waiting_for(person: Person, among: Collection[str] | None) -> list[Waiting]:
    """What the sources named hold for the person, in their order, in one statement; without `among` what they all hold."""
    wanted = [name for name, source in SOURCES.items() if (among is None or name in among) and person.may(source.right)]
    if not wanted:
        return []
    place = {name: position for position, name in enumerate(SOURCES)}
    parts = [select(literal(place[name]).label("source"), SOURCES[name].rows(person).subquery()) for name in wanted]
    together = union_all(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
    rows = session.execute(select(together).order_by(together.c.source, together.c.since, together.c.id)).all()
    sources = list(SOURCES.values())
    return [sources[source].tell(Line(*row)) for source, *row in rows]


def _mentions(person: Person) -> Select[*tuple[Any, ...]]:
    query = unread_mentions(person).join(_AUTHOR, _AUTHOR.id == Note.author_id)
    return query.with_only_columns(*_columns(Note.public_id, Application.public_id, _AUTHOR.name, since=Note.created_at), maintain_column_froms=True)


def _messages(person: Person) -> Select[*tuple[Any, ...]]:
    return _of_candidates(waiting_messages(person), *_whom(Message.public_id, since=Message.sent_at))


def _offers_to_approve(person: Person) -> Select[*tuple[Any, ...]]:
    return _of_candidates(awaiting_approval_by(person), *_whom(Offer.public_id, since=Offer.created_at))


def _offers(person: Person) -> Select[*tuple[Any, ...]]:
    return _of_candidates(offers_to_follow_up(person), *_whom(Offer.public_id, since=Offer.sent_at, state=Offer.state))


def _requisitions(person: Person) -> Select[*tuple[Any, ...]]:
    columns = _columns(Requisition.public_id, position=Requisition.title, since=Requisition.changed_at)
    return requisitions_awaiting(person).with_only_columns(*columns, maintain_column_froms=True)


def _postings(person: Person) -> Select[*tuple[Any, ...]]:
    return postings_awaiting(person).with_only_columns(*_columns(Posting.public_id, since=Posting.changed_at), maintain_column_froms=True)


def _of_candidates(query: Select[Any], *columns: Any) -> Select[*tuple[Any, ...]]:
    named = query.join(Candidate, Candidate.id == Application.candidate_id).join(Person, Person.id == Candidate.person_id)
    return named.with_only_columns(*columns, maintain_column_froms=True)


def _whom(subject: Any, *, since: Any, state: Any = None) -> list[Any]:
    return _columns(subject, Application.public_id, Person.name, Application.names_hidden, since=since, state=state)


def _columns(
    subject: Any, application: Any = None, name: Any = None, hidden: Any = None, *, position: Any = Posting.title, since: Any, state: Any = None
) -> list[Any]:
    given = {"id": subject, "application": application, "name": name, "hidden": hidden, "position": position, "state": state, "since": since}
    kinds = {"application": Application.public_id.type, "name": String(), "hidden": Application.names_hidden.type, "state": String()}
    return [(cast(null(), kinds[label]) if column is None else column).label(label) for label, column in given.items()]


def _mention(line: Line) -> Waiting:
    address = url_for("screening.show", application_id=line.application, _anchor="notes")
    return Waiting(_("%(who)s mentioned you in a note", who=line.name), line.position, address, _("Applications"), since=line.since)


def _message(line: Line) -> Waiting:
    address = url_for("messages.thread", application_id=line.application)
    return Waiting(_("Answer a candidate"), line.whom, address, _("Applications"), since=line.since)


def _offer_to_approve(line: Line) -> Waiting:
    return Waiting(_("Decide on an offer"), line.whom, url_for("offers.show", offer_id=line.id), _("Approvals"), since=line.since)


def _requisition(line: Line) -> Waiting:
    address = url_for("requisitions.show", requisition_id=line.id)
    return Waiting(_("Decide on a requisition"), line.position, address, _("Approvals"), since=line.since)


def _posting(line: Line) -> Waiting:
    return Waiting(_("Decide on a posting"), line.position, url_for("postings.show", posting_id=line.id), _("Approvals"), since=line.since)


def _offer(line: Line) -> Waiting:
    """An offer that lapsed, or one nobody can accept any more: somebody has to say what follows."""
    lapsed = _("An offer lapsed: make another, or decide on the application")
    too_many = _("The position is filled: withdraw this offer, or add an opening")
    title = lapsed if line.state == OfferState.EXPIRED else too_many
    return Waiting(title, line.whom, url_for("offers.show", offer_id=line.id), _("Offers"), since=line.since)


SOURCES: dict[str, _Source] = {
    "mentions": _Source(Right.SEE_APPLICATIONS, _mentions, _mention),
    "messages": _Source(Right.DECIDE_APPLICATIONS, _messages, _message),
    "offers to approve": _Source(Right.APPROVE_OFFERS, _offers_to_approve, _offer_to_approve),
    "requisitions to approve": _Source(Right.APPROVE_POSTINGS, _requisitions, _requisition),
    "postings to approve": _Source(Right.APPROVE_POSTINGS, _postings, _posting),
    "offers": _Source(Right.WRITE_OFFERS, _offers, _offer),
}
