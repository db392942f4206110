"""Who still waits for an answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from core.clock import today
from core.db import session
from core.people.models import Location, Person
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.blind.naming import name_shown
from hiring.offers.models import Offer, OfferState
from hiring.postings.models import Posting, PostingState, Stage
from hiring.postings.queries import sees_posting


@dataclass(frozen=True)
class Undecided:
    """Somebody who applied and has no answer yet."""

    public_id: UUID
    name: str
    has_offer: bool  # one that was sent: it has to be answered or withdrawn first


@dataclass(frozen=True)
class Group:
    """Those without an answer who stand in one stage."""

    stage: Stage
    people: list[Undecided]


def undecided_of(posting: Posting) -> list[Group]:
    """Everybody without an answer, by stage and as long as they wait. Needs `posting.stages`."""
    offered = select(Offer.id).where(Offer.application_id == Application.id, Offer.state == OfferState.SENT).exists()
    query = (
        select(Application.stage_id, Application.public_id, Person.name, Application.names_hidden, offered)
        .join(Application.candidate)
        .join(Candidate.person)
        .where(Application.posting_id == posting.id, Application.state == ApplicationState.ACTIVE)
        .order_by(Application.stage_since, Application.id)
    )
    groups = {stage.id: Group(stage, []) for stage in posting.stages}
    for stage_id, public_id, name, hidden, has_offer in session.execute(query):
        groups[stage_id].people.append(Undecided(public_id, name_shown(name, public_id, hidden), has_offer))
    return [group for group in groups.values() if group.people]


MANY = 1000
EARLIEST_ZONE = "Etc/GMT-14"  # nowhere is it a later day


@dataclass(frozen=True)
class Unanswered:
    """A posting that has ended, and how many who applied to it have no answer, counted no further than one over `MANY`."""

    public_id: UUID
    title: str
    since: datetime
    count: int


def ended_with_undecided(viewer: Person) -> list[Unanswered]:
    """Postings of the viewer that are filled or closed, or past their deadline where the work is, while somebody waits for an answer."""
    ended = Posting.state.in_((PostingState.FILLED, PostingState.CLOSED))
    running = and_(Posting.state.in_((PostingState.OPEN, PostingState.PAUSED)), Posting.closes_on < today(EARLIEST_ZONE))
    some = select(Application.id).where(Application.posting_id == Posting.id, Application.state == ApplicationState.ACTIVE)
    waiting = select(func.count()).select_from(some.correlate(Posting).limit(MANY + 1).subquery())
    query = (
        select(Posting.public_id, Posting.title, Posting.changed_at, waiting.scalar_subquery())
        .add_columns(ended, Posting.closes_on, Location.time_zone)
        .join(Location, Location.id == Posting.location_id)
        .where(or_(ended, running), Posting.recruiter_id == viewer.id, sees_posting(viewer))
        .where(exists().where(Application.posting_id == Posting.id, Application.state == ApplicationState.ACTIVE))
        .order_by(Posting.changed_at, Posting.id)
    )
    found = session.execute(query).all()
    return [Unanswered(*row) for *row, is_over, closes_on, zone in found if is_over or closes_on < today(zone)]
