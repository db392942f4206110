"""Reading bulk actions, and whom one would meet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page
from hiring.applications.models import Application, Candidate
from hiring.applications.queries import WITH_WHOM_AND_WHAT, sees_application
from hiring.bulk.foreseeing import Chosen, Foreseen, foresee
from hiring.bulk.models import Bulk, BulkItem, BulkKind, BulkState, ItemState
from hiring.offers.models import Offer, OfferState
from hiring.postings.models import Posting, Stage
from hiring.stages.gates import shown_across
from hiring.stages.steps import Shown


def get_bulk(bulk_id: UUID, *, viewer: Person, lock: bool = False) -> Bulk:
    """A bulk action of the viewer's own. Raises NotFound."""
    query = select(Bulk).where(Bulk.public_id == bulk_id, Bulk.by_id == viewer.id).options(joinedload(Bulk.stage))
    if lock:
        query = query.with_for_update(of=Bulk).execution_options(populate_existing=True)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def lock_bulk(bulk_id: UUID) -> Bulk | None:
    """The bulk action for the worker, held until the transaction ends."""
    query = select(Bulk).where(Bulk.public_id == bulk_id).options(joinedload(Bulk.stage))
    return session.scalars(query.with_for_update(of=Bulk).execution_options(populate_existing=True)).one_or_none()


def bulks_of(viewer: Person, *, number: int) -> Page[Bulk]:
    """The viewer's bulk actions that were begun, newest first."""
    query = select(Bulk).where(Bulk.by_id == viewer.id, Bulk.state != BulkState.CHOSEN).options(joinedload(Bulk.stage))
    return one_page(query.order_by(Bulk.created_at.desc(), Bulk.id.desc()), number=number, size=25)


def unbegun_before(viewer: Person, instant: datetime) -> Sequence[Bulk]:
    """What the viewer chose before the instant and never began."""
    query = select(Bulk).where(Bulk.by_id == viewer.id, Bulk.state == BulkState.CHOSEN, Bulk.created_at < instant)
    return session.scalars(query.order_by(Bulk.id).limit(20)).all()


@dataclass(frozen=True)
class Tally:
    """How many applications of a bulk action are in which state."""

    counts: dict[ItemState, int]

    def __getitem__(self, state: ItemState) -> int:
        return self.counts.get(state, 0)

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(self.counts.values())


def tallies(bulks: Sequence[Bulk]) -> dict[int, Tally]:
    """How far bulk actions have come, by inner key."""
    query = select(BulkItem.bulk_id, BulkItem.state, func.count()).where(BulkItem.bulk_id.in_([bulk.id for bulk in bulks]))
    found: dict[int, dict[ItemState, int]] = {bulk.id: {} for bulk in bulks}
    for key, state, count in session.execute(query.group_by(BulkItem.bulk_id, BulkItem.state).order_by(BulkItem.bulk_id, BulkItem.state)):
        found[key][state] = count
    return {key: Tally(counts) for key, counts in found.items()}


def items_of(bulk: Bulk, *, viewer: Person, number: int, state: ItemState | None = None) -> Page[BulkItem]:
    """One page of the bulk action's applications, with candidates; only those the viewer still sees."""
    query = (
        select(BulkItem)
        .join(BulkItem.application)
        .join(Posting, Posting.id == Application.posting_id)
        .where(BulkItem.bulk_id == bulk.id, sees_application(viewer))
        .options(
            joinedload(BulkItem.application).options(
                joinedload(Application.candidate).joinedload(Candidate.person), joinedload(Application.posting), joinedload(Application.stage)
            )
        )
    )
    if state is not None:
        query = query.where(BulkItem.state == state)
    return one_page(query.order_by(BulkItem.id), number=number)


def due_items(bulk: Bulk, state: ItemState, *, most: int) -> Sequence[BulkItem]:
    """The first items in this state, with all that an action needs of their applications. The caller holds the bulk action."""
    query = (
        select(BulkItem)
        .where(BulkItem.bulk_id == bulk.id, BulkItem.state == state)
        .options(
            joinedload(BulkItem.application).options(
                *WITH_WHOM_AND_WHAT,
                joinedload(Application.posting).selectinload(Posting.stages),
                joinedload(Application.posting).selectinload(Posting.members),
            )
        )
    )
    return session.scalars(query.order_by(BulkItem.id).limit(most).execution_options(populate_existing=True)).all()


def keys_of(public_ids: Collection[UUID], *, viewer: Person) -> list[tuple[int, int]]:
    """Inner keys and versions of applications. Raises NotFound when the viewer does not see every one of them."""
    wanted = set(public_ids)
    query = select(Application.id, Application.version).join(Application.posting).where(Application.public_id.in_(wanted), sees_application(viewer))
    found = [(row.id, row.version) for row in session.execute(query.order_by(Application.id))]
    if len(found) != len(wanted):
        raise NotFound
    return found


def keys_where(conditions: Sequence[ColumnElement[bool]], *, viewer: Person, most: int) -> list[tuple[int, int]]:
    """The same for everything the viewer sees under these conditions of a query that joins Posting and Stage; at most one over `most`."""
    query = select(Application.id, Application.version).join(Application.posting).join(Application.stage)
    query = query.where(sees_application(viewer), *conditions).order_by(Application.applied_at, Application.id).limit(most + 1)
    return [(row.id, row.version) for row in session.execute(query)]


def chosen_in(bulk: Bulk, *, viewer: Person) -> list[Chosen]:
    """Every application that was chosen and that the viewer still sees, as it stands now."""
    offered = select(Offer.id).where(Offer.application_id == Application.id, Offer.state == OfferState.SENT).exists()
    query: Select[*tuple[Any, ...]] = (
        select(
            Application.id,
            Application.public_id,
            Application.posting_id,
            Posting.title,
            Person.name,
            Application.names_hidden,
            Application.stage_id,
            Application.state,
            Application.erased_at.is_not(None),
            offered,
            Application.references_noted,
            Application.version != BulkItem.seen_version,
        )
        .select_from(BulkItem)
        .join(BulkItem.application)
        .join(Application.posting)
        .join(Application.candidate)
        .join(Candidate.person)
        .where(BulkItem.bulk_id == bulk.id, sees_application(viewer))
        .order_by(BulkItem.id)
    )
    return [Chosen(*row) for row in session.execute(query)]


def foreseen(bulk: Bulk, chosen: Sequence[Chosen]) -> list[Foreseen]:
    """What will happen to each. Asks for what stages need only where somebody is to be moved."""
    stages = stages_of({each.posting_key for each in chosen})
    every = [stage for each in stages.values() for stage in each]
    shown: dict[int, Shown] = {}
    if bulk.kind is BulkKind.ADVANCE and bulk.is_set and chosen:
        shown = shown_across({each.key: each.references for each in chosen}, {each.key: each.posting_key for each in chosen}, every)
    nothing = Shown()
    return [foresee(bulk.kind, each, stages=stages[each.posting_key], target=bulk.stage, shown=shown.get(each.key, nothing)) for each in chosen]


def stages_of(posting_keys: Collection[int]) -> dict[int, list[Stage]]:
    """The stages of postings in their order, by inner key of the posting."""
    found: dict[int, list[Stage]] = {key: [] for key in posting_keys}
    query = select(Stage).where(Stage.posting_id.in_(posting_keys), Stage.removed_at.is_(None)).order_by(Stage.position, Stage.id)
    for stage in session.scalars(query):
        found[stage.posting_id].append(stage)
    return found
