"""When a session can be: free times of both, series, time for clients that nobody reads, the calendar, other times after a cancellation."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.calendars.booking import Attendee, book
from core.calendars.free_slots import Interval
from core.calendars.models import BookingKind
from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from onboarding.mentors.actions import add_absence
from onboarding.mentors.queries import find_mentor
from onboarding.shadowing.actions import cancel
from onboarding.shadowing.calendar import days_shown
from onboarding.shadowing.models import Session, SessionState
from onboarding.shadowing.queries import objectives
from onboarding.shadowing.slots import free_times, window_from
from tests.counting import statements_of
from tests.onboarding.shadows import Scene, SignIn, a_scene, next_monday
from tests.situations import a_running_checklist

ZONE = ZoneInfo("America/Sao_Paulo")
HOUR = timedelta(hours=1)


def busy(person: Person, begins: datetime, *, hours: float = 1, title: str = "Busy", kind: BookingKind = BookingKind.MEETING) -> None:
    book(
        title,
        kind=kind,
        starts_at=begins,
        ends_at=begins + timedelta(hours=hours),
        time_zone="America/Sao_Paulo",
        attendees=[Attendee(person)],
        organiser=person,
        by=person,
    )


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def free_on(scene: Scene, day: date, *, days: int = 1, length: timedelta = HOUR) -> list[int]:
    window = Interval(at(day, 0), at(day, 0) + timedelta(weeks=4))
    found = free_times(scene.new_hire, scene.mentor, length=length, days=days, window=window)
    return [begins.hour for begins in (each[0].starts_at.astimezone(ZONE) for each in found) if begins.date() == day and begins.minute == 0]


def form_for(scene: Scene, **changes: Any) -> dict[str, Any]:
    data = {
        "person": str(scene.new_hire.public_id),
        "mentor": str(scene.mentor.public_id),
        "mode": "on_site",
        "place": "Agência Paulista",
        "objectives": [str(objectives()[0].public_id)],
        "first_day": next_monday().isoformat(),
        "days": "1",
        "from_time": "09:00",
        "to_time": "11:00",
        "time_zone": "America/Sao_Paulo",
        "counts": "y",
    }
    return {**data, **changes}


@time_machine.travel(datetime(2026, 9, 1, 12, tzinfo=UTC), tick=False)
def test_free_times_keep_out_of_everything_that_either_has(client: FlaskClient) -> None:
    scene = a_scene(weekly_sessions=5)
    monday, friday = date(2026, 9, 14), date(2026, 9, 11)
    assert free_on(scene, monday) == [9, 10, 11, 12, 13, 14, 15, 16, 17]
    busy(scene.new_hire, at(monday, 10), kind=BookingKind.INTERVIEW)
    busy(scene.mentor, at(monday, 14), hours=2)
    assert free_on(scene, monday) == [12, 17]  # with a quarter of an hour before and after
    assert free_on(scene, date(2026, 9, 7)) == []  # Independence Day
    assert free_on(scene, date(2026, 9, 12)) == []  # a Saturday
    assert 12 in free_on(scene, friday, days=2)  # Friday and Monday
    busy(scene.mentor, at(monday, 12))
    assert 12 not in free_on(scene, friday, days=2)
    mentor = find_mentor(scene.mentor.id)
    assert mentor is not None
    add_absence(mentor, starts_on=date(2026, 9, 15), ends_on=date(2026, 9, 16), by=get_person(scene.mentor.public_id))
    assert (free_on(scene, date(2026, 9, 15)), free_on(scene, date(2026, 9, 16))) == ([], [])
    assert free_on(scene, date(2026, 9, 17))


@time_machine.travel(datetime(2026, 10, 12, 12, tzinfo=UTC), tick=False)
def test_free_times_keep_the_clock_when_it_is_changed(client: FlaskClient) -> None:
    scene = a_scene()
    for person in (scene.new_hire, scene.mentor):
        person.time_zone = "America/New_York"
    session.flush()
    window = Interval(datetime(2026, 10, 26, tzinfo=UTC), datetime(2026, 11, 7, tzinfo=UTC))
    found = [
        each[0].starts_at.astimezone(ZoneInfo("America/New_York")) for each in free_times(scene.new_hire, scene.mentor, length=HOUR, window=window)
    ]
    assert {(begins.hour, begins.utcoffset()) for begins in found if begins.hour == 9} == {(9, timedelta(hours=-4)), (9, timedelta(hours=-5))}
    assert {begins.hour for begins in found} == set(range(9, 18))


def test_free_times_of_four_weeks_cost_as_many_statements_with_full_calendars_as_with_one_busy_day(client: FlaskClient) -> None:
    scene = a_scene(weekly_sessions=20)
    window = window_from(None, "America/Sao_Paulo")

    def find() -> None:
        assert free_times(scene.new_hire, scene.mentor, length=HOUR, window=window)

    costs: list[int] = []
    for days in (1, 19):
        for number in range(days):
            for hour in (9, 11, 14, 16):
                for person in (scene.new_hire, scene.mentor):
                    busy(person, at(next_monday() + timedelta(days=number + len(costs)), hour), hours=0.5)
        session.flush()
        find()
        costs.append(statements_of(find))
    assert costs[1] <= costs[0]


def test_the_page_of_free_times_leads_to_the_form_filled_in(client: Any, sign_in: SignIn) -> None:
    scene = a_scene(weekly_sessions=5)
    sign_in(scene.manager)
    address = f"/shadowing/free-times?person={scene.new_hire.public_id}&mentor={scene.mentor.public_id}&minutes=120&days=1"
    page = client.get(address).text
    assert "from=09:00" in page.replace("%3A", ":") and "to=11:00" in page.replace("%3A", ":")
    filled = client.get(f"/shadowing/new?person={scene.new_hire.public_id}&mentor={scene.mentor.public_id}&day=2030-01-07&from=09:00&to=11:00").text
    assert 'value="2030-01-07"' in filled and 'value="09:00"' in filled
    assert client.get("/shadowing/free-times?person=x&mentor=y&minutes=7").status_code in (200, 422)
    sign_in(scene.new_hire)
    assert client.get(address).status_code == 403


def test_a_series_is_scheduled_whole_or_every_date_that_does_not_work_is_named(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene(weekly_sessions=5)
    monday = next_monday()
    busy(scene.mentor, at(monday + timedelta(weeks=1), 10))
    sign_in(scene.manager)
    refused = client.post("/shadowing/new", data=form_for(scene, weeks="3"))
    assert refused.status_code == 409 and "Nothing was scheduled" in refused.text and "Beatriz Moura is busy" in refused.text
    assert session.scalars(select(Session)).all() == []
    assert client.post("/shadowing/new", data=form_for(scene, weeks="40")).status_code == 422
    assert client.post("/shadowing/new", data=form_for(scene, weeks="3", skips="y")).status_code == 302
    made = session.scalars(select(Session).order_by(Session.starts_at)).all()
    assert len({row.series_id for row in made}) == 1
    assert monday + timedelta(weeks=1) not in {row.starts_at.astimezone(ZONE).date() for row in made}
    assert all(row.stage_id is not None for row in made)


def test_nobody_but_its_owner_reads_what_time_is_kept_for(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene(weekly_sessions=5)
    secret = "Fusion with Fazenda Boa Vista"
    sign_in(scene.mentor)
    data = {"title": secret, "day": next_monday().isoformat(), "from_time": "09:00", "to_time": "12:00"}
    assert client.post("/shadowing/client-time", data={**data, "to_time": "08:00"}).status_code == 422
    assert client.post("/shadowing/client-time", data=data).status_code == 302
    assert client.post("/shadowing/client-time", data=data).status_code == 409
    own = client.get("/shadowing/client-time").text
    assert secret in own
    remove = own.split("/shadowing/client-time/")[1].split("/remove")[0]
    sign_in(scene.manager)
    refused = client.post("/shadowing/new", data=form_for(scene))
    assert refused.status_code == 409 and "Beatriz Moura is busy" in refused.text and secret not in refused.text
    others = (scene.manager, scene.new_hire, scene.onboarding.hr)
    times = f"/shadowing/free-times?person={scene.new_hire.public_id}&mentor={scene.mentor.public_id}&minutes=60&days=1"
    for reader in others:
        sign_in(reader)
        for address in (
            "/shadowing",
            "/shadowing/calendar",
            f"/shadowing/calendar?day={next_monday()}",
            "/calendar",
            times,
            "/shadowing/client-time",
        ):
            assert secret not in client.get(address).text
        assert client.post(f"/shadowing/client-time/{remove}/remove").status_code == 404
    told = [str(event.changes) + event.reason for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
    assert not [text for text in told if secret in text]
    sign_in(scene.mentor)
    assert client.post(f"/shadowing/client-time/{remove}/remove").status_code == 302
    assert secret not in client.get("/shadowing/client-time").text


def test_cancelling_proposes_other_times_by_page_and_mail_that_either_can_take_up(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    scene = a_scene(weekly_sessions=5)
    planned = scene.session(days_ago=-5)
    address = f"/shadowing/{planned.public_id}"
    sign_in(scene.new_hire)
    assert client.post(f"{address}/cancel", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/cancel", data={"reason": "I have an exam."}).status_code == 302
    page = client.get(address).text
    assert "Other times" in page
    assert any("Other times" in mail.subject for mail in mailbox.to(scene.mentor))
    assert not any("Other times" in mail.subject for mail in mailbox.to(scene.new_hire))
    link = page.split('href="/shadowing/new?')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(f"/shadowing/new?{link}")
    assert form.status_code == 200 and "Agência Paulista" in form.text
    times = dict(part.split("=") for part in link.split("&"))
    hours = {"first_day": times["day"], "from_time": times["from"].replace("%3A", ":"), "to_time": times["to"].replace("%3A", ":")}
    again = client.post("/shadowing/new", data=form_for(scene, again=str(planned.public_id), **hours))
    assert again.status_code == 302
    made = session.scalars(select(Session).where(Session.replaces_id == planned.id)).one()
    assert (made.state, made.person_accepted_at is not None, made.mentor_accepted_at) == (SessionState.PROPOSED, True, None)
    other = a_running_checklist(name="Otto Reis")
    sign_in(other.new_hire)
    assert client.post("/shadowing/new", data=form_for(scene, again=str(planned.public_id), **hours)).status_code == 403


def test_a_session_that_is_over_is_not_cancelled(client: FlaskClient) -> None:
    scene = a_scene()
    held = scene.session(days_ago=1)
    with pytest.raises(Exception, match="is over"):
        cancel(held, reason="x", by=scene.manager)


@pytest.mark.parametrize(
    ("day", "month", "first", "last"),
    [
        (date(2026, 11, 30), False, date(2026, 11, 30), date(2026, 12, 6)),
        (date(2026, 2, 14), True, date(2026, 1, 26), date(2026, 3, 1)),
        (date(2027, 2, 14), True, date(2027, 2, 1), date(2027, 2, 28)),
        (date(2026, 12, 31), True, date(2026, 11, 30), date(2027, 1, 3)),
    ],
)
def test_a_week_and_a_month_are_shown_in_whole_weeks(day: date, month: bool, first: date, last: date) -> None:
    days = days_shown(day, month=month)
    assert (days[0], days[-1], len(days) % 7) == (first, last, 0)


def test_the_calendar_shows_sessions_and_takes_what_is_dropped_on_another_day(client: Any, sign_in: SignIn) -> None:
    scene = a_scene(weekly_sessions=5)
    sign_in(scene.manager)
    client.post("/shadowing/new", data=form_for(scene))
    made = session.scalars(select(Session)).one()
    day = next_monday()
    for view in ("week", "month"):
        page = client.get(f"/shadowing/calendar?view={view}&day={day}").text
        assert "09:00–11:00 Nina Alves" in page and f"/shadowing/{made.public_id}/move" in page
    assert client.get("/shadowing/calendar?day=nonsense&view=month").status_code == 200
    assert client.get("/shadowing/calendar?day=9999-12-31").status_code == 200
    drop = f"/shadowing/calendar/{made.public_id}/drop"
    headers = {"X-Requested-With": "calendar"}
    tuesday = (day + timedelta(days=1)).isoformat()
    assert client.post(drop, data={"day": tuesday, "hour": "14"}, headers=headers).status_code == 204
    assert scene.fresh(made).starts_at.astimezone(ZONE).strftime("%a %H:%M") == "Tue 14:00"
    busy(scene.mentor, at(day + timedelta(days=2), 14))
    refused = client.post(drop, data={"day": (day + timedelta(days=2)).isoformat()}, headers=headers)
    assert refused.status_code == 409 and "Beatriz Moura is busy" in refused.text
    assert client.post(drop, data={"day": "x"}, headers=headers).status_code == 422
    assert client.post(drop, data={"day": tuesday, "hour": "23"}, headers=headers).status_code == 422  # it would end on the next day
    sign_in(scene.new_hire)
    assert client.post(drop, data={"day": tuesday}, headers=headers).status_code == 403
    sign_in(a_running_checklist(name="Otto Reis").new_hire)
    assert client.post(drop, data={"day": tuesday}, headers=headers).status_code == 404


def test_the_calendar_shows_when_both_are_taken_and_says_nothing_of_what_for(client: Any, sign_in: SignIn) -> None:
    scene = a_scene(weekly_sessions=5)
    sign_in(scene.manager)
    client.post("/shadowing/new", data=form_for(scene))
    made = session.scalars(select(Session)).one()
    day = next_monday()
    busy(scene.mentor, at(day, 14), title="CANARY interview", kind=BookingKind.INTERVIEW)
    busy(scene.new_hire, at(day, 16), title="CANARY client", kind=BookingKind.BLOCK)
    busy(scene.manager, at(day, 17), title="CANARY own")
    for view in ("week", "month"):
        own = client.get(f"/shadowing/calendar?view={view}&day={day}").text
        assert "17:00–18:00 Marcos Vidal: taken" in own and "Beatriz Moura: taken" not in own
        both = client.get(f"/shadowing/calendar?view={view}&day={day}&both={made.public_id}").text
        assert "14:00–15:00 Beatriz Moura: taken" in both and "16:00–17:00 Nina Alves: taken" in both
        assert "Marcos Vidal: taken" not in both and "CANARY" not in both
        assert both.count("09:00–11:00") == 1  # the session itself is not said twice
        assert f"both={made.public_id}" in both
        assert client.last_statements <= 12
    christmas = client.get(f"/shadowing/calendar?day={day.year}-12-25&both={made.public_id}").text
    assert "Holiday: Nina Alves, Beatriz Moura" in christmas
    sign_in(a_running_checklist(name="Otto Reis").new_hire)
    assert client.get(f"/shadowing/calendar?day={day}&both={made.public_id}").status_code == 404


def test_the_load_of_mentors_is_told_in_hours_too(client: Any, sign_in: SignIn) -> None:
    scene = a_scene()
    sign_in(scene.onboarding.hr)
    for days_ago in (-3, -4, -11):
        scene.session(days_ago=days_ago, accepted=False)
    text = client.get("/shadowing/coverage/mentors").text
    lengths = [(row.ends_at - row.starts_at).total_seconds() / 3600 for row in session.scalars(select(Session))]
    assert f'<td class="number">3</td><td class="number">{sum(lengths):g}</td>' in text


def test_calendar_and_coverage_cost_the_same_with_two_and_with_twelve_sessions(client: Any, sign_in: SignIn) -> None:
    scene = a_scene()
    sign_in(scene.onboarding.hr)
    counts = []
    for number in (2, 10):
        for each in range(number):
            scene.session(days_ago=-2 - each - number, accepted=False)
        pages = []
        for address in ("/shadowing/calendar?view=month", "/shadowing/coverage/mentors", f"/shadowing/progress/{scene.participation.public_id}"):
            client.get(address)
            client.get(address)
            pages.append(client.last_statements)
        counts.append(pages)
    assert counts[0] == counts[1] and max(counts[1]) <= 12, counts
    assert client.get("/shadowing/coverage/mentors/chart.svg").mimetype == "image/svg+xml"
    assert "Beatriz Moura" in client.get("/shadowing/coverage/mentors").text
