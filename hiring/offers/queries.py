"""Reading offers: those a colleague may see, and the one a private link opens."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from core.clock import today
from core.db import session
from core.documents.models import IssuedDocument
from core.errors import NotFound
from core.people.models import Person
from core.people.rights import Right
from core.web.paging import Page, one_page
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.approvals.models import ApprovalChain, ApprovalKind
from hiring.approvals.queries import subjects_seated, waits_for
from hiring.offers.models import OPEN_STATES, Offer, OfferMove, OfferState, OfferTemplate
from hiring.postings.models import Posting
from hiring.postings.queries import sees_posting
from hiring.requisitions.models import Opening, OpeningState

_WHOLE = (
    joinedload(Offer.location),
    joinedload(Offer.manager),
    joinedload(Offer.buddy),
    joinedload(Offer.approver),
    joinedload(Offer.author),
    joinedload(Offer.document).joinedload(IssuedDocument.file),
    joinedload(Offer.signed_document).joinedload(IssuedDocument.file),
    joinedload(Offer.signature),
    selectinload(Offer.moves).joinedload(OfferMove.by),
    joinedload(Offer.application).joinedload(Application.candidate).joinedload(Candidate.person),
    joinedload(Offer.application).joinedload(Application.stage),
    joinedload(Offer.application)
    .joinedload(Application.posting)
    .options(
        joinedload(Posting.department),
        joinedload(Posting.job_role),
        joinedload(Posting.location),
        joinedload(Posting.recruiter),
        selectinload(Posting.stages),
    ),
)
_OFFERS = select(Offer).where(Offer.application_id == bindparam("application")).order_by(Offer.number.desc())


def sees_offer(viewer: Person) -> ColumnElement[bool]:
    """The condition under which the viewer sees an offer and its pay, for a query that joins Posting."""
    team = and_(sees_posting(viewer), literal(viewer.may(Right.SEE_OFFERS)))
    if not viewer.may(Right.APPROVE_OFFERS):
        return team
    seated = subjects_seated(viewer, ApprovalKind.OFFER, on=today(viewer.time_zone))
    asked = or_(Offer.approver_id == viewer.id, Offer.public_id.in_(seated))
    return or_(team, asked)


def get_offer(offer_id: UUID, *, viewer: Person) -> Offer:
    """The offer with everything its page shows, if the viewer may see it. Raises NotFound."""
    query = (
        select(Offer)
        .join(Application, Application.id == Offer.application_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Offer.public_id == offer_id, sees_offer(viewer))
        .options(*_WHOLE)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def offer_of_link(offer_id: UUID | None) -> Offer:
    """What a private link opens: the offer with all its candidate may see. Raises NotFound."""
    found = session.scalars(select(Offer).where(Offer.public_id == offer_id).options(*_WHOLE)).one_or_none()
    if found is None or found.sent_at is None:
        raise NotFound
    return found


def open_offer_whole(application: Application) -> Offer | None:
    """The application's offer that is not decided, with all that ending it needs. Most have none, and are asked no more than that."""
    key = session.scalars(select(Offer.id).where(Offer.application_id == application.id, Offer.state.in_(OPEN_STATES))).one_or_none()
    return None if key is None else session.scalars(select(Offer).where(Offer.id == key).options(*_WHOLE)).one()


def accepted_offer(application: Application) -> Offer | None:
    """The offer by which the application ended in a hire, with all that taking it back needs."""
    query = select(Offer).where(Offer.application_id == application.id, Offer.state == OfferState.ACCEPTED).options(*_WHOLE)
    return session.scalars(query).one_or_none()


def offers_of(application: Application) -> Sequence[Offer]:
    """Every offer made to the application, latest first."""
    return session.scalars(_OFFERS, {"application": application.id}).all()


def find_open_offer(application: Application) -> Offer | None:
    """The offer that is not decided yet, if there is one."""
    states = (OfferState.DRAFT, OfferState.IN_APPROVAL, OfferState.APPROVED, OfferState.SENT)
    return session.scalars(select(Offer).where(Offer.application_id == application.id, Offer.state.in_(states))).one_or_none()


def next_number(application: Application) -> int:
    """The number the application's next offer gets."""
    return session.scalars(select(func.coalesce(func.max(Offer.number), 0) + 1).where(Offer.application_id == application.id)).one()


def offers_page(viewer: Person, *, number: int) -> Page[Offer]:
    """One page of the offers the viewer may see, latest first."""
    query = (
        select(Offer)
        .join(Offer.application)
        .join(Application.posting)
        .join(Application.candidate)
        .join(Candidate.person)
        .where(sees_offer(viewer))
        .options(
            contains_eager(Offer.application).options(
                contains_eager(Application.posting), contains_eager(Application.candidate).contains_eager(Candidate.person)
            ),
            joinedload(Offer.approver),
        )
        .order_by(Offer.created_at.desc(), Offer.id.desc())
    )
    return one_page(query, number=number, size=25)


def awaiting_approval_by(person: Person) -> Select[Offer]:
    """A select of the offers the person is asked to approve, oldest first, with application and posting joined."""
    changed = Offer.moves.any((OfferMove.from_state == OfferMove.to_state) & (OfferMove.by_id == person.id))
    return (
        select(Offer)
        .join(Offer.application)
        .join(Application.posting)
        .join(ApprovalChain, ApprovalChain.subject_id == Offer.public_id)
        .where(waits_for(person, ApprovalKind.OFFER, on=today(person.time_zone)), Offer.state == OfferState.IN_APPROVAL)
        .where(Offer.author_id != person.id, ~changed)
        .order_by(Offer.created_at, Offer.id)
        .limit(50)
    )


def past_their_last_day(day: date) -> Sequence[Offer]:
    """Sent offers whose last day was before the day; zones are settled by the action."""
    query = select(Offer).where(Offer.state == OfferState.SENT, Offer.expires_on < day).options(*_WHOLE)
    return session.scalars(query.order_by(Offer.id).limit(200)).all()


def sent_until(day: date) -> Sequence[Offer]:
    """Sent offers whose last day is no later than the day."""
    query = select(Offer).where(Offer.state == OfferState.SENT, Offer.expires_on <= day).options(*_WHOLE)
    return session.scalars(query.order_by(Offer.expires_on, Offer.id).limit(500)).all()


def offers_to_follow_up(person: Person) -> Select[Offer]:
    """A select of the offers this person wrote or recruits for of which somebody has to say what follows, the oldest first.

    Those that ended unanswered, while the application is undecided and no other was begun; and those that are out while no opening is left to fill.
    """
    later = aliased(Offer)
    none_since = ~exists().where(later.application_id == Offer.application_id, later.number > Offer.number)
    lapsed = and_(Offer.state == OfferState.EXPIRED, Application.state == ApplicationState.ACTIVE, none_since)
    return (
        select(Offer)
        .join(Offer.application)
        .join(Application.posting)
        .where(or_(lapsed, and_(Offer.state == OfferState.SENT, _is_full())))
        .where(or_(Offer.author_id == person.id, Posting.recruiter_id == person.id), sees_offer(person))
        .order_by(Offer.expires_on, Offer.id)
        .limit(50)
    )


def _is_full() -> ColumnElement[bool]:
    """The condition, on Posting, that nobody more can be hired for it; as `has_free_opening` says of one."""
    other = aliased(Application)
    hired = select(func.count()).where(other.posting_id == Posting.id, other.state == ApplicationState.HIRED).scalar_subquery()
    free = exists().where(Opening.requisition_id == Posting.requisition_id, Opening.state == OpeningState.OPEN, Opening.approved)
    return or_(hired >= Posting.openings, and_(Posting.requisition_id.is_not(None), ~free))


def templates() -> Sequence[OfferTemplate]:
    """Every letter template, by name."""
    return session.scalars(select(OfferTemplate).order_by(OfferTemplate.name)).all()


def get_template(template_id: UUID) -> OfferTemplate:
    """The letter template with this public id. Raises NotFound."""
    found = session.scalars(select(OfferTemplate).where(OfferTemplate.public_id == template_id)).one_or_none()
    if found is None:
        raise NotFound
    return found
