"""Locked exams: who is locked, since when, who opens them again, and which attempt counts."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import now, standing_at, today
from core.db import session
from core.errors import Invalid, NotAllowed
from core.people.models import RoleGrant
from core.people.rights import Role
from tests.training.situations import Learner, a_failed_exam, a_learner, a_passed_exam, a_trainer, an_officer, an_open_exam, right_answers, tomorrow
from training.catalogue.actions import ExamTerms, approve_version, begin_next_version, put_due_versions_in_force, submit_version
from training.catalogue.models import Counting
from training.compliance import labels
from training.compliance.standing import Judgement, Standing, under_lock
from training.exams.actions import hand_in, start_of
from training.exams.counting import counting_attempts
from training.exams.models import Attempt
from training.exams.policy import StartState
from training.exams.queries import attempts_of, drawn_items
from training.items.models import ItemKind
from training.learning.overview import requirements_of
from training.learning.queries import modules_read
from training.locks.actions import grant_attempts, lock_what_was_missed
from training.locks.models import ExamLock
from training.regrading.actions import correct_key, regrade_slice, wanted_key
from training.regrading.models import CorrectionKind
from training.regrading.queries import get_item
from training.requirements.models import Completion

ONCE = ExamTerms(item_count=6, attempts_allowed=1)
WHY = "The fire alarm went off."


def start(learner: Learner) -> Any:
    read = modules_read(learner.person, learner.version)
    return start_of(learner.person, learner.version, read=read, attempts=attempts_of(learner.person, course_id=learner.course.id))


def standing(learner: Learner, *, on: Any = None, known_at: Any = None) -> Any:
    return requirements_of(learner.person, on=on or today(learner.person.time_zone), known_at=known_at)[0]


def a_locked_exam(**terms: Any) -> Learner:
    learner = a_learner(terms=ExamTerms(**{**vars(ONCE), **terms}))
    a_failed_exam(learner)
    return learner


def locks() -> list[ExamLock]:
    return list(session.scalars(select(ExamLock).order_by(ExamLock.id)))


def test_the_last_failed_attempt_locks_the_exam_and_shows_as_a_standing(app: Any) -> None:
    learner = a_learner(terms=ExamTerms(item_count=6, attempts_allowed=2))
    a_failed_exam(learner)
    assert not locks() and standing(learner).judged.state is Standing.IN_PROGRESS
    a_failed_exam(learner)
    found = standing(learner)
    assert found.judged.state is Standing.LOCKED
    assert found.judged.locked_on == today(learner.person.time_zone)
    assert "must grant another" in labels.explain(found.line, found.judged)
    assert start(learner).state is StartState.LOCKED


def test_attempts_are_granted_with_a_reason_and_lift_the_lock(app: Any) -> None:
    learner, officer = a_locked_exam(), an_officer("Rui Officer")
    for attempts, reason in ((0, WHY), (11, WHY), (1, "  ")):
        with pytest.raises(Invalid):
            grant_attempts(learner.person, learner.version, attempts=attempts, reason=reason, by=officer)
    with pytest.raises(NotAllowed):
        grant_attempts(officer, learner.version, reason=WHY, by=officer)
    grant_attempts(learner.person, learner.version, attempts=2, reason=WHY, by=officer)
    assert (start(learner).state, start(learner).attempts_left) == (StartState.READY, 2)
    assert standing(learner).judged.state is Standing.IN_PROGRESS
    a_failed_exam(learner)
    assert locks()[-1].lifted_at is not None
    a_failed_exam(learner)
    assert [lock.lifted_at is None for lock in locks()] == [False, True]


def test_a_lock_is_told_as_of_a_day_and_as_known_on_it(app: Any) -> None:
    learner, officer, begun = a_locked_exam(), an_officer("Rui Officer"), now()
    day = today(learner.person.time_zone)
    with standing_at(begun + timedelta(days=5)):
        grant_attempts(learner.person, learner.version, reason=WHY, by=officer)
    with standing_at(begun + timedelta(days=6)):
        assert [standing(learner, on=day + timedelta(days=days)).judged.locked_on for days in (0, 4, 5, 6)] == [day, day, None, None]
        assert standing(learner, on=day + timedelta(days=6), known_at=begun + timedelta(days=4)).judged.locked_on == day
        assert standing(learner, on=day + timedelta(days=6), known_at=begun + timedelta(days=5)).judged.locked_on is None


@pytest.mark.parametrize("state", list(Standing))
def test_a_lock_hides_nothing_more_urgent_and_touches_nobody_in_order(state: Standing) -> None:
    day = today("UTC")
    judged = under_lock(Judgement(state), [(day, None)], on=day)
    shown_as_locked = {Standing.IN_GRACE, Standing.DUE_SOON, Standing.IN_PROGRESS, Standing.NOT_STARTED}
    assert (judged.state is Standing.LOCKED) == (state in shown_as_locked or state is Standing.LOCKED)
    assert under_lock(Judgement(state), [(day - timedelta(days=2), day)], on=day) == Judgement(state)


def test_a_new_version_opens_the_exam_for_everybody(app: Any) -> None:
    learner, trainer, officer = a_locked_exam(), a_trainer("Teo Trainer"), an_officer("Rui Officer")
    version = begin_next_version(learner.course, what_changed="Clearer questions.", by=trainer)
    submit_version(version, by=trainer)
    approve_version(version, in_force_from=tomorrow(), by=officer)
    assert locks()[0].lifted_at is None
    with standing_at(now() + timedelta(days=2)):
        put_due_versions_in_force()
    assert locks()[0].lifted_at is not None


def test_the_worklist_waits_for_trainers_and_compliance_and_not_for_oneself(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, officer = a_locked_exam(), an_officer("Rui Officer")
    sign_in(learner.person)
    assert "Open a locked exam" not in client.get("/home").get_data(as_text=True)
    sign_in(officer)
    waits = client.get("/home").get_data(as_text=True)
    assert "Open a locked exam" in waits and f"{learner.person.name}, {learner.course.title}" in waits
    page = client.get("/exam-locks").get_data(as_text=True)
    assert learner.person.name in page
    address = f"/exam-locks/{locks()[0].public_id}"
    refused = client.post(address, data={"attempts": "99", "reason": WHY})
    assert refused.status_code == 422 and WHY in refused.get_data(as_text=True)
    assert client.post(address, data={"attempts": "3", "reason": WHY}).status_code == 302
    assert "No exam is locked" in client.get("/exam-locks").get_data(as_text=True)
    assert WHY in client.get(address).get_data(as_text=True)
    assert "Open a locked exam" not in client.get("/home").get_data(as_text=True)


def test_ones_own_lock_is_not_there(client: Any, sign_in: Any) -> None:
    learner = a_locked_exam()
    lock = locks()[0].public_id
    session.add(RoleGrant(person_id=learner.person.id, role=Role.TRAINER))
    session.flush()
    sign_in(learner.person)
    assert client.get(f"/exam-locks/{lock}").status_code == 404
    assert client.post(f"/exam-locks/{lock}", data={"attempts": "1", "reason": WHY}).status_code == 404


def test_locks_that_were_missed_are_written_down_once(app: Any) -> None:
    a_locked_exam()
    session.delete(locks()[0])
    session.flush()
    for _ in range(2):
        lock_what_was_missed()
    assert len(locks()) == 1


def test_where_the_first_attempt_counts_the_others_are_practice(client: Any, sign_in: Any) -> None:
    learner = a_locked_exam(attempts_allowed=3, counting=Counting.FIRST)
    assert (start(learner).state, start(learner).is_practice) == (StartState.READY, True)
    assert standing(learner).judged.state is Standing.LOCKED
    _learner, practice = a_passed_exam(learner)
    assert practice.is_practice and practice.passed
    assert session.scalars(select(Completion)).first() is None
    sign_in(learner.person)
    page = client.get(f"/learning/{learner.course.public_id}").get_data(as_text=True)
    assert "What you do now is practice" in page and "Practice" in page
    grant_attempts(learner.person, learner.version, reason=WHY, by=an_officer("Rui Officer"))
    assert not start(learner).is_practice
    a_passed_exam(learner)
    assert session.scalars(select(Completion)).one()


def half_right(learner: Learner) -> Attempt:
    _learner, attempt = an_open_exam(learner)
    answers = right_answers(attempt)
    return hand_in(attempt, dict(list(answers.items())[:3]), sequence=1, by=learner.person)


@pytest.mark.parametrize("counting", [Counting.BEST, Counting.LAST])
def test_the_best_or_the_last_attempt_counts(app: Any, counting: Counting) -> None:
    learner = a_learner(terms=ExamTerms(item_count=6, attempts_allowed=3, counting=counting))
    half_right(learner)
    a_failed_exam(learner)
    attempts = attempts_of(learner.person, course_id=learner.course.id)
    assert counting_attempts(attempts) == {attempts[1 if counting is Counting.BEST else 0].id}


@pytest.mark.parametrize(("counting", "completed"), [(Counting.BEST, True), (Counting.LAST, False)])
def test_where_the_last_counts_an_earlier_one_regraded_completes_nothing(app: Any, counting: Counting, completed: bool) -> None:
    terms = ExamTerms(item_count=8, pass_mark=10, attempts_allowed=3, counting=counting)
    learner, officer = a_learner(terms=terms), an_officer("Rui Officer")
    _learner, first = an_open_exam(learner)
    item = next(item for item in drawn_items(first) if item.kind is ItemKind.SINGLE)
    wrong = next(option for option in item.options if not option.correct)
    first = hand_in(first, {str(item.public_id): [str(wrong.public_id)]}, sequence=1, by=learner.person)
    a_failed_exam(learner)
    found = get_item(item.public_id, viewer=officer)
    wanted = wanted_key(found, kind=CorrectionKind.KEY, right=[str(wrong.public_id)], number="", tolerance="")
    made = correct_key(found, wanted, keeps_passed=True, reason="The key was wrong.", by=officer)
    regrade_slice(made.id, after=0, sweep=1)
    assert first.passed is True
    assert (session.scalars(select(Completion)).first() is not None) == completed
