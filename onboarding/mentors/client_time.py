"""Time kept free for a client: it takes the owner's time, and nobody else ever reads what for."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, StringField, TimeField
from wtforms.validators import InputRequired, Length

from core.calendars.booking import Attendee, book, bookings_of, get_booking, release
from core.calendars.models import BookingKind
from core.clock import now
from core.errors import Conflict, Invalid, NotFound
from core.people.rights import Right
from core.web.access import access
from core.web.forms import Form
from core.web.i18n import _, _l
from core.web.pages import page
from onboarding.shadowing.times import session_days

bp = Blueprint("client_time", __name__, url_prefix="/shadowing/client-time")
AHEAD = timedelta(days=180)


class ClientTimeForm(Form):
    """Time to keep free."""

    title = StringField(_l("What for"), validators=[InputRequired(_l("Say what for. Only you read it.")), Length(max=200)])
    day = DateField(_l("Day"), validators=[InputRequired(_l("Choose a day."))])
    from_time = TimeField(_l("From"), validators=[InputRequired(_l("Choose a time."))])
    to_time = TimeField(_l("To"), validators=[InputRequired(_l("Choose a time."))])
    repeats = BooleanField(_l("Also in the eleven weeks after it"))


@bp.route("", methods=["GET", "POST"])
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """The time I keep free, and a form to keep more."""
    form = ClientTimeForm()
    status = None
    if form.validate_on_submit():
        try:
            _keep(form)
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Kept free. Others see only that you are busy."), "success")
            return redirect(url_for(".index"))
    kept = [booking for booking in bookings_of(g.person, starts_at=now(), ends_at=now() + AHEAD) if booking.kind is BookingKind.BLOCK]
    return page("onboarding/mentors/client_time.html", form=form, kept=kept, status=status)


@bp.route("/<uuid:booking_id>/remove", methods=["POST"])
@access(Right.WORK)
def remove(booking_id: UUID) -> ResponseReturnValue:
    """Give time back."""
    booking = get_booking(booking_id, viewer=g.person)
    if booking.kind is not BookingKind.BLOCK or booking.organiser_id != g.person.id:
        raise NotFound
    release(booking, reason="", by=g.person)
    flash(_("The time is free again."), "success")
    return redirect(url_for(".index"))


def _keep(form: ClientTimeForm) -> None:
    for weeks in range(12 if form.repeats.data else 1):
        (kept,) = session_days(
            first_day=form.day.data + timedelta(weeks=weeks),
            from_time=form.from_time.data,
            to_time=form.to_time.data,
            days=1,
            time_zone=str(ZoneInfo(g.person.time_zone)),
            location=None,
        )
        book(
            form.title.data,
            kind=BookingKind.BLOCK,
            starts_at=kept.starts_at,
            ends_at=kept.ends_at,
            time_zone=g.person.time_zone,
            attendees=[Attendee(g.person)],
            organiser=g.person,
            by=g.person,
        )
