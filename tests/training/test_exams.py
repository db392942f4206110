"""Sitting an exam: saving, replaying, handing in, the clock, and what never leaves the server."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import func, select

from core.clock import now
from core.db import session
from core.errors import WrongState
from tests.factories import make_person
from tests.training.situations import (
    FEEDBACK,
    Learner,
    a_failed_exam,
    a_learner,
    a_passed_exam,
    an_officer,
    an_open_exam,
    read_everything,
    right_answers,
)
from training.catalogue.actions import ExamTerms
from training.exams.actions import close_overdue_attempts, start_attempt, start_of
from training.exams.models import Attempt, AttemptState, Response
from training.exams.policy import Start, StartState
from training.exams.queries import attempts_of, question_paper
from training.learning.queries import modules_read
from training.locks.actions import grant_attempts
from training.requirements.models import Completion


def at(instant: datetime) -> time_machine.travel:
    return time_machine.travel(instant, tick=False)


def count(model: Any) -> int:
    return session.scalars(select(func.count()).select_from(model)).one()


def start(learner: Learner) -> Start:
    attempts = attempts_of(learner.person, course_id=learner.course.id)
    return start_of(learner.person, learner.version, read=modules_read(learner.person, learner.version), attempts=attempts)


def fresh(attempt: Attempt) -> Attempt:
    return session.scalars(select(Attempt).where(Attempt.id == attempt.id).execution_options(populate_existing=True)).one()


def saving(client: Any, attempt: Attempt, answers: dict[str, Any], sequence: int) -> Any:
    return client.post(f"/exams/{attempt.public_id}/answers", json={"sequence": sequence, "answers": answers})


def numeric_item(attempt: Attempt) -> str:
    return next(str(question.id) for question in question_paper(attempt) if not question.options)


def test_the_exam_opens_when_every_module_is_read(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    modules = [module.public_id for module in learner.version.modules]
    sign_in(learner.person)
    assert client.post(f"/exams/start/{learner.course.public_id}").status_code == 409
    for module in modules:
        client.post(f"/learning/{learner.course.public_id}/modules/{module}")
    started = client.post(f"/exams/start/{learner.course.public_id}")
    assert started.status_code == 302
    assert client.get(started.location).status_code == 200


def test_starting_twice_comes_back_to_the_same_attempt(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    read_everything(learner)
    sign_in(learner.person)
    first, second = (client.post(f"/exams/start/{learner.course.public_id}").location for _ in range(2))
    assert first == second
    assert count(Attempt) == 1


def test_answers_are_saved_as_they_go_and_shown_again(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    answers = right_answers(attempt)
    answer = saving(client, attempt, answers, 1)
    assert answer.status_code == 200
    assert answer.json["saved"]
    assert answer.json["answered"] == len(answers)
    page = client.get(f"/exams/{attempt.public_id}").get_data(as_text=True)
    assert page.count(" checked") == sum(len(values) for item, values in answers.items() if item != numeric_item(attempt)) - _other_numbers(
        attempt, answers
    )


def _other_numbers(attempt: Attempt, answers: dict[str, list[str]]) -> int:
    numbers = [str(question.id) for question in question_paper(attempt) if not question.options]
    return sum(len(answers[item]) for item in numbers if item != numeric_item(attempt))


def test_older_and_replayed_answers_are_ignored_with_a_friendly_answer(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    item = numeric_item(attempt)
    saving(client, attempt, {item: "5"}, 5)
    for sequence in (5, 4, 1):
        replayed = saving(client, attempt, {item: "9"}, sequence)
        assert replayed.status_code == 200
        assert replayed.json["ignored"] == 1
        assert "already" in replayed.json["sentence"]
    assert session.scalars(select(Response)).one().answer == {"number": "5"}
    assert saving(client, attempt, {item: "6"}, 6).json["stored"] == 1
    assert session.scalars(select(Response)).one().answer == {"number": "6"}


def test_an_answer_can_be_taken_back(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    item = numeric_item(attempt)
    saving(client, attempt, {item: "5"}, 1)
    assert saving(client, attempt, {item: ""}, 2).json["answered"] == 0


def test_saving_works_without_a_script(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    item = numeric_item(attempt)
    answer = client.post(f"/exams/{attempt.public_id}/answers", data={"sequence": "1", f"item-{item}": "7"})
    assert answer.status_code == 302
    assert 'value="7"' in client.get(f"/exams/{attempt.public_id}").get_data(as_text=True)


def test_an_answer_after_time_and_tolerance_is_refused_and_changes_nothing(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    item = numeric_item(attempt)
    saving(client, attempt, {item: "5"}, 1)
    with at(attempt.deadline_at + timedelta(seconds=9)):
        assert saving(client, attempt, {item: "6"}, 2).status_code == 200
    with at(attempt.deadline_at + timedelta(seconds=11)):
        late = saving(client, attempt, {item: "7"}, 3)
        assert late.status_code == 409
        assert "Time is up" in late.json["sentence"]
    assert session.scalars(select(Response)).one().answer == {"number": "6"}
    assert fresh(attempt).last_sequence == 2


def test_time_up_is_shown_on_reading_and_closed_by_the_job(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    saving(client, attempt, right_answers(attempt), 1)
    with at(attempt.deadline_at + timedelta(minutes=1)):
        page = client.get(f"/exams/{attempt.public_id}")
        assert "Time is up" in page.get_data(as_text=True)
        run_jobs()
    closed = fresh(attempt)
    assert (closed.state, closed.ran_out, closed.passed, closed.submitted_at) == (AttemptState.SUBMITTED, True, True, attempt.deadline_at)


def test_the_sweep_closes_attempts_whose_job_was_lost(app: Any) -> None:
    _learner, attempt = an_open_exam()
    close_overdue_attempts()
    assert fresh(attempt).is_open
    with at(attempt.deadline_at + timedelta(minutes=1)):
        close_overdue_attempts()
        close_overdue_attempts()
    assert fresh(attempt).passed is False


def test_handing_in_after_time_counts_only_what_was_saved(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    form = {f"item-{item}": values for item, values in right_answers(attempt).items()}
    with at(attempt.deadline_at + timedelta(minutes=5)):
        answer = client.post(f"/exams/{attempt.public_id}/submit", data={"sequence": "1", **form})
        assert answer.status_code == 302
    assert fresh(attempt).earned == "0"


def test_handing_in_twice_is_handing_in_once(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    form = {"sequence": "1", **{f"item-{item}": values for item, values in right_answers(attempt).items()}}
    for _ in range(3):
        answer = client.post(f"/exams/{attempt.public_id}/submit", data=form)
        assert answer.location.endswith("/result")
    run_jobs()
    assert count(Completion) == 1
    assert fresh(attempt).percent == 100


@pytest.mark.parametrize("verb", ["read", "save", "submit", "result"])
def test_anothers_attempt_is_not_there(client: Any, sign_in: Any, verb: str) -> None:
    _learner, attempt = an_open_exam()
    sign_in(make_person("Eva Stranger", roles=()) and an_officer("Rui Officer"))
    address = f"/exams/{attempt.public_id}"
    answers = {
        "read": lambda: client.get(address),
        "save": lambda: client.post(f"{address}/answers", json={"sequence": 1, "answers": {}}),
        "submit": lambda: client.post(f"{address}/submit", data={}),
        "result": lambda: client.get(f"{address}/result"),
    }
    assert answers[verb]().status_code == 404
    assert fresh(attempt).is_open


@pytest.mark.parametrize(
    "body",
    [
        {"sequence": 1},
        {"answers": {}},
        [],
        "x",
        {"sequence": 0, "answers": {}},
        {"sequence": True, "answers": {}},
        {"sequence": -3, "answers": {}},
        {"sequence": "9" * 40, "answers": {}},
        {"sequence": 1, "answers": {"x": {}}},
        {"sequence": 1, "answers": {str(uuid4()): "1"}},
        {"sequence": 1, "answers": []},
    ],
)
def test_what_is_not_an_answer_to_this_exam_is_refused_whole(client: Any, sign_in: Any, body: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    if isinstance(body, dict) and isinstance(body.get("answers"), dict) and body["answers"]:
        body["answers"][numeric_item(attempt)] = "5"
    assert client.post(f"/exams/{attempt.public_id}/answers", json=body).status_code == 422
    assert count(Response) == 0


def test_an_option_of_another_question_is_refused(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    first, second = [question for question in question_paper(attempt) if question.options][:2]
    assert saving(client, attempt, {str(first.id): [str(second.options[0].id)]}, 1).status_code == 422
    assert count(Response) == 0


def test_no_key_and_no_feedback_leaves_the_server_before_the_exam_is_passed(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    texts = [client.get(f"/exams/{attempt.public_id}").get_data(as_text=True)]
    texts.append(json.dumps(saving(client, attempt, {numeric_item(attempt): "1"}, 1).json))
    texts.append(client.get(f"/learning/{learner.course.public_id}").get_data(as_text=True))
    texts.append(client.get(f"/courses/{learner.course.public_id}").get_data(as_text=True))
    client.post(f"/exams/{attempt.public_id}/submit", data={"sequence": "2"})
    texts.append(client.get(f"/exams/{attempt.public_id}/result").get_data(as_text=True))
    for text in texts:
        assert FEEDBACK not in text
        assert "731.25" not in text
        assert "correct" not in text
    assert "Listen first" not in texts[-1]
    assert client.get(f"/course-versions/{learner.version.public_id}").status_code == 404


def test_fields_that_are_not_answers_change_nothing(client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    sign_in(learner.person)
    extra = {
        "passed": "1",
        "score": "100",
        "earned": "99",
        "pass_mark": "1",
        "state": "submitted",
        "number": "7",
        "deadline_at": "2099-01-01",
        "person_id": "1",
    }
    client.post(f"/exams/{attempt.public_id}/answers", data={"sequence": "1", **extra})
    client.post(f"/exams/{attempt.public_id}/submit", data={"sequence": "2", **extra})
    closed = fresh(attempt)
    assert (closed.passed, closed.earned, closed.number, closed.deadline_at) == (False, "0", 1, attempt.deadline_at)


def test_after_the_last_attempt_the_exam_is_locked_until_one_more_is_granted(app: Any) -> None:
    learner = a_learner(terms=ExamTerms(item_count=6, attempts_allowed=2))
    a_failed_exam(learner)
    a_failed_exam(learner)
    assert start(learner).state is StartState.LOCKED
    with pytest.raises(WrongState):
        start_attempt(learner.version, by=learner.person)
    grant_attempts(learner.person, learner.version, reason="The fire alarm went off.", by=an_officer("Rui Officer"))
    assert start(learner).state is StartState.READY


def test_the_pause_counts_from_the_earlier_of_handing_in_and_the_end_of_the_limit(app: Any) -> None:
    learner = a_learner(terms=ExamTerms(item_count=6, minutes=30, cool_down_hours=24))
    began = now()
    with at(began):
        _learner, attempt = an_open_exam(learner)
    with at(began + timedelta(hours=5)):
        close_overdue_attempts()
        opens = start(learner)
    assert (opens.state, opens.not_before) == (StartState.WAIT, attempt.deadline_at + timedelta(hours=24))
    with at(began + timedelta(hours=24, minutes=31)):
        assert start(learner).state is StartState.READY


def test_a_retake_asks_other_questions_first(app: Any) -> None:
    learner = a_learner(terms=ExamTerms(item_count=4))
    first, second = (a_failed_exam(learner)[1] for _ in range(2))
    asked = [{entry["item"] for entry in attempt.drawn} for attempt in (first, second)]
    assert not asked[0] & asked[1]


def test_the_result_shows_right_answers_once_passed(client: Any, sign_in: Any) -> None:
    learner, attempt = a_passed_exam()
    sign_in(learner.person)
    page = client.get(f"/exams/{attempt.public_id}/result").get_data(as_text=True)
    assert "Passed" in page
    assert "100\u00a0%" in page or "100.0" in page
    assert FEEDBACK in page
