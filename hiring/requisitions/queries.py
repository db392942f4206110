"""Reading requisitions: those a colleague may see, and the one a posting was made from."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from core.clock import today
from core.db import hold, session
from core.errors import NotFound
from core.people.models import Person
from core.people.rights import Right
from core.web.paging import Page, one_page
from hiring.applications.models import Application, Candidate
from hiring.applications.queries import hired_count
from hiring.approvals.models import ApprovalChain, ApprovalKind
from hiring.approvals.queries import subjects_seated, waits_for
from hiring.offers.models import Offer, OfferState
from hiring.postings.models import Posting, PostingState
from hiring.requisitions.models import Opening, OpeningState, Requisition, RequisitionChange, RequisitionState

OPENING_COLUMNS = list(Opening.__table__.columns.keys())
_WHO_FILLS = joinedload(Opening.application).joinedload(Application.candidate).joinedload(Candidate.person)
_WHOLE = (
    joinedload(Requisition.job_role),
    joinedload(Requisition.department),
    joinedload(Requisition.location),
    joinedload(Requisition.hiring_manager),
    joinedload(Requisition.requested_by),
    selectinload(Requisition.openings).options(_WHO_FILLS),
)


def sees_requisition(viewer: Person) -> ColumnElement[bool]:
    """The condition under which the viewer sees a requisition and its pay: recruiters all, others what they asked for, run or decide on."""
    if viewer.may(Right.SEE_EVERY_POSTING):
        return Requisition.id.is_not(None)
    seated = subjects_seated(viewer, ApprovalKind.REQUISITION, on=today(viewer.time_zone))
    return or_(Requisition.requested_by_id == viewer.id, Requisition.hiring_manager_id == viewer.id, Requisition.public_id.in_(seated))


def requisitions_page(viewer: Person, *, number: int, state: RequisitionState | None = None) -> Page[Requisition]:
    """One page of the requisitions the viewer may see, newest change first."""
    query = select(Requisition).where(sees_requisition(viewer)).options(joinedload(Requisition.department), joinedload(Requisition.hiring_manager))
    if state is not None:
        query = query.where(Requisition.state == state)
    query = query.options(selectinload(Requisition.openings)).order_by(Requisition.changed_at.desc(), Requisition.id.desc())
    return one_page(query, number=number)


def get_requisition(requisition_id: UUID, *, viewer: Person) -> Requisition:
    """The requisition with its openings and who fills them, if the viewer may see it. Raises NotFound."""
    query = select(Requisition).where(Requisition.public_id == requisition_id, sees_requisition(viewer)).options(*_WHOLE)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_opening(requisition: Requisition, opening_id: UUID) -> Opening:
    """An opening of this requisition. Raises NotFound."""
    for opening in requisition.openings:
        if opening.public_id == opening_id:
            return opening
    raise NotFound


def posting_of(requisition: Requisition) -> Posting | None:
    """The posting made from the requisition that is not archived; there is at most one."""
    query = select(Posting).where(Posting.requisition_id == requisition.id, Posting.state != PostingState.ARCHIVED)
    return session.scalars(query).one_or_none()


def requisition_of(posting: Posting) -> Requisition | None:
    """The requisition a posting was made from, with its openings."""
    if posting.requisition_id is None:
        return None
    query = select(Requisition).where(Requisition.id == posting.requisition_id).options(selectinload(Requisition.openings))
    return session.scalars(query).one()


def has_free_opening(posting: Posting) -> bool:
    """Whether somebody more can be hired for the posting: as many as it says, and as were approved where it has a requisition."""
    requisition = requisition_of(posting)
    approved = requisition is None or any(opening.approved for opening in requisition.openings_in(OpeningState.OPEN))
    return approved and hired_count(posting) < posting.openings


def offers_out(requisition: Requisition) -> int:
    """How many offers wait for their candidate's answer in the requisition's postings."""
    query = select(func.count()).select_from(Offer).join(Application, Application.id == Offer.application_id)
    query = query.join(Posting, Posting.id == Application.posting_id)
    return session.scalars(query.where(Posting.requisition_id == requisition.id, Offer.state == OfferState.SENT)).one()


def hold_requisition_of(posting: Posting) -> Requisition | None:
    """The requisition a posting was made from, held until the transaction ends, with its openings as they are now.

    Whoever needs the posting's row as well holds this one first, so that two never wait for each other.
    """
    found = requisition_of(posting)
    return None if found is None else hold_requisition(found)


def hold_requisition(requisition: Requisition) -> Requisition:
    """The requisition held until the transaction ends, with its openings as they are now."""
    session.flush()
    hold(requisition)
    for opening in requisition.openings:
        session.expire(opening, OPENING_COLUMNS)
    session.expire(requisition, ["openings"])
    openings = selectinload(Requisition.openings).options(_WHO_FILLS)
    session.scalars(select(Requisition).where(Requisition.id == requisition.id).options(openings)).one()
    return requisition


def unsettled_changes(requisition: Requisition) -> Sequence[RequisitionChange]:
    """Changes of pay, budget or openings that no approval followed yet, in order."""
    query = select(RequisitionChange).where(RequisitionChange.requisition_id == requisition.id, RequisitionChange.settled_at.is_(None))
    return session.scalars(query.order_by(RequisitionChange.id)).all()


def writers_of(requisition: Requisition) -> frozenset[int]:
    """The keys of those who wrote what is to be approved, and have no say in it."""
    return frozenset({requisition.requested_by_id, *(change.by_id for change in unsettled_changes(requisition))})


def requisitions_awaiting(person: Person) -> Select[Requisition]:
    """A select of the requisitions that wait for this person's say, longest first."""
    waiting = select(ApprovalChain.subject_id).where(waits_for(person, ApprovalKind.REQUISITION, on=today(person.time_zone)))
    theirs = exists().where(
        RequisitionChange.requisition_id == Requisition.id, RequisitionChange.by_id == person.id, RequisitionChange.settled_at.is_(None)
    )
    query = select(Requisition).where(Requisition.public_id.in_(waiting), Requisition.requested_by_id != person.id, ~theirs)
    return query.order_by(Requisition.changed_at, Requisition.id).limit(50)
