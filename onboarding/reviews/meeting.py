"""The meeting of a review: booked in both calendars, moved, cancelled, handed over to a new manager."""

from datetime import datetime, timedelta

from core.calendars import booking as calendar
from core.calendars.booking import Attendee
from core.calendars.free_slots import Interval
from core.calendars.hours import availabilities
from core.calendars.models import Booking, BookingKind, BookingState
from core.calendars.panels import starts
from core.calendars.queries import attendees_of
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from onboarding.circle import Circle, circle_of
from onboarding.reviews import policy
from onboarding.reviews.labels import MOMENTS
from onboarding.reviews.models import UNFINISHED, Review
from onboarding.reviews.queries import hold_review
from onboarding.reviews.steps import take_step

LOOKED_AHEAD = timedelta(days=21)
STEP = timedelta(minutes=30)


def free_times(people: tuple[Person, Person], *, minutes: int = 60, most: int = 8, besides: Booking | None = None) -> list[Interval]:
    """The next times at which both work and are free, at most two a day."""
    window = Interval(now(), now() + LOOKED_AHEAD)
    known = availabilities(list(people), window, besides=besides)
    first, second = (known[person.id] for person in people)
    found: list[Interval] = []
    by_day: dict[object, int] = {}
    for begins in starts(first.hours, window, STEP):
        slot = Interval(begins, begins + timedelta(minutes=minutes))
        day = first.day_of(slot)
        if by_day.get(day, 0) < 2 and first.free(slot) and second.free(slot):
            by_day[day] = by_day.get(day, 0) + 1
            found.append(slot)
            if len(found) == most:
                break
    return found


def book_meeting(review: Review, *, starts_at: datetime, minutes: int, place: str, meeting_url: str, by: Person) -> None:
    """Book the meeting, or move the one that is booked. Raises Conflict naming who is busy and when."""
    hold_review(review)
    circle = circle_of(review.checklist, viewer=by)
    if not policy.can_meet(review, circle):
        raise NotAllowed(_("The meeting of this review is not yours to book, or the review is over."))
    other = circle.manager or (by if circle.leads else None)
    if other is None:
        raise WrongState(_("There is no manager to meet. Human resources names one in the directory."))
    ends_at = starts_at + timedelta(minutes=minutes)
    if review.booking is not None and review.booking.state is BookingState.CONFIRMED:
        calendar.move(review.booking, starts_at=starts_at, ends_at=ends_at, by=by)
        take_step(review, "meeting_moved", by=by, changes={"starts_at": starts_at.isoformat()})
        return
    if not place.strip() and not meeting_url.strip():
        raise Invalid(_("Say where you meet, or give the link of the meeting."), field="place")
    review.booking = calendar.book(
        _("%(review)s: %(name)s", review=MOMENTS[review.moment], name=circle.person.name),
        kind=BookingKind.MEETING,
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=circle.person.time_zone,
        attendees=[Attendee(circle.person), Attendee(other)],
        organiser=by,
        place=place,
        meeting_url=meeting_url,
        by=by,
        subject_id=review.public_id,
    )
    session.flush()
    take_step(review, "meeting_booked", by=by, changes={"starts_at": starts_at.isoformat()})


def cancel_meeting(review: Review, *, reason: str, by: Person) -> None:
    """Call the meeting off and say why; both get the cancellation."""
    hold_review(review)
    if not policy.can_meet(review, circle_of(review.checklist, viewer=by)):
        raise NotAllowed(_("The meeting of this review is not yours to book, or the review is over."))
    if not reason.strip():
        raise Invalid(_("Say why in a sentence."), field="reason")
    drop_meeting(review, reason=reason.strip()[:1000], by=by)


def drop_meeting(review: Review, *, reason: str, by: Person | None) -> None:
    """Give back the time of a meeting that is still to come."""
    if review.booking_id is None:
        return
    booked = session.get_one(Booking, review.booking_id)
    if booked.state is BookingState.CONFIRMED and booked.starts_at > now():
        calendar.release(booked, reason=reason, by=by)
        review.booking = None
        take_step(review, "meeting_cancelled", by=by)


def hand_over_meeting(review: Review, *, circle: Circle) -> None:
    """Invite the manager of today in the place of the one before. A meeting at which they are busy is called off instead."""
    booked = review.booking
    if booked is None or review.state not in UNFINISHED or circle.manager is None:
        return
    if circle.manager.id in {row.person_id for row in attendees_of(booked)}:
        return
    taken = calendar.busy([circle.manager], starts_at=booked.starts_at, ends_at=booked.ends_at)
    if taken[circle.manager.id]:
        drop_meeting(review, reason=_("The manager has changed, and the new one is busy then."), by=None)
        return
    calendar.change_attendees(booked, [Attendee(circle.person), Attendee(circle.manager)], by=None)
    take_step(review, "meeting_handed_over", by=None)
