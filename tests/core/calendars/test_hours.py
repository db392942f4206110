"""What people say about when they meet others, and what the search for free times makes of it."""

from datetime import UTC, date, datetime, time, timedelta

from flask.testing import FlaskClient

from core.calendars.booking import Attendee, book
from core.calendars.free_slots import Interval
from core.calendars.hours import availabilities
from core.calendars.models import BookingKind
from core.db import session
from core.people.rights import Role
from tests.core.calendars.test_pages import SignIn
from tests.factories import make_employment, make_location, make_person

MONDAY = datetime(2031, 9, 1, 13, tzinfo=UTC)  # 10:00 in São Paulo
HOUR = timedelta(hours=1)


def test_own_hours_holidays_and_what_is_taken_make_up_when_somebody_can_be_asked(client: FlaskClient, sign_in: SignIn) -> None:
    ana, bea = make_person("Ana Lima", roles=(Role.INTERVIEWER,)), make_person("Bea Reis", roles=(Role.INTERVIEWER,))
    make_employment(ana, location=make_location("Agência Paulista"))
    session.commit()
    sign_in(ana)
    assert "09:00" in client.get("/calendar/hours").text
    said = {"opens": "10:00", "closes": "16:00", "weekdays": ["0", "2"], "buffer_minutes": "30", "daily_cap": "2"}
    assert client.post("/calendar/hours", data=said | {"closes": "09:00"}).status_code == 422
    assert client.post("/calendar/hours", data=said | {"daily_cap": "0"}).status_code == 422
    assert client.post("/calendar/hours", data=said).status_code == 302
    assert client.post("/calendar/hours", data=said).status_code == 302
    assert 'value="16:00"' in client.get("/calendar/hours").text
    for kind, begins in ((BookingKind.INTERVIEW, MONDAY), (BookingKind.SESSION, MONDAY + 3 * HOUR)):
        book(
            "Talk",
            kind=kind,
            starts_at=begins,
            ends_at=begins + HOUR,
            time_zone="America/Sao_Paulo",
            attendees=[Attendee(ana)],
            organiser=ana,
            by=ana,
        )
    found = availabilities([ana, bea], Interval(MONDAY - 3 * HOUR, MONDAY + timedelta(days=70)))
    own = found[ana.id]
    assert (own.hours.opens, own.hours.closes, own.hours.weekdays) == (time(10), time(16), {0, 2})
    assert (own.buffer, own.daily_cap) == (timedelta(minutes=30), 2)
    assert (len(own.busy), len(own.counted)) == (2, 1)
    assert date(2031, 9, 7) in own.hours.closed
    assert (found[bea.id].hours.opens, found[bea.id].daily_cap, found[bea.id].busy) == (time(9), 4, ())
