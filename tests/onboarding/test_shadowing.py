"""Shadowing: scheduled without conflicts, moved, cancelled, written down, signed off."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.clock import today
from core.db import session
from core.errors import Invalid
from core.people.models import Location, Person
from core.people.rights import Role
from onboarding.checklists.queries import standing_of
from onboarding.shadowing.confidential import names_a_client
from onboarding.shadowing.models import Observation, Session, SessionState
from onboarding.shadowing.queries import objectives
from onboarding.shadowing.times import session_days
from tests.conftest import Mailbox
from tests.factories import make_employment
from tests.situations import Onboarding, a_colleague, a_running_checklist, a_shadowing_session

SignIn = Callable[[Person], Person]
SAO_PAULO = Location(name="Paulista", country="BR", region="SP")


def a_mentor(name: str = "Beatriz Moura") -> Person:
    mentor = a_colleague(name, Role.MENTOR)
    make_employment(mentor, starts_on=date(2020, 1, 6))
    return mentor


def next_business_day() -> date:
    day = today() + timedelta(days=7)
    return day + timedelta(days=(7 - day.weekday()) % 7)


def form_for(found: Onboarding, mentor: Person, /, **changes: Any) -> dict[str, Any]:
    data = {
        "person": str(found.new_hire.public_id),
        "mentor": str(mentor.public_id),
        "mode": "on_site",
        "place": "Agência Paulista",
        "objectives": [str(objectives()[0].public_id)] if objectives() else [],
        "first_day": next_business_day().isoformat(),
        "days": "1",
        "from_time": "09:00",
        "to_time": "11:00",
        "time_zone": "America/Sao_Paulo",
    }
    return {**data, **changes}


def log_of(found: Session, **words: str) -> dict[str, str]:
    data = {}
    for key in session.scalars(select(Observation.objective_id).where(Observation.session_id == found.id).order_by(Observation.id)):
        data |= {f"seen-{key}": "yes", f"happened-{key}": "A client asked for time.", f"learned-{key}": "Ask first."}
        data |= {f"{name}-{key}": text for name, text in words.items()}
    return data


def test_both_days_of_a_session_skip_the_weekend_and_keep_the_clock_over_summer_time() -> None:
    days = session_days(first_day=date(2026, 10, 30), from_time=time(9), to_time=time(17), days=2, time_zone="America/New_York", location=None)
    assert [day.starts_at.isoformat() for day in days] == ["2026-10-30T09:00:00-04:00", "2026-11-02T09:00:00-05:00"]
    friday_before_a_holiday = session_days(
        first_day=date(2026, 11, 19), from_time=time(9), to_time=time(17), days=2, time_zone="America/Sao_Paulo", location=SAO_PAULO
    )
    assert friday_before_a_holiday[1].starts_at.date() == date(2026, 11, 23)
    with pytest.raises(Invalid):
        session_days(first_day=date(2026, 11, 19), from_time=time(9), to_time=time(9), days=1, time_zone="UTC", location=None)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("CPF 123.456.789-09", True),
        ("12345678909", True),
        ("12.345.678/0001-95", True),
        ("12345678000195", True),
        ("4111 1111 1111 1111", True),
        ("R$ 1.250.000,00 em 30/11/2026 às 14h", False),
        ("Prazo de 36 meses a 1,99%", False),
    ],
)
def test_what_could_name_a_client_is_found(text: str, is_one: bool) -> None:
    assert names_a_client(text) is is_one


def test_a_session_is_scheduled_with_invitations_and_a_conflict_says_who_and_when(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    found, mentor = a_running_checklist(), a_mentor()
    a_shadowing_session(found, mentor=mentor, starts_in=timedelta(days=3))
    sign_in(found.manager)
    assert client.get(f"/shadowing/new?person={found.new_hire.public_id}").status_code == 200
    before = len(mailbox.to(mentor))
    assert client.post("/shadowing/new", data=form_for(found, mentor)).status_code == 302
    assert len(mailbox.to(mentor)) == before + 1
    assert mailbox.to(found.new_hire)
    other = a_running_checklist(name="Otto Reis", hr=found.hr, manager=found.manager)
    answer = client.post("/shadowing/new", data=form_for(other, mentor, from_time="10:00", to_time="12:00"))
    assert answer.status_code == 409
    assert "Beatriz Moura" in answer.text
    assert 'value="10:00"' in answer.text  # what was typed is still there


def test_two_days_that_overlap_another_session_are_refused_whole(client: FlaskClient, sign_in: SignIn) -> None:
    found, mentor = a_running_checklist(), a_mentor()
    a_shadowing_session(found, mentor=mentor, starts_in=timedelta(days=3))
    sign_in(found.manager)
    second_day = next_business_day() + timedelta(days=1)
    assert client.post("/shadowing/new", data=form_for(found, mentor, first_day=second_day.isoformat())).status_code == 302
    assert client.post("/shadowing/new", data=form_for(found, mentor, days="2")).status_code == 409
    assert client.post("/shadowing/new", data=form_for(found, mentor)).status_code == 302  # nothing was left of the first day


def test_what_cannot_be_scheduled_is_refused_at_its_field(client: FlaskClient, sign_in: SignIn) -> None:
    found, mentor = a_running_checklist(), a_mentor()
    a_shadowing_session(found, mentor=mentor, starts_in=timedelta(days=3))
    sign_in(found.manager)
    for wrong, sentence in (
        ({"objectives": []}, "at least one thing"),
        ({"mode": "remote"}, "needs the link"),
        ({"mode": "remote", "meeting_url": "javascript:alert(1)"}, "https://"),
        ({"place": ""}, "where you meet"),
        ({"to_time": "08:00"}, "after the start"),
        ({"first_day": "2020-01-06"}, "past"),
        ({"mentor": str(found.new_hire.public_id)}, "worked here for half a year"),
    ):
        answer = client.post("/shadowing/new", data=form_for(found, mentor, **wrong))
        assert answer.status_code == 422, wrong
        assert sentence in answer.text, wrong


def test_a_session_is_confirmed_moved_and_cancelled_with_a_reason(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    found, mentor = a_running_checklist(), a_mentor()
    planned = a_shadowing_session(found, mentor=mentor, starts_in=timedelta(days=3))
    address = f"/shadowing/{planned.public_id}"
    sign_in(mentor)
    assert client.post(f"{address}/confirm").status_code == 302
    assert planned.state is SessionState.PROPOSED  # it takes both
    sign_in(found.new_hire)
    assert client.post(f"{address}/confirm").status_code == 302
    assert planned.state is SessionState.CONFIRMED
    sign_in(mentor)
    assert client.get(f"{address}/move").status_code == 200
    data = {"first_day": next_business_day().isoformat(), "days": "1", "from_time": "14:00", "to_time": "16:00", "time_zone": "America/Sao_Paulo"}
    assert client.post(f"{address}/move", data={**data, "days": "2"}).status_code == 422
    assert client.post(f"{address}/move", data=data).status_code == 302
    assert planned.starts_at.date() == next_business_day()
    assert client.post(f"{address}/cancel", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/cancel", data={"reason": "The client cancelled."}).status_code == 302
    assert planned.state is SessionState.CANCELLED
    assert "The client cancelled." in client.get(address).text
    assert client.post(f"{address}/cancel", data={"reason": "Again"}).status_code == 409
    assert len(mailbox.to(found.new_hire)) >= 3  # invited, moved, cancelled


def test_nothing_is_signed_off_before_it_took_place(client: FlaskClient, sign_in: SignIn) -> None:
    found, mentor = a_running_checklist(), a_mentor()
    planned = a_shadowing_session(found, mentor=mentor, starts_in=timedelta(days=3))
    sign_in(mentor)
    answer = client.post(f"/shadowing/{planned.public_id}/sign-off", data={"feedback": "Great."})
    assert answer.status_code == 409
    assert "not taken place yet" in answer.text
    sign_in(found.new_hire)
    assert client.post(f"/shadowing/{planned.public_id}/log", data=log_of(planned)).status_code == 409
    assert planned.state is SessionState.PROPOSED


def test_what_was_seen_is_written_down_and_signed_off_and_the_task_ticks_itself(client: FlaskClient, sign_in: SignIn) -> None:
    found, mentor = a_running_checklist(), a_mentor()
    held = a_shadowing_session(found, mentor=mentor, starts_in=timedelta(days=-2))
    address = f"/shadowing/{held.public_id}"
    sign_in(found.new_hire)
    assert "What I saw" in client.get(address).text
    answer = client.post(f"{address}/log", data=log_of(held, happened="The client, CPF 123.456.789-09, agreed."))
    assert answer.status_code == 422
    assert "CPF" in answer.text
    assert "123.456.789-09, agreed" in answer.text  # nothing typed is lost
    assert client.post(f"{address}/log", data=log_of(held)).status_code == 302
    assert held.state is SessionState.HELD
    assert client.post(f"{address}/sign-off", data={"feedback": "I was great."}).status_code == 409
    sign_in(mentor)
    assert "A client asked for time." in client.get(address).text
    assert client.post(f"{address}/sign-off", data={"feedback": ""}).status_code == 422
    before = standing_of(found.checklist, on=today()).done
    assert client.post(f"{address}/sign-off", data={"feedback": "Asked good questions."}).status_code == 302
    assert client.post(f"{address}/sign-off", data={"feedback": "Twice."}).status_code == 302  # a double click is friendly
    session.expire_all()
    assert (held.state, held.feedback) == (SessionState.SIGNED_OFF, "Asked good questions.")
    assert standing_of(found.checklist, on=today()).done == before + 1
    sign_in(found.new_hire)
    assert "Asked good questions." in client.get(address).text
    assert client.post(f"{address}/log", data=log_of(held)).status_code == 409


def test_a_session_is_seen_by_those_in_it_and_nobody_else(client: FlaskClient, sign_in: SignIn) -> None:
    planned = a_shadowing_session(starts_in=timedelta(days=3))
    other = a_running_checklist(name="Otto Reis")
    for stranger in (other.new_hire, other.manager, other.buddy):
        sign_in(stranger)
        for address in (f"/shadowing/{planned.public_id}", f"/shadowing/{planned.public_id}/move"):
            assert client.get(address).status_code == 404
        for act in ("confirm", "cancel", "log", "sign-off"):
            assert client.post(f"/shadowing/{planned.public_id}/{act}", data={"reason": "x", "feedback": "x"}).status_code == 404
        assert "Beatriz" not in client.get("/shadowing").text
    sign_in(other.new_hire)
    assert client.get("/shadowing/new").status_code == 403


def test_human_resources_keeps_the_objectives(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(a_colleague("Helena Prado", Role.HR))
    assert client.post("/shadowing/objectives/usual").status_code == 302
    assert client.post("/shadowing/objectives/usual").status_code == 302
    assert client.post("/shadowing/objectives", data={"title": "Reading a balance sheet", "hint": ""}).status_code == 302
    again = client.post("/shadowing/objectives", data={"title": "Reading a balance sheet", "hint": ""})
    assert again.status_code == 422 and "in the list already" in again.text
    assert len(objectives()) == 7
    assert "Reading a balance sheet" in client.get("/shadowing/objectives").text


def test_an_invitation_leads_to_the_page_of_the_session(app: object, mailbox: Mailbox) -> None:
    found = a_shadowing_session()
    for person in (found.person, found.mentor):
        told = [mail.text for mail in mailbox.to(person) if mail.name == "calendar_invitation"]
        assert [f"/shadowing/{found.public_id}" in text for text in told] == [True]


def test_an_answer_in_the_calendar_accepts_the_session_for_both(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_shadowing_session()
    person, mentor, booking = found.person, found.mentor, f"/calendar/bookings/{found.days[0].booking.public_id}/answer"
    sign_in(mentor)
    assert 'value="tentative"' not in client.get(f"/calendar?starting={found.starts_at.date()}").text
    assert client.post(booking, data={"answer": "tentative"}).status_code == 409
    assert client.post(booking, data={"answer": "accepted"}).status_code == 302
    assert (found.state, found.mentor_accepted_at is None) == (SessionState.PROPOSED, False)
    sign_in(person)
    for _twice in range(2):
        assert client.post(booking, data={"answer": "accepted"}).status_code == 302
    assert found.state is SessionState.CONFIRMED
    assert "Will come" in client.get(f"/calendar?starting={found.starts_at.date()}").text


def test_who_declines_in_the_calendar_calls_the_session_off_and_the_other_gets_other_times(
    client: FlaskClient, sign_in: SignIn, mailbox: Mailbox
) -> None:
    found = a_shadowing_session()
    person, mentor, booking = found.person, found.mentor, f"/calendar/bookings/{found.days[0].booking.public_id}/answer"
    sign_in(person)
    assert client.post(booking, data={"answer": "declined"}).status_code == 302
    assert (found.state, found.reason) == (SessionState.CANCELLED, f"{person.name} declined it in the calendar.")
    assert "shadowing_other_times" in [mail.name for mail in mailbox.to(mentor)]
    assert client.post(booking, data={"answer": "accepted"}).status_code == 409
    sign_in(a_colleague("Aldo Reis", Role.MENTOR))
    assert client.post(booking, data={"answer": "declined"}).status_code == 404
