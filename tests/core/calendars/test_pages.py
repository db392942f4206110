"""My calendar and the private feed, as a browser and a calendar program see them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import event

from core.calendars.agenda import first_monday, span_of
from core.calendars.booking import Attendee, book, get_booking
from core.calendars.feeds import renew_feed
from core.calendars.models import Answer, Booking, BookingKind
from core.clock import now, today
from core.db import db, session
from core.people.models import Person
from core.people.rights import Role
from tests.factories import make_person

SignIn = Callable[[Person], FlaskClient]
ZONE = "America/Sao_Paulo"


def tomorrow_at(hour: int) -> datetime:
    return (now() + timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0)


def meeting(*people: Person, title: str = "Shadowing at the branch", starts_at: datetime | None = None, **more: str) -> Booking:
    begins = starts_at or tomorrow_at(17)
    booking = book(
        title,
        kind=BookingKind.INTERVIEW,
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        time_zone=ZONE,
        attendees=[Attendee(person) for person in people],
        organiser=people[0],
        by=people[0],
        place=more.get("place", ""),
        note=more.get("note", ""),
    )
    session.commit()
    return booking


def colleague(name: str = "Ana Lima", role: Role = Role.MENTOR) -> Person:
    return make_person(name, roles=(role,))


def test_my_calendar_shows_my_bookings_in_my_zone_and_nobody_elses(client: FlaskClient, sign_in: SignIn) -> None:
    ana, bruno = colleague(), colleague("Bruno Reis")
    ana.locale = "en"
    meeting(ana, bruno, place="Agência Centro")
    meeting(bruno, title="Not for Ana", starts_at=tomorrow_at(20))
    sign_in(ana)
    text = client.get("/calendar").text
    assert "14:00–15:00 Shadowing at the branch" in text
    assert "Agência Centro" in text
    assert "Bruno Reis" in text
    assert "Not for Ana" not in text


def test_an_empty_calendar_says_so_and_leads_on(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(colleague())
    answer = client.get("/calendar?starting=2030-01-09")
    assert answer.status_code == 200
    assert "starting=2029-12-10" in answer.text
    assert "starting=2030-02-04" in answer.text


def statements_of(client: FlaskClient, address: str) -> int:
    """How many SQL statements answering takes."""
    client.get(address)  # what was written before is written now
    seen: list[str] = []

    def count(connection: object, cursor: object, statement: str, *more: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(seen)


def test_a_full_calendar_costs_no_more_statements_than_an_emptier_one(client: FlaskClient, sign_in: SignIn) -> None:
    ana, bruno, dora = colleague(), colleague("Bruno Reis"), colleague("Dora Maia")
    days = [tomorrow_at(17) + timedelta(days=7 + number) for number in range(12)]
    for day in days[:2]:
        meeting(ana, bruno, starts_at=day)
    sign_in(ana)
    address = f"/calendar?starting={days[0].date()}"
    few = statements_of(client, address)
    for day in days[2:]:
        meeting(dora, ana, starts_at=day)
    assert statements_of(client, address) == few <= 12


def test_a_day_that_is_none_shows_this_week(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(colleague())
    for nonsense in ("x", "2026-13-40", "9999-12-31", "0001-01-01"):
        assert client.get(f"/calendar?starting={nonsense}").status_code == 200


def test_an_invitation_is_answered_on_the_page(client: FlaskClient, sign_in: SignIn) -> None:
    ana, bruno = colleague(), colleague("Bruno Reis")
    booking_id = meeting(ana, bruno).public_id
    sign_in(bruno)
    answer = client.post(f"/calendar/bookings/{booking_id}/answer", data={"answer": "accepted"})
    assert answer.status_code == 302
    answers = {attendee.person.name: attendee.answer for attendee in get_booking(booking_id, viewer=None).attendees}
    assert answers == {"Ana Lima": Answer.NEEDS_ACTION, "Bruno Reis": Answer.ACCEPTED}


def test_an_answer_to_what_is_not_mine_or_makes_no_sense_is_refused(client: FlaskClient, sign_in: SignIn) -> None:
    ana, bruno = colleague(), colleague("Bruno Reis")
    booking_id = meeting(ana).public_id
    sign_in(bruno)
    assert client.post(f"/calendar/bookings/{booking_id}/answer", data={"answer": "accepted"}).status_code == 404
    own = meeting(bruno).public_id
    for nonsense in ("needs_action", "perhaps", ""):
        assert client.post(f"/calendar/bookings/{own}/answer", data={"answer": nonsense}).status_code == 400


def test_coming_after_all_is_refused_on_the_page_when_the_time_is_taken(client: FlaskClient, sign_in: SignIn) -> None:
    ana, bruno = colleague(), colleague("Bruno Reis")
    booking_id = meeting(ana, bruno).public_id
    sign_in(bruno)
    client.post(f"/calendar/bookings/{booking_id}/answer", data={"answer": "declined"})
    meeting(bruno, title="Something else")
    answer = client.post(f"/calendar/bookings/{booking_id}/answer", data={"answer": "accepted"})
    assert answer.status_code == 409
    assert "Bruno Reis" in answer.text


def test_the_feed_opens_with_its_address_only_and_names_no_attendee(client: FlaskClient, sign_in: SignIn) -> None:
    ana, bruno = colleague(), colleague("Bruno Reis")
    meeting(ana, bruno, note="Meet at the door.")
    sign_in(ana)
    shown = client.post("/calendar/feed")
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    token = next(part for part in shown.text.split("/calendar/") if ".ics" in part[:60]).split(".ics")[0]
    client.post("/logout")
    answer = client.get(f"/calendar/{token}.ics")
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    calendar = Calendar.from_ical(answer.data)
    (published,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in published
    assert "Meet at the door." in published["DESCRIPTION"]
    assert published.decoded("DTSTART").astimezone(UTC) == tomorrow_at(17)
    assert bruno.email.encode() not in answer.data
    assert client.get(f"/calendar/{token[:-1]}.ics").status_code == 404


def test_a_new_feed_address_ends_the_old_one(client: FlaskClient) -> None:
    ana = colleague()
    old = renew_feed(ana, by=ana)
    session.commit()
    new = renew_feed(ana, by=ana)
    session.commit()
    assert client.get(f"/calendar/{old}.ics").status_code == 404
    assert client.get(f"/calendar/{new}.ics").status_code == 200


def test_the_feed_of_who_may_no_longer_work_here_is_closed(client: FlaskClient) -> None:
    ana = colleague()
    token = renew_feed(ana, by=ana)
    for grant in ana.grants:
        grant.ended_at = now()
    session.commit()
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_four_weeks_begin_on_a_monday_at_local_midnight() -> None:
    monday = first_monday(datetime(2026, 12, 3, tzinfo=UTC).date())
    assert monday.isoformat() == "2026-11-30"
    starts_at, ends_at = span_of(monday, ZONE)
    assert starts_at == datetime(2026, 11, 30, 3, tzinfo=UTC)
    assert ends_at == datetime(2026, 12, 28, 3, tzinfo=UTC)
    assert today(ZONE) is not None
