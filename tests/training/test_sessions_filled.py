"""Sessions: moved, filled by managers and rules, attended with a code in the room, judged without names, asked for before an exam."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from time_machine import travel

from core.calendars.booking import Attendee, book
from core.calendars.models import Answer, BookingKind
from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.moving import end_employment
from core.people.queries import employments_of, get_person
from tests.factories import make_employment, make_job_role
from tests.training.situations import a_course, a_learner, a_trainer, an_exemption, an_officer, read_everything
from tests.training.taught import NOON, a_classroom_course, a_plan, a_session, colleagues, is_busy, state_of
from training.catalogue.actions import ExamTerms
from training.certificates.actions import revoke_certificate
from training.certificates.models import Certificate, CertificateState
from training.certificates.queries import get_certificate
from training.completions.queries import holds_course
from training.compliance.terms import Combination, RuleTerms
from training.exams.actions import start_attempt
from training.requirements.actions import write_draft
from training.requirements.drafts import RuleDraft
from training.sessions import actions, enrolment, feedback, moving, presence
from training.sessions.answering import answer_session
from training.sessions.feedback import Words
from training.sessions.models import CourseSession, SeatOrigin, SeatState, SessionFeedback
from training.sessions.moving import Change
from training.sessions.queries import find_seat, get_session, has_attended, sessions_to_settle
from training.sessions.tasks import fill_session, fill_sessions

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with travel(NOON, tick=True):
        yield


def busy_at(person: Person, taught: CourseSession, *, later: timedelta) -> None:
    span = {"starts_at": taught.starts_at + later, "ends_at": taught.ends_at + later}
    book("Dentist", kind=BookingKind.MEETING, time_zone="UTC", attendees=[Attendee(person)], organiser=person, by=person, **span)  # type: ignore[arg-type]


def moved(taught: CourseSession, later: timedelta, capacity: int) -> Change:
    return Change(taught.starts_at + later, taught.ends_at + later, capacity)


def somebody_asked(course: Any, *names: str, due_days: int = 30) -> list[Person]:
    """People of one job role, and a rule that asks that role for the course."""
    role = make_job_role()
    people = colleagues(*names)
    for person in people:
        make_employment(person, job_role=role)
    write_draft(RuleDraft(course, role, due_days, 12, today() - timedelta(days=400)), by=None)
    return people


def has_left(person: Person) -> None:
    """Employed for a while, until yesterday."""
    make_employment(person, starts_on=today() - timedelta(days=90))
    (employment,) = employments_of(person)
    session.refresh(employment, ["person"])
    end_employment(employment, last_day=today() - timedelta(days=1), reason="", by=None)


def test_a_moved_session_takes_everybodys_calendar_along(app: Any) -> None:
    taught, trainer = a_session(2)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    for person in (first, second):
        actions.enrol(taught, person, by=person)
    begins = taught.starts_at
    assert moving.change_session(taught, moved(taught, timedelta(days=1), 2), by=trainer) == 0
    assert taught.starts_at == begins + timedelta(days=1)
    assert all(is_busy(taught, person) for person in (first, second, trainer))
    with pytest.raises(NotAllowed):
        moving.change_session(taught, moved(taught, HOUR, 2), by=first)


def test_who_is_busy_at_the_new_time_is_named_first_and_loses_the_seat_only_when_told_to(app: Any) -> None:
    taught, trainer = a_session(2)
    first, second, third = colleagues("Ana Reis", "Bia Pinto", "Caio Luz")
    for person in (first, second, third):
        actions.enrol(taught, person, by=person)
    busy_at(first, taught, later=timedelta(days=1))
    change = moved(taught, timedelta(days=1), 2)
    with pytest.raises(moving.SomeAreBusy, match="Ana Reis"):
        moving.change_session(taught, change, by=trainer)
    assert taught.starts_at != change.starts_at and state_of(taught, first) is SeatState.ENROLLED
    assert moving.change_session(taught, change, without_busy=True, by=trainer) == 1
    assert [state_of(taught, person) for person in (first, second, third)] == [SeatState.WITHDRAWN, SeatState.ENROLLED, SeatState.ENROLLED]
    busy_at(trainer, taught, later=timedelta(days=2))
    with pytest.raises(Conflict, match="Teo Alves"):
        moving.change_session(taught, moved(taught, timedelta(days=2), 2), without_busy=True, by=trainer)


def test_more_seats_go_to_the_waiting_list_and_taken_ones_are_not_cut(app: Any) -> None:
    taught, trainer = a_session(1)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    for person in (first, second):
        actions.enrol(taught, person, by=person)
    moving.change_session(taught, moved(taught, timedelta(0), 2), by=trainer)
    assert state_of(taught, second) is SeatState.ENROLLED
    with pytest.raises(Invalid, match="2 people have a seat"):
        moving.change_session(taught, moved(taught, timedelta(0), 1), by=trainer)


def test_a_manager_enrols_those_who_report_to_them_and_nobody_else(app: Any) -> None:
    taught, _trainer = a_session(1)
    manager, first, second, stranger = colleagues("Mara Luz", "Ana Reis", "Bia Pinto", "Caio Dias")
    for person in (first, second):
        make_employment(person, manager=manager)
    outcome = enrolment.enrol_people(taught, [first, second], by=manager)
    assert (outcome.seated, outcome.waiting, outcome.refused) == ([first], [second], [])
    seat = find_seat(taught, first)
    assert seat is not None and seat.origin is SeatOrigin.GIVEN
    with pytest.raises(NotAllowed):
        enrolment.enrol_people(taught, [stranger], by=manager)
    actions.withdraw(taught, first, by=manager)
    assert state_of(taught, second) is SeatState.ENROLLED


def test_who_is_busy_is_named_and_the_others_are_enrolled(app: Any) -> None:
    taught, trainer = a_session(5)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    busy_at(first, taught, later=timedelta(0))
    outcome = enrolment.enrol_people(taught, [first, second], by=trainer)
    assert outcome.seated == [second] and len(outcome.refused) == 1 and "Ana Reis" in outcome.refused[0]


def test_free_seats_go_to_those_a_rule_asks_due_first_and_to_nobody_who_gave_one_up(app: Any, run_jobs: Callable[[], int]) -> None:
    course, trainer = a_classroom_course(), a_trainer("Teo Alves")
    later, excused = somebody_asked(course, "Ana Reis", "Bia Pinto", due_days=60)
    sooner, gone = somebody_asked(course, "Caio Luz", "Davi Melo", due_days=5)
    (not_asked,) = colleagues("Eva Nunes")
    an_exemption(excused, course, valid_from=today() - timedelta(days=1), valid_to=today() + timedelta(days=90))
    plan = a_plan(3)
    taught = actions.plan_session(course, type(plan)(**{**vars(plan), "fills_from_rules": True}), trainer=trainer, by=trainer)
    actions.enrol(taught, gone, by=gone)
    actions.withdraw(taught, gone, by=gone)
    run_jobs()
    assert [state_of(taught, person) for person in (later, sooner, gone)] == [SeatState.ENROLLED, SeatState.ENROLLED, SeatState.WITHDRAWN]
    assert find_seat(taught, excused) is None and find_seat(taught, not_asked) is None
    seat = find_seat(taught, sooner)
    assert seat is not None and seat.origin is SeatOrigin.RULE
    assert enrolment.fill_from_rules(taught) == []
    new, crowd = somebody_asked(course, "Gil Faria", "Hugo Prado")
    run_jobs()
    fill_sessions()  # one seat was left
    run_jobs()
    assert {find_seat(taught, new) is None, find_seat(taught, crowd) is None} == {True, False}


def test_who_has_a_seat_in_another_session_or_has_met_it_is_not_given_one_more(app: Any, run_jobs: Callable[[], int]) -> None:
    course = a_classroom_course()
    seated, done = somebody_asked(course, "Ana Reis", "Bia Pinto")
    run_jobs()
    trainer = a_trainer("Teo Alves")
    other = actions.plan_session(course, a_plan(2, days=4), trainer=trainer, by=trainer)
    actions.enrol(other, seated, by=seated)
    past = actions.plan_session(course, a_plan(2, days=1), trainer=trainer, by=trainer)
    actions.enrol(past, done, by=done)
    taught = actions.plan_session(course, a_plan(2, days=6), trainer=trainer, by=trainer)
    taught.fills_from_rules = True
    with travel(NOON + timedelta(days=1, hours=3), tick=True):
        actions.note_attendance(past, [done], by=trainer)
        assert enrolment.fill_from_rules(taught) == []
        actions.withdraw(other, seated, by=seated)
        assert [seat.person for seat in enrolment.fill_from_rules(taught)] == [seated]


def test_of_a_rule_of_several_courses_only_what_is_still_to_do_is_filled(app: Any, run_jobs: Callable[[], int]) -> None:
    course, (other, _version) = a_classroom_course(), a_course()
    role = make_job_role()
    done, open_still = colleagues("Ana Reis", "Bia Pinto")
    for person in (done, open_still):
        make_employment(person, job_role=role, starts_on=today() - timedelta(days=60))
    in_order = RuleTerms(combines=Combination.IN_ORDER)
    write_draft(RuleDraft(other, role, 90, 12, today() - timedelta(days=60), also=[course], title="Both", terms=in_order), by=None)
    run_jobs()
    trainer = a_trainer("Teo Alves")
    taught = actions.plan_session(course, a_plan(4), trainer=trainer, by=trainer)
    held = actions.plan_session(course, a_plan(4, days=1), trainer=trainer, by=trainer)
    actions.enrol(held, done, by=done)
    taught.fills_from_rules = True
    with travel(NOON + timedelta(days=1, hours=3), tick=True):
        actions.note_attendance(held, [done], by=trainer)
        assert [seat.person for seat in enrolment.fill_from_rules(taught)] == [open_still]
    with travel(taught.ends_at, tick=True):
        fill_session(str(taught.public_id))  # too late, and no reason to fail


def test_the_code_in_the_room_notes_who_is_there_and_changes(app: Any) -> None:
    taught, _trainer = a_session(2)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    actions.enrol(taught, first, by=first)
    with pytest.raises(WrongState, match="not on now"):
        presence.say_here(taught, presence.code_for(taught, at=now()), by=first)
    with travel(taught.starts_at, tick=False) as clock:
        code = presence.code_for(taught, at=now())
        assert code != presence.code_for(taught, at=now() + timedelta(seconds=30))
        with pytest.raises(Invalid, match="not the code"):
            presence.say_here(taught, "0000-0000", by=first)
        with pytest.raises(WrongState, match="no seat"):
            presence.say_here(taught, code, by=second)
        clock.shift(timedelta(seconds=30))
        seat = presence.say_here(taught, f"{code[:4].lower()}-{code[4:]} ", by=first)  # the one before still counts
        assert seat.here_at == now() and seat.state is SeatState.ENROLLED
        clock.shift(timedelta(seconds=30))
        with pytest.raises(Invalid):
            presence.say_here(taught, code, by=first)


def test_the_code_of_another_session_is_none_here(app: Any) -> None:
    taught, trainer = a_session(2)
    other = actions.plan_session(taught.course, a_plan(2), trainer=a_trainer("Ugo Dias"), by=trainer)
    assert presence.code_for(taught, at=now()) != presence.code_for(other, at=now())


def test_somebody_who_came_without_a_seat_is_added_and_completes(app: Any) -> None:
    taught, trainer = a_session(1)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    actions.enrol(taught, first, by=first)
    with pytest.raises(WrongState):
        presence.add_who_came(taught, second, by=trainer)
    with travel(taught.ends_at, tick=True):
        with pytest.raises(NotAllowed):
            presence.add_who_came(taught, second, by=first)
        presence.add_who_came(taught, second, by=trainer)
        actions.note_attendance(taught, [first, second], by=trainer)
        assert state_of(taught, second) is SeatState.ATTENDED
        assert holds_course(second, taught.course.public_id, on=now().date())


def test_feedback_keeps_no_name_and_is_told_from_five_on_and_after_two_weeks(app: Any) -> None:
    taught, trainer = a_session(6)
    people = colleagues("Ana Reis", "Bia Pinto", "Caio Luz", "Davi Melo", "Eva Nunes", "Gil Faria")
    for person in people:
        actions.enrol(taught, person, by=person)
    with travel(taught.ends_at, tick=True):
        actions.note_attendance(taught, people[:5], by=trainer)
        with pytest.raises(WrongState):  # did not come
            feedback.tell(taught, Words(1, 1, 1), by=people[5])
        for mark, person in enumerate(people[:4], start=1):
            feedback.tell(taught, Words(mark, 5, 3, f"Word {5 - mark}"), by=person)
        with pytest.raises(WrongState):
            feedback.tell(taught, Words(1, 1, 1), by=people[0])
    late = taught.ends_at + timedelta(days=15)
    told = feedback.summary(taught, at=late)
    assert (told.answers, told.means, told.comments) == (4, None, ())
    with travel(taught.ends_at + timedelta(days=1), tick=True):
        feedback.tell(taught, Words(5, 5, 3), by=people[4])
        assert feedback.summary(taught, at=now()).means is None
    told = feedback.summary(taught, at=late)
    assert told.means == {"content": 3, "teaching": 5, "usefulness": 3}
    assert told.comments == ("Word 1", "Word 2", "Word 3", "Word 4")
    assert {column.name for column in SessionFeedback.__table__.columns} == {"key", "session_id", "content", "teaching", "usefulness", "comment"}


def test_an_exam_that_asks_for_attendance_opens_to_who_came_since_they_completed_it(app: Any) -> None:
    learner = a_learner(terms=ExamTerms(item_count=4, needs_attendance=True))
    read_everything(learner)
    with pytest.raises(WrongState, match="Come to a session"):
        start_attempt(learner.version, by=learner.person)
    taught, trainer = a_session(1, course=learner.course)
    actions.enrol(taught, learner.person, by=learner.person)
    with travel(taught.ends_at, tick=True):
        actions.note_attendance(taught, [], by=trainer)
        assert not has_attended(learner.person, learner.course.id)
        actions.note_attendance(taught, [learner.person], by=trainer)
        assert has_attended(learner.person, learner.course.id)
        assert start_attempt(learner.version, by=learner.person).is_open


def test_the_pages_of_a_session_from_filling_it_to_how_it_was(client: Any, sign_in: Any, run_jobs: Callable[[], int]) -> None:
    taught, trainer = a_session(2)
    asked, other = somebody_asked(taught.course, "Ana Reis", "Bia Pinto")
    run_jobs()
    address, course = f"/training-sessions/{taught.public_id}", get_session(taught.public_id).course.public_id
    sign_in(trainer)
    seats = client.get(f"{address}/seats").text
    assert "Ana Reis" in seats and "2 seats are free" in seats
    assert client.post(f"{address}/seats", data={}).status_code == 422
    assert client.post(f"{address}/seats", data={"people": [str(asked.public_id)], "person": "Bia Pinto"}).status_code == 302
    assert "Enrolled by a manager or trainer" in client.get(address).text
    assert client.post(f"{address}/seats/{other.public_id}/take-back").status_code == 302
    assert state_of(taught, other) is SeatState.WITHDRAWN
    busy_at(asked, taught, later=timedelta(days=1))
    zone = ZoneInfo(taught.time_zone)
    starts = [(taught.starts_at + timedelta(days=number)).astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes") for number in (1, 2)]
    fields = {"minutes": "120", "capacity": "3", "cost": "900", "currency": "BRL"}
    assert 'value="120"' in client.get(f"{address}/change").text
    refused = client.post(f"{address}/change", data={**fields, "starts": starts[0]})
    assert refused.status_code == 422 and "Busy at that time: Ana Reis" in refused.text and "without_busy" in refused.text
    assert client.post(f"{address}/change", data={**fields, "starts": starts[1]}).status_code == 302
    session.refresh(taught)
    assert "R$900.00" in client.get(address).text.replace("\u202f", "").replace("\xa0", "")
    sign_in(asked)
    assert client.get(f"{address}/screen").status_code == 404 and client.get(f"{address}/change").status_code == 403
    assert client.get(f"{address}/seats").status_code == 404 and client.get(f"{address}/feedback").status_code == 404
    with travel(taught.starts_at, tick=True):
        sign_in(trainer)
        shown = client.get(f"{address}/screen").text
        code = presence.code_for(taught, at=now())
        assert code[:4] in shown and "0 of 1 are here" in shown
        sign_in(asked)
        assert "Are you in the room?" in client.get(address).text
        assert code in client.get(f"{address}/here?code={code}").text
        assert client.post(f"{address}/here", data={"code": "wrong"}).status_code == 422
        assert client.post(f"{address}/here", data={"code": code}).status_code == 302
        assert "Noted as there" in client.get(address).text
    with travel(taught.ends_at + HOUR, tick=True):
        sign_in(trainer)
        assert "Say who came to a session" in client.get("/home").text
        assert "1 person read the code" in client.get(f"{address}/attendance").text
        assert client.post(f"{address}/attendance", data={"came": [str(asked.public_id)], "also": "Nobody Here"}).status_code == 422
        assert client.post(f"{address}/attendance", data={"came": [str(asked.public_id)], "also": "Bia Pinto"}).status_code == 302
        assert state_of(taught, other) is SeatState.ATTENDED and holds_course(other, course, on=now().date())
        sign_in(other)
        assert "Say how a session was" in client.get("/home").text
        assert client.get(f"{address}/feedback").status_code == 200
        assert client.post(f"{address}/feedback", data={"content": "5"}).status_code == 422
        words = {"content": "5", "teaching": "4", "usefulness": "3", "comment": "More cases."}
        assert client.post(f"{address}/feedback", data=words).status_code == 302
        assert client.get(f"{address}/feedback").status_code == 404
        sign_in(trainer)
        page = client.get(address).text
        assert "1 person has answered" in page and "More cases." not in page
    assert session.scalars(select(SessionFeedback.comment)).all() == ["More cases."]


def test_a_correction_of_who_came_takes_the_certificate_back_and_a_revoked_one_is_no_obstacle(app: Any, run_jobs: Callable[[], int]) -> None:
    taught, trainer = a_session(2)
    first, second = colleagues("Ana Reis", "Bia Pinto")
    for person in (first, second):
        actions.enrol(taught, person, by=person)
    with travel(taught.ends_at, tick=True):
        actions.note_attendance(taught, [first, second], by=trainer)
        session.commit()
        run_jobs()
        issued = {one.completion.person_id: one for one in certificates_issued()}
        assert set(issued) == {first.id, second.id}
        officer = an_officer("Rui Officer")
        revoke_certificate(get_certificate(issued[second.id].public_id, viewer=officer), reason="Somebody else came.", by=officer)
        again, keeper = get_session(taught.public_id), get_person(trainer.public_id)
        actions.note_attendance(again, [], by=keeper)
        assert {one.state for one in certificates_issued()} == {CertificateState.REVOKED}
        assert not holds_course(first, again.course.public_id, on=now().date())


def certificates_issued() -> list[Certificate]:
    query = select(Certificate).order_by(Certificate.id).options(joinedload(Certificate.completion)).execution_options(populate_existing=True)
    return list(session.scalars(query))


def test_somebody_added_later_leaves_the_others_ticked(client: Any, sign_in: Any) -> None:
    taught, trainer = a_session(3)
    first, _second = colleagues("Ana Reis", "Bia Pinto")
    actions.enrol(taught, first, by=first)
    with travel(taught.ends_at, tick=True):
        sign_in(trainer)
        presence.add_who_came(taught, _second, by=trainer)
        listed = client.get(f"/training-sessions/{taught.public_id}/attendance").text
        assert listed.count(" checked") == 2 and "read the code" not in listed


def test_who_came_and_has_the_exam_still_to_sit_is_not_given_another_seat(app: Any, run_jobs: Callable[[], int]) -> None:
    course, _version = a_course()
    (person,) = somebody_asked(course, "Ana Reis")
    run_jobs()
    trainer = a_trainer("Teo Alves")
    held, ahead = (actions.plan_session(course, a_plan(2, days=days), trainer=trainer, by=trainer) for days in (1, 5))
    actions.enrol(held, person, by=person)
    with travel(NOON + timedelta(days=1, hours=3), tick=True):
        actions.note_attendance(held, [person], by=trainer)
        ahead.fills_from_rules = True
        assert enrolment.fill_from_rules(ahead) == []


def test_somebody_who_has_left_makes_room_for_who_waits(app: Any, run_jobs: Callable[[], int]) -> None:
    taught, _trainer = a_session(1)
    gone, waits = colleagues("Ana Reis", "Bia Pinto")
    actions.enrol(taught, gone, by=gone)
    has_left(gone)
    actions.enrol(taught, waits, by=waits)
    fill_sessions()
    run_jobs()
    assert (state_of(taught, gone), state_of(taught, waits)) == (SeatState.WITHDRAWN, SeatState.ENROLLED)


def test_a_trainer_who_cannot_come_is_told_whom_to_ask_and_one_who_left_leaves_the_list_to_planners(app: Any) -> None:
    taught, trainer = a_session(1)
    with pytest.raises(WrongState, match="You teach this session"):
        answer_session(taught.booking, trainer, answer=Answer.DECLINED)
    has_left(trainer)
    planner = a_trainer("Ugo Dias")
    with travel(taught.ends_at + HOUR, tick=True):
        assert [one.id for one in sessions_to_settle(planner, at=now(), plans=True)] == [taught.id]
        assert list(sessions_to_settle(planner, at=now())) == []


@pytest.mark.parametrize("wrong", [{"starts": "9999-12-31T23:59"}, {"cost": "30000000"}])
def test_what_no_calendar_and_no_purse_holds_is_refused_in_a_sentence(client: Any, sign_in: Any, wrong: dict[str, str]) -> None:
    taught, trainer = a_session(1)
    sign_in(trainer)
    fields = {"starts": "2031-03-03T10:00", "minutes": "60", "capacity": "2", "cost": "", "currency": "BRL"}
    assert client.post(f"/training-sessions/{taught.public_id}/change", data={**fields, **wrong}).status_code == 422
