"""Booking the meeting of a review."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.calendars.models import BookingState
from core.errors import Conflict, Invalid, NotAllowed
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.circle import Circle
from onboarding.reviews import meeting, policy, queries
from onboarding.reviews.forms import MeetingForm, ReasonForm
from onboarding.reviews.models import Review
from onboarding.words import in_zone

bp = Blueprint("review_meetings", __name__, url_prefix="/reviews/<uuid:review_id>/meeting")


@bp.route("", methods=["GET", "POST"])
@access(Right.WORK)
def book(review_id: UUID) -> ResponseReturnValue:
    """Book the meeting, or give it another time."""
    review, circle = _bookable(review_id)
    form = _form(review, circle)
    status = None
    if form.validate_on_submit():
        try:
            meeting.book_meeting(
                review,
                starts_at=form.begins(g.person.time_zone),
                minutes=form.minutes.data,
                place=form.place.data or "",
                meeting_url=form.meeting_url.data or "",
                by=g.person,
            )
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Booked. Both get an invitation for their calendars."), "success")
            return redirect(url_for("reviews.show", review_id=review_id))
    return page("onboarding/reviews/meeting.html", form=form, review=review, circle=circle, moving=_stands(review), status=status)


@bp.route("/cancel", methods=["POST"])
@access(Right.WORK)
def cancel(review_id: UUID) -> ResponseReturnValue:
    """Call the meeting off."""
    review, circle = _bookable(review_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        booking_form = _form(review, circle)
        booking_form.form_errors.append(_("Say why in a sentence."))
        return page("onboarding/reviews/meeting.html", form=booking_form, review=review, circle=circle, moving=_stands(review), status=422)
    meeting.cancel_meeting(review, reason=form.reason.data, by=g.person)
    flash(_("Cancelled. Both have been told."), "success")
    return redirect(url_for("reviews.show", review_id=review_id))


def _bookable(review_id: UUID) -> tuple[Review, Circle]:
    review, circle = queries.get_review(review_id, viewer=g.person)
    if not policy.can_meet(review, circle):
        raise NotAllowed(_("The meeting of this review is not yours to book, or the review is over."))
    return review, circle


def _form(review: Review, circle: Circle) -> MeetingForm:
    other = circle.manager or (g.person if circle.leads else None)
    booked = review.booking if _stands(review) else None
    times: list[datetime] = []
    if other is not None:
        times = [slot.starts_at for slot in meeting.free_times((circle.person, other), besides=booked)]
    known: dict[str, object] = {} if booked is None else {"place": booked.place, "meeting_url": booked.meeting_url}
    if booked is not None:
        known["starts"] = booked.starts_at.astimezone(ZoneInfo(g.person.time_zone)).replace(tzinfo=None)
    form = MeetingForm(time="", **known)
    form.offer(times, [in_zone(at, g.person.time_zone) for at in times])
    return form


def _stands(review: Review) -> bool:
    return review.booking is not None and review.booking.state is BookingState.CONFIRMED
