"""Reading what happens overnight needs: onboardings with what decides their reviews, and reviews that are ahead."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.calendars.models import Booking, BookingState
from core.db import session
from core.people.models import Employment, EmploymentType, Location
from onboarding.checklists.models import Checklist
from onboarding.reviews.models import UNFINISHED, Probation, Review, ReviewState


def probations() -> dict[EmploymentType, int]:
    """How many days probation lasts, by kind of contract."""
    return {row.employment_type: row.days for row in session.scalars(select(Probation).order_by(Probation.id))}


def find_probation(employment_type: EmploymentType) -> Probation | None:
    """The length of probation on a kind of contract, if there is one."""
    return session.scalars(select(Probation).where(Probation.employment_type == employment_type)).one_or_none()


@dataclass(frozen=True)
class Start:
    """An onboarding to derive reviews for, with what decides their days."""

    checklist: Checklist
    employment_type: EmploymentType
    location: Location


def starts(*, after: int, limit: int, keys: Collection[int] | None = None) -> Sequence[Start]:
    """Onboardings that run or were cancelled, by inner key, with their persons; `keys` asks for these only."""
    query = (
        select(Checklist, Employment.employment_type, Location)
        .join(Employment, Employment.id == Checklist.employment_id)
        .join(Location, Location.id == Employment.location_id)
        .where(Checklist.id > after)
        .options(joinedload(Checklist.person))
        .order_by(Checklist.id)
        .limit(limit)
    )
    if keys is not None:
        query = query.where(Checklist.id.in_(keys))
    return [Start(checklist, employment_type, location) for checklist, employment_type, location in session.execute(query)]


def reviews_by_start(keys: Collection[int]) -> dict[int, list[Review]]:
    """The reviews of these onboardings (inner keys), with their assessments."""
    found: dict[int, list[Review]] = {key: [] for key in keys}
    query = select(Review).where(Review.checklist_id.in_(keys)).options(selectinload(Review.assessments), joinedload(Review.person))
    for review in session.scalars(query.order_by(Review.checklist_id, Review.due_on, Review.id)):
        found[review.checklist_id].append(review)
    return found


def unasked(*, until: date, limit: int) -> Sequence[Review]:
    """Open reviews due until then for which nobody has been asked yet, with their persons."""
    query = (
        select(Review)
        .where(Review.state == ReviewState.OPEN, Review.asked_at.is_(None), Review.due_on <= until)
        .options(joinedload(Review.person), joinedload(Review.checklist).joinedload(Checklist.person))
    )
    return session.scalars(query.order_by(Review.due_on, Review.id).limit(limit)).all()


def with_meetings_ahead(at: datetime) -> Sequence[Review]:
    """Unfinished reviews whose meeting is still to come, with person and booking."""
    query = (
        select(Review)
        .join(Booking, Booking.id == Review.booking_id)
        .where(Review.state.in_(UNFINISHED), Booking.state == BookingState.CONFIRMED, Booking.starts_at > at)
        .options(contains_eager(Review.booking), joinedload(Review.person), joinedload(Review.checklist).joinedload(Checklist.person))
    )
    return session.scalars(query.order_by(Review.id)).all()
