"""Reading seats in open approvals whose person can no longer decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.accounts.queries import has_closed_account
from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.people.queries import has_left, has_right, people_with_right
from core.people.rights import Right
from hiring.applications.models import Application, Candidate
from hiring.approval_seats import policy
from hiring.approvals.algebra import ChainState
from hiring.approvals.models import ApprovalChain, ApprovalKind, ApprovalSeat, ApprovalStep, Hindrance
from hiring.approvals.policy import RIGHT
from hiring.approvals.queries import who_cannot
from hiring.offers.models import Offer
from hiring.offers.queries import sees_offer
from hiring.postings.models import Posting
from hiring.requisitions.models import Requisition
from hiring.requisitions.queries import writers_of

MOST = 100


@dataclass(frozen=True)
class VacantSeat:
    """A seat whose person can no longer decide, and what its chain is about: an offer or a requisition."""

    chain: ApprovalChain
    step: ApprovalStep
    seat: ApprovalSeat
    hindrance: Hindrance
    offer: Offer | None
    requisition: Requisition | None

    @property
    def position(self) -> str:
        """The title of the posting or requisition it is about."""
        if self.offer is not None:
            return self.offer.application.posting.title
        return "" if self.requisition is None else self.requisition.title


def vacant_seats(viewer: Person, *, chain_id: UUID | None = None) -> list[VacantSeat]:
    """The seats for which the viewer may name somebody else, in all chains or in one, the longest waiting first."""
    query = (
        select(ApprovalSeat)
        .join(ApprovalSeat.step)
        .join(ApprovalStep.chain)
        .where(ApprovalChain.state == ChainState.OPEN, ApprovalStep.position >= ApprovalChain.position, ~ApprovalStep.skipped)
        .where(ApprovalSeat.approved.is_(None), _is_hindered(), _may_name(viewer))
        .options(joinedload(ApprovalSeat.person), contains_eager(ApprovalSeat.step).selectinload(ApprovalStep.seats))
        .options(contains_eager(ApprovalSeat.step).contains_eager(ApprovalStep.chain).joinedload(ApprovalChain.started_by))
        .order_by(ApprovalChain.id, ApprovalStep.position, ApprovalSeat.id)
        .limit(MOST)
    )
    if chain_id is not None:
        query = query.where(ApprovalChain.public_id == chain_id)
    seats = session.scalars(query).all()
    return _with_subjects(seats) if seats else []


def has_hindered_seat() -> ColumnElement[bool]:
    """The condition that somewhere in an open approval a seat waits for a person who can no longer decide."""
    waits = ApprovalChain.state == ChainState.OPEN, ApprovalSeat.approved.is_(None), _is_hindered()
    return select(ApprovalSeat.id).join(ApprovalSeat.step).join(ApprovalStep.chain).where(*waits).exists()


def get_vacant_seat(chain_id: UUID, seat_id: UUID, *, viewer: Person) -> VacantSeat:
    """One of them. Raises NotFound."""
    found = next((vacant for vacant in vacant_seats(viewer, chain_id=chain_id) if vacant.seat.public_id == seat_id), None)
    if found is None:
        raise NotFound
    return found


def stuck_seats(viewer: Person) -> list[VacantSeat]:
    """Those of them without which a step whose turn it is cannot pass; of chains the viewer began, and all for whoever describes chains."""
    found = [vacant for vacant in vacant_seats(viewer) if vacant.step.position == vacant.chain.position]
    return [
        vacant
        for vacant in found
        if (vacant.chain.started_by_id == viewer.id or viewer.may(Right.WRITE_APPROVAL_CHAINS))
        and policy.is_stuck(vacant.step, hindered={other.seat.id for other in found})
    ]


def successors(vacant: VacantSeat, *, by: Person) -> Sequence[Person]:
    """Who may take the seat: whoever may decide on such things and has no other part in it."""
    people = people_with_right(RIGHT[vacant.chain.kind])
    hindered = who_cannot(vacant.chain.kind, {person.id for person in people})
    writers = frozenset() if vacant.requisition is None else writers_of(vacant.requisition)
    barred = policy.barred(vacant.chain, vacant.step, vacant.offer, writers=writers) | {by.id, *hindered}
    return [person for person in people if person.id not in barred]


def _is_hindered() -> ColumnElement[bool]:
    person = ApprovalSeat.person_id
    unable = [and_(ApprovalChain.kind == kind, ~has_right(person, right)) for kind, right in RIGHT.items()]
    return or_(has_left(person, on=today()), has_closed_account(person), *unable)


def _may_name(viewer: Person) -> ColumnElement[bool]:
    if viewer.may(Right.WRITE_APPROVAL_CHAINS):
        return true()
    offers = select(Offer.public_id).join(Application, Application.id == Offer.application_id).join(Posting, Posting.id == Application.posting_id)
    theirs = or_(Requisition.requested_by_id == viewer.id, Requisition.hiring_manager_id == viewer.id)
    wanted = select(Requisition.public_id).where(true() if viewer.may(Right.SEE_EVERY_POSTING) else theirs)
    of_offers = ApprovalChain.subject_id.in_(offers.where(sees_offer(viewer))) if viewer.may(Right.WRITE_OFFERS) else false()
    of_requisitions = ApprovalChain.subject_id.in_(wanted) if viewer.may(Right.WRITE_REQUISITIONS) else false()
    return or_(and_(ApprovalChain.kind == ApprovalKind.OFFER, of_offers), and_(ApprovalChain.kind == ApprovalKind.REQUISITION, of_requisitions))


def _with_subjects(seats: Sequence[ApprovalSeat]) -> list[VacantSeat]:
    keys = {kind: [seat.step.chain.subject_id for seat in seats if seat.step.chain.kind is kind] for kind in ApprovalKind}
    whom = joinedload(Offer.application).options(joinedload(Application.posting), joinedload(Application.candidate).joinedload(Candidate.person))
    wanted = select(Offer).where(Offer.public_id.in_(keys[ApprovalKind.OFFER])).options(whom, joinedload(Offer.author), selectinload(Offer.moves))
    offers = {offer.public_id: offer for offer in session.scalars(wanted.order_by(Offer.id))}
    asked = select(Requisition).where(Requisition.public_id.in_(keys[ApprovalKind.REQUISITION])).options(joinedload(Requisition.requested_by))
    requisitions = {one.public_id: one for one in session.scalars(asked.order_by(Requisition.id))}
    hindered = {kind: who_cannot(kind, {seat.person_id for seat in seats}) for kind in ApprovalKind}
    return [
        VacantSeat(
            seat.step.chain,
            seat.step,
            seat,
            hindered[seat.step.chain.kind].get(seat.person_id, Hindrance.NO_RIGHT),
            offers.get(seat.step.chain.subject_id),
            requisitions.get(seat.step.chain.subject_id),
        )
        for seat in seats
    ]
