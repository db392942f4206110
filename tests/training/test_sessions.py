"""Sessions: planned, filled, waited for, called off, and completed by coming."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from time_machine import travel

from core.calendars.models import Booking, BookingState, Room
from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from tests.factories import make_location
from tests.training.situations import a_course, a_trainer
from tests.training.taught import NOON, a_classroom_course, a_plan, a_session, colleagues, is_busy, state_of
from training.catalogue.models import CourseVersion
from training.catalogue.queries import find_version_in_force
from training.completions.queries import holds_course
from training.exams.actions import start_attempt
from training.requirements.models import Completion
from training.sessions import actions
from training.sessions.models import SeatState
from training.sessions.queries import find_seat


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with travel(NOON, tick=True):
        yield


def test_a_trainer_teaches_one_session_at_a_time(app: Any) -> None:
    taught, trainer = a_session()
    with pytest.raises(Conflict, match="Teo Alves"):
        actions.plan_session(taught.course, a_plan(), trainer=trainer, by=trainer)


def test_a_room_holds_no_more_than_it_has_chairs(app: Any) -> None:
    room = Room(name="Ipê", location=make_location(), capacity=4)
    session.add(room)
    trainer = a_trainer()
    with pytest.raises(Invalid, match="holds 4"):
        actions.plan_session(a_classroom_course(), a_plan(5, room=room), trainer=trainer, by=trainer)


def test_nobody_plans_a_session_without_the_right(app: Any) -> None:
    course, (learner,) = a_classroom_course(), colleagues("Ana Reis")
    with pytest.raises(NotAllowed):
        actions.plan_session(course, a_plan(), trainer=learner, by=learner)


def test_the_waiting_list_moves_up_by_itself_and_passes_over_who_is_busy(app: Any) -> None:
    taught, trainer = a_session(1)
    first, second, third = colleagues("Ana Reis", "Bia Pinto", "Caio Luz")
    for person in (first, second, third):
        actions.enrol(taught, person, by=person)
    assert [state_of(taught, person) for person in (first, second, third)] == [SeatState.ENROLLED, SeatState.WAITING, SeatState.WAITING]
    assert is_busy(taught, first) and not is_busy(taught, second)
    other = actions.plan_session(taught.course, a_plan(1), trainer=a_trainer("Ugo Dias"), by=trainer)
    actions.enrol(other, second, by=second)
    actions.withdraw(taught, first, by=first)
    assert [state_of(taught, person) for person in (first, second, third)] == [SeatState.WITHDRAWN, SeatState.WAITING, SeatState.ENROLLED]
    assert not is_busy(taught, first) and is_busy(taught, third)


def test_who_gives_up_a_seat_and_asks_again_waits_behind_the_others(app: Any) -> None:
    taught, _trainer = a_session(1)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    actions.enrol(taught, first, by=first)
    actions.enrol(taught, second, by=second)
    actions.withdraw(taught, first, by=first)
    assert actions.enrol(taught, first, by=first).state is SeatState.WAITING
    assert actions.enrol(taught, second, by=second).state is SeatState.ENROLLED


def test_nobody_takes_or_gives_up_the_seat_of_somebody_else(app: Any) -> None:
    taught, _trainer = a_session(2)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    actions.enrol(taught, first, by=first)
    with pytest.raises(NotAllowed):
        actions.withdraw(taught, first, by=second)
    with pytest.raises(NotAllowed):
        actions.enrol(taught, second, by=first)


def test_calling_a_session_off_gives_everybody_their_time_back(app: Any) -> None:
    taught, trainer = a_session(1)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    actions.enrol(taught, first, by=first)
    actions.enrol(taught, second, by=second)
    actions.cancel_session(taught, reason="The trainer is ill.", by=trainer)
    assert not is_busy(taught, first) and not is_busy(taught, trainer)
    assert {booking.state for booking in session.scalars(select(Booking).order_by(Booking.id))} == {BookingState.CANCELLED}
    with pytest.raises(WrongState):
        actions.enrol(taught, second, by=second)


def test_coming_completes_a_course_without_an_exam_and_a_correction_takes_it_back(app: Any) -> None:
    taught, trainer = a_session(2)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    for person in (first, second):
        actions.enrol(taught, person, by=person)
    with pytest.raises(WrongState, match="not begun"):
        actions.note_attendance(taught, [first], by=trainer)
    with travel(taught.ends_at, tick=True):
        day: date = today("America/Sao_Paulo")
        actions.note_attendance(taught, [first], by=trainer)
        assert (state_of(taught, first), state_of(taught, second)) == (SeatState.ATTENDED, SeatState.NO_SHOW)
        assert holds_course(first, taught.course.public_id, on=day) and not holds_course(second, taught.course.public_id, on=day)
        actions.note_attendance(taught, [second], by=trainer)
        assert holds_course(second, taught.course.public_id, on=day) and not holds_course(first, taught.course.public_id, on=day)
        actions.note_attendance(taught, [first, second], by=trainer)
        assert holds_course(first, taught.course.public_id, on=day)
        with pytest.raises(WrongState):
            actions.enrol(taught, second, by=second)


def test_coming_does_not_stand_in_for_an_exam(app: Any) -> None:
    course, _version = a_course()
    taught, trainer = a_session(1, course=course)
    (learner,) = colleagues("Ana Reis")
    actions.enrol(taught, learner, by=learner)
    with travel(taught.ends_at, tick=True):
        actions.note_attendance(taught, [learner], by=trainer)
    assert session.scalars(select(Completion).order_by(Completion.id)).all() == []


def test_a_course_without_an_exam_cannot_be_sat(app: Any) -> None:
    course, (learner,) = a_classroom_course(), colleagues("Ana Reis")
    version = find_version_in_force(course, on=today("America/Sao_Paulo"))
    assert isinstance(version, CourseVersion)
    with pytest.raises(WrongState):
        start_attempt(version, by=learner)


def test_a_session_goes_from_its_plan_to_who_came_on_the_pages(client: Any, sign_in: Any) -> None:
    course, trainer = a_classroom_course(), a_trainer("Teo Alves")
    (learner,) = colleagues("Ana Reis")
    starts = (NOON + timedelta(days=3)).replace(tzinfo=None).isoformat(timespec="minutes")
    fields = {"course": str(course.public_id), "trainer": str(trainer.public_id), "starts": starts, "minutes": "60", "capacity": "1"}
    sign_in(trainer)
    assert client.get("/training-sessions/new").status_code == 200
    address = client.post("/training-sessions/new", data={**fields, "meeting_url": "https://meet.example/class"}).location
    sign_in(learner)
    assert "1 seat left" in client.get("/training-sessions").get_data(as_text=True)
    assert "meet.example" not in client.get(address).get_data(as_text=True)
    assert client.post(f"{address}/enrol").status_code == 302
    assert "meet.example" in client.get(address).get_data(as_text=True)
    assert client.get(f"{address}/attendance").status_code == 404
    assert "no exam" in client.get(f"/learning/{course.public_id}").get_data(as_text=True)
    sign_in(trainer)
    assert "Ana Reis" in client.get(address).get_data(as_text=True)
    assert client.get(f"{address}/cancel").status_code == 200
    with travel(NOON + timedelta(days=3, hours=6), tick=True):
        sign_in(trainer)
        assert "Who came?" in client.get("/training-sessions").get_data(as_text=True)
        assert client.get(f"{address}/attendance").status_code == 200
        assert client.post(f"{address}/attendance", data={"came": [str(learner.public_id)]}).status_code == 302
        assert "Held" in client.get(address).get_data(as_text=True)
        assert holds_course(learner, course.public_id, on=now().date())


def test_declining_in_the_calendar_gives_up_the_seat_and_the_list_moves_up(client: Any, sign_in: Any) -> None:
    taught, trainer = a_session(1)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    for person in (first, second):
        actions.enrol(taught, person, by=person)
    seat = find_seat(taught, first)
    assert seat is not None and seat.booking is not None
    booking = seat.booking.public_id
    sign_in(second)
    assert client.post(f"/calendar/bookings/{booking}/answer", data={"answer": "declined"}).status_code == 404
    sign_in(first)
    assert client.post(f"/calendar/bookings/{booking}/answer", data={"answer": "accepted"}).status_code == 302
    assert client.post(f"/calendar/bookings/{booking}/answer", data={"answer": "declined"}).status_code == 302
    assert [state_of(taught, person) for person in (first, second)] == [SeatState.WITHDRAWN, SeatState.ENROLLED]
    assert not is_busy(taught, first) and is_busy(taught, second)
    sign_in(trainer)
    own = session.scalars(select(Booking).where(Booking.id == taught.booking_id)).one().public_id
    assert client.post(f"/calendar/bookings/{own}/answer", data={"answer": "accepted"}).status_code == 302
