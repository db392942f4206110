"""When an exam is open, who is let in, on which device it is sat, and what is noticed meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select

from core.clock import now, today
from core.db import session
from core.errors import Invalid, WrongState
from core.people.models import Location
from tests.training.situations import Learner, a_learner, a_trainer, an_officer, an_open_exam, read_everything, right_answers
from tests.training.test_exams import numeric_item, saving, start
from training.accommodations.actions import grant_extra_time
from training.catalogue.actions import ExamTerms, approve_version, begin_next_version, put_due_versions_in_force, set_exam_terms, submit_version
from training.exams.actions import close_overdue_attempts, start_attempt
from training.exams.models import Attempt, Response
from training.exams.policy import StartState
from training.invigilation.models import FocusLoss
from training.openings.actions import OpeningDraft, change_code, plan_opening, withdraw_opening
from training.openings.models import ExamOpening

SHORT = ExamTerms(item_count=7, minutes=30, attempts_allowed=9)
CODE = "Maple-42"


def at(instant: datetime) -> time_machine.travel:
    return time_machine.travel(instant, tick=False)


def a_ready_learner(terms: ExamTerms = SHORT) -> Learner:
    learner = a_learner(terms=terms)
    read_everything(learner)
    return learner


def an_opening(learner: Learner, *, begins: int = -60, ends: int = 60, code: str = "", location: Location | None = None) -> ExamOpening:
    """Open from so many minutes from now to so many minutes from now."""
    began, ended = (now() + timedelta(minutes=minutes) for minutes in (begins, ends))
    return plan_opening(learner.course, OpeningDraft(began, ended, "America/Sao_Paulo", location, code), by=a_trainer("Teo Trainer"))


def test_an_exam_is_begun_only_while_it_is_open(client: Any, sign_in: Any) -> None:
    learner = a_ready_learner()
    assert start(learner).state is StartState.READY
    opening = an_opening(learner, begins=30, ends=90)
    assert (start(learner).state, start(learner).window.opening) == (StartState.NOT_OPEN, opening)
    sign_in(learner.person)
    assert "The exam opens on" in client.get(f"/learning/{learner.course.public_id}").get_data(as_text=True)
    assert client.post(f"/exams/start/{learner.course.public_id}").status_code == 409
    with at(now() + timedelta(minutes=45)):
        assert start(learner).state is StartState.READY
    with at(now() + timedelta(minutes=90)):
        assert start(learner).state is StartState.NOT_OPEN
        with pytest.raises(WrongState):
            start_attempt(learner.version, by=learner.person)


@pytest.mark.parametrize(("ends", "extra", "lasts"), [(60, 0, 30), (20, 0, 20), (60, 50, 45), (40, 50, 40)])
def test_time_ends_with_the_limit_and_its_extra_or_with_the_closing_whichever_is_first(app: Any, ends: int, extra: int, lasts: int) -> None:
    with at(now().replace(microsecond=0)):
        learner = a_ready_learner()
        if extra:
            grant_extra_time(learner.person, extra_percent=extra, reason="Reads with a magnifier.", by=an_officer("Rui Officer"))
        an_opening(learner, ends=ends)
        attempt = start_attempt(learner.version, by=learner.person)
        assert attempt.deadline_at - attempt.started_at == timedelta(minutes=lasts)
        assert attempt.closes_at == now() + timedelta(minutes=ends)


def test_the_pause_counts_from_the_closing_when_that_ended_the_attempt(app: Any) -> None:
    with at(now().replace(microsecond=0)):
        learner = a_ready_learner(ExamTerms(**{**vars(SHORT), "cool_down_hours": 2}))
        first = an_opening(learner, ends=10)
        an_opening(learner, begins=60, ends=400)
        start_attempt(learner.version, by=learner.person)
        begun = now()
    with at(begun + timedelta(minutes=100)):
        close_overdue_attempts()
        assert (start(learner).state, start(learner).not_before) == (StartState.WAIT, first.closes_at + timedelta(hours=2))


def test_an_opening_at_a_place_is_for_those_who_work_there_in_its_time(client: Any, sign_in: Any) -> None:
    learner, trainer = a_ready_learner(), a_trainer("Teo Trainer")
    elsewhere = Location(name="Lisboa", time_zone="Europe/Lisbon")
    session.add(elsewhere)
    session.flush()
    sign_in(trainer)
    address = f"/courses/{learner.course.public_id}/openings"
    sent = {"location": str(elsewhere.public_id), "opens": "2031-07-01T09:00", "closes": "2031-07-01T12:00"}
    assert client.post(address, data={**sent, "closes": "2031-07-01T09:00"}).status_code == 422
    assert client.post(address, data={**sent, "code": "abc"}).status_code == 422
    assert client.post(address, data=sent).status_code == 302
    opening = session.scalars(select(ExamOpening)).one()
    assert opening.opens_at.astimezone(UTC) == datetime(2031, 7, 1, 9, tzinfo=ZoneInfo("Europe/Lisbon")).astimezone(UTC)
    assert start(learner).state is StartState.NOT_OPEN
    assert start(learner).window.opening is None
    assert "Lisboa" in client.get(address).get_data(as_text=True)
    assert client.post(f"/exam-openings/{opening.public_id}/withdraw").status_code == 302
    assert client.post(f"/exam-openings/{opening.public_id}/withdraw").status_code == 404
    assert start(learner).state is StartState.READY


def test_who_has_begun_goes_on_when_the_opening_is_taken_back(app: Any) -> None:
    learner = a_ready_learner()
    opening = an_opening(learner)
    attempt = start_attempt(learner.version, by=learner.person)
    withdraw_opening(opening, by=a_trainer("Ana Trainer"))
    assert start(learner).state is StartState.RESUME
    assert start_attempt(learner.version, by=learner.person) is attempt


def test_the_code_is_asked_for_tries_are_limited_and_it_is_kept_nowhere(client: Any, sign_in: Any) -> None:
    learner = a_ready_learner()
    opening = an_opening(learner, code=CODE)
    assert "aple" not in opening.code_hash.lower().split("$")[-1] and opening.code_hash.startswith("$argon2id$")
    sign_in(learner.person)
    address = f"/exams/start/{learner.course.public_id}"
    assert "Access code" in client.get(address).get_data(as_text=True)
    for _ in range(5):
        refused = client.post(address, data={"code": "wrong-1"})
        assert refused.status_code == 422 and "not the code" in refused.get_data(as_text=True)
    locked = client.post(address, data={"code": CODE})
    assert locked.status_code == 409 and "Too many wrong codes" in locked.get_data(as_text=True)
    with at(now() + timedelta(minutes=16)):
        assert client.post(address, data={"code": "  maple 42 "}).status_code == 302
        change_code(opening, code="other-code", by=a_trainer("Ana Trainer"))
        assert client.post(address, data={}).status_code == 302  # who has begun is not asked again


def test_a_code_is_changed_by_the_page(client: Any, sign_in: Any) -> None:
    learner = a_ready_learner()
    opening = an_opening(learner, code=CODE)
    sign_in(a_trainer("Ana Trainer"))
    address = f"/exam-openings/{opening.public_id}/code"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"code": "x"}).status_code == 422
    assert client.post(address, data={"code": ""}).status_code == 302
    assert not session.scalars(select(ExamOpening).execution_options(populate_existing=True)).one().asks_code


HONEST = ExamTerms(**{**vars(SHORT), "honour_statement": "I answer by myself.", "logs_focus": True})


def test_the_statement_is_confirmed_and_kept(client: Any, sign_in: Any) -> None:
    learner = a_ready_learner(HONEST)
    with pytest.raises(Invalid):
        start_attempt(learner.version, by=learner.person)
    sign_in(learner.person)
    address = f"/exams/start/{learner.course.public_id}"
    page = client.get(address).get_data(as_text=True)
    assert "I answer by myself." in page and "no verdict" in page
    assert client.post(address, data={}).status_code == 422
    assert client.post(address, data={"honour": "y"}).status_code == 302
    attempt = session.scalars(select(Attempt)).one()
    assert attempt.honour_at is not None
    sign_in(a_trainer("Ana Trainer"))
    page = client.get(f"/exam-sittings/{attempt.public_id}").get_data(as_text=True)
    assert "Confirmed on" in page


def test_leaving_the_page_is_written_down_and_judges_nobody(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam(a_learner(terms=ExamTerms(item_count=4, logs_focus=True)))
    sign_in(learner.person)
    address = f"/exams/{attempt.public_id}/focus"
    with at(now() + timedelta(minutes=5)):
        assert client.post(address, json={"seconds": 20}).json == {"noted": True}
        assert client.post(address, json={"seconds": 80_000}).json == {"noted": True}
        assert client.post(address, json={"seconds": 1}).json == {"noted": False}
    for bad in ({"seconds": -1}, {"seconds": "5"}, {"seconds": True}, [], {"seconds": 10**9}):
        assert client.post(address, json=bad).status_code == 422
    kept = [loss.seconds for loss in session.scalars(select(FocusLoss).order_by(FocusLoss.id))]
    assert kept[0] == 20 and 290 <= kept[1] <= 310
    sign_in(a_trainer("Ana Trainer"))
    assert client.post(address, json={"seconds": 20}).status_code == 404
    page = client.get(f"/exam-sittings/{attempt.public_id}").get_data(as_text=True)
    assert "Away for 20 seconds" in page and "This is no verdict" in page
    assert "2 times" in client.get(f"/courses/{learner.course.public_id}/sittings").get_data(as_text=True)


def test_without_the_term_nothing_is_written_down(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    assert "data-focus-url" not in client.get(f"/exams/{attempt.public_id}").get_data(as_text=True)
    assert client.post(f"/exams/{attempt.public_id}/focus", json={"seconds": 20}).json == {"noted": False}


def test_a_second_device_takes_over_and_the_first_is_told_and_keeps_what_it_typed(app: Any, client: Any, sign_in: Any) -> None:
    learner = a_ready_learner()
    sign_in(learner.person)
    began = client.post(f"/exams/start/{learner.course.public_id}").location
    attempt = session.scalars(select(Attempt)).one()
    item, address = numeric_item(attempt), f"/exams/{attempt.public_id}"
    assert saving(client, attempt, {item: "5"}, 1).status_code == 200
    with client.session_transaction() as cookie:
        first = cookie.pop("seat")  # another browser of the same person
    assert "Open on another device" in client.get(began).get_data(as_text=True)
    taken = client.get(client.post(f"{address}/take-over").location).get_data(as_text=True)
    assert "You go on here" in taken and 'value="5"' in taken
    assert saving(client, attempt, {item: "6"}, 2).status_code == 200
    with client.session_transaction() as cookie:
        second, cookie["seat"] = cookie["seat"], first
    told = saving(client, attempt, {item: "7"}, 3)
    assert (told.status_code, told.json["elsewhere"]) == (409, True)
    assert "another device" in told.json["sentence"]
    form = {"sequence": "3", f"item-{item}": "7"}
    for way in ("answers", "submit"):
        page = client.post(f"{address}/{way}", data=form)
        assert page.status_code == 409 and f'name="item-{item}" value="7"' in page.get_data(as_text=True)
    assert session.scalars(select(Response)).one().answer == {"number": "6"}
    assert client.post(f"{address}/take-over", data=form).status_code == 302
    assert session.scalars(select(Response)).one().answer == {"number": "7"}
    with client.session_transaction() as cookie:
        cookie["seat"] = second
    assert saving(client, attempt, {item: "8"}, 4).status_code == 409


def test_taking_over_does_not_overwrite_what_the_other_device_saved_since(client: Any, sign_in: Any) -> None:
    learner = a_ready_learner()
    sign_in(learner.person)
    client.post(f"/exams/start/{learner.course.public_id}")
    attempt = session.scalars(select(Attempt)).one()
    item = numeric_item(attempt)
    saving(client, attempt, {item: "6"}, 9)
    with client.session_transaction() as cookie:
        cookie.pop("seat")
    client.post(f"/exams/{attempt.public_id}/take-over", data={"sequence": "4", f"item-{item}": "1"})
    assert session.scalars(select(Response)).one().answer == {"number": "6"}


def test_beginning_again_on_another_device_takes_over_too(client: Any, sign_in: Any) -> None:
    learner = a_ready_learner()
    sign_in(learner.person)
    client.post(f"/exams/start/{learner.course.public_id}")
    with client.session_transaction() as cookie:
        cookie.pop("seat")
    again = client.post(f"/exams/start/{learner.course.public_id}").location
    assert "data-exam" in client.get(again).get_data(as_text=True)


def test_anothers_attempt_is_not_taken_over(client: Any, sign_in: Any) -> None:
    _learner, attempt = an_open_exam()
    sign_in(an_officer("Rui Officer"))
    assert client.post(f"/exams/{attempt.public_id}/take-over").status_code == 404


def test_a_pass_mark_raised_meanwhile_does_not_touch_who_has_begun(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam(a_learner(terms=ExamTerms(item_count=4, pass_mark=50, minutes=600)))
    trainer, officer = a_trainer("Teo Trainer"), an_officer("Rui Officer")
    version = begin_next_version(learner.course, what_changed="A higher mark.", by=trainer)
    set_exam_terms(version, ExamTerms(item_count=4, pass_mark=100), what_changed="A higher mark.", by=trainer)
    submit_version(version, by=trainer)
    approve_version(version, in_force_from=today(officer.time_zone), by=officer)
    put_due_versions_in_force()
    sign_in(learner.person)
    page = client.get(f"/exams/{attempt.public_id}").get_data(as_text=True)
    assert "its pass mark of 50 % hold" in page
    answers = {f"item-{item}": sent for item, sent in list(right_answers(attempt).items())[:3]}
    client.post(f"/exams/{attempt.public_id}/submit", data={"sequence": "1", **answers})
    closed = session.scalars(select(Attempt).execution_options(populate_existing=True)).one()
    assert closed.passed == (closed.percent >= 50) and closed.percent < 100
