"""My calendar: the agenda of a person's bookings, answers to invitations, and the private feed for other calendar programs."""

from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from core.calendars.agenda import ANSWERS, WEEKS, by_day, first_monday, span_of
from core.calendars.answering import take_answer
from core.calendars.feeds import feed_content, renew_feed
from core.calendars.forms import HoursForm, values_of
from core.calendars.hours import habits_of, set_meeting_hours
from core.calendars.labels import ANSWER_LABELS, KIND_LABELS, OFFERS
from core.calendars.models import Answer
from core.calendars.queries import bookings_to_show, find_feed, find_meeting_hours, get_booking
from core.calendars.spans import local_day
from core.clock import now, today
from core.errors import Conflict, Invalid
from core.people.rights import Right
from core.web.access import access, private_link_page
from core.web.addresses import absolute_url
from core.web.i18n import _
from core.web.pages import page

bp = Blueprint("calendar", __name__)

EARLIEST, LATEST = date(1971, 1, 1), date(2999, 12, 31)  # weeks before and after must be days, too


@bp.route("/calendar")
@access(Right.WORK)
def agenda() -> ResponseReturnValue:
    """Four weeks of my bookings, by day."""
    return _agenda(_first_day())


@bp.route("/calendar/feed", methods=["POST"])
@access(Right.WORK)
def make_feed() -> ResponseReturnValue:
    """Make my private calendar address anew and show it, this once."""
    token = renew_feed(g.person, by=g.person)
    response = _agenda(_first_day(), address=absolute_url("calendar.feed", token=token))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.route("/calendar/<token>.ics")
@private_link_page
def feed(token: str) -> ResponseReturnValue:
    """What a calendar program reads that subscribes to a private address."""
    headers = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
    return Response(feed_content(token), content_type="text/calendar; charset=utf-8", headers=headers)


@bp.route("/calendar/bookings/<uuid:booking_id>/answer", methods=["POST"])
@access(Right.WORK)
def answer(booking_id: UUID) -> ResponseReturnValue:
    """Say whether I come."""
    booking = get_booking(booking_id, viewer=g.person)
    said = request.form.get("answer", "")
    if said not in ANSWERS:
        abort(400)
    try:
        take_answer(booking, g.person, answer=Answer(said))
    except Conflict as refusal:
        return _agenda(_first_day(), refusal=str(refusal.sentence), status=409)
    flash(_("Your answer is kept."), "success")
    return redirect(url_for("calendar.agenda", starting=local_day(booking.starts_at, g.person.time_zone).isoformat()))


@bp.route("/calendar/hours", methods=["GET", "POST"])
@access(Right.WORK)
def hours() -> ResponseReturnValue:
    """When I can be asked to meet."""
    form = HoursForm(**values_of(habits_of(find_meeting_hours(g.person))))
    if form.validate_on_submit():
        try:
            set_meeting_hours(g.person, form.habits(), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your hours are kept. Free times are looked for within them from now on."), "success")
            return redirect(url_for(".agenda"))
    return page("core/calendars/hours.html", form=form)


def _first_day() -> date:
    try:
        asked = date.fromisoformat(request.args.get("starting", ""))
    except ValueError:
        asked = None
    if asked is None or not EARLIEST <= asked <= LATEST:
        asked = today(g.person.time_zone)
    return first_monday(asked)


def _agenda(monday: date, *, address: str = "", refusal: str = "", status: int = 200) -> Response:
    starts_at, ends_at = span_of(monday, g.person.time_zone)
    days = by_day(bookings_to_show(g.person, starts_at=starts_at, ends_at=ends_at), g.person)
    return page(
        "core/calendars/agenda.html",
        status=status,
        days=days,
        monday=monday,
        last=monday + timedelta(weeks=WEEKS, days=-1),
        earlier=monday - timedelta(weeks=WEEKS),
        later=monday + timedelta(weeks=WEEKS),
        this_day=today(g.person.time_zone),
        now=now(),
        feed=find_feed(g.person),
        address=address,
        refusal=refusal,
        offers=OFFERS,
        kinds=KIND_LABELS,
        answers=ANSWER_LABELS,
    )
