"""A key corrected after people sat the exam: what is foreseen happens, with a trace, and completions and certificates follow."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from core.audit.models import AuditEvent
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.mail.models import OutgoingMail
from core.people.actions import grant_role
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.training.situations import (
    Learner,
    a_draft_course,
    a_learner,
    a_trainer,
    an_officer,
    an_open_exam,
    read_everything,
    right_answers,
)
from training.catalogue.actions import ExamTerms, begin_next_version
from training.catalogue.queries import get_version
from training.certificates.models import Certificate, CertificateState
from training.exams.actions import hand_in, start_attempt
from training.exams.models import Attempt
from training.exams.queries import drawn_items
from training.items.models import Item, ItemKind, ItemState
from training.regrading import actions
from training.regrading.actions import correct_key, foresee
from training.regrading.marks import Correction
from training.regrading.models import CorrectionKind, Regrade, RegradeOutcome
from training.regrading.queries import get_item
from training.requirements.models import Completion

TERMS = ExamTerms(item_count=8, pass_mark=90)


def fresh(attempt: Attempt) -> Attempt:
    return session.scalars(select(Attempt).where(Attempt.id == attempt.id).execution_options(populate_existing=True)).one()


def standing(attempt: Attempt) -> tuple[Fraction, int, bool | None]:
    now_ = fresh(attempt)
    return Fraction(now_.earned), now_.possible, now_.passed


def an_exam(*, wrong: ItemKind | None, answered: bool = True) -> tuple[Learner, Attempt, Item]:
    """An exam in which the first item of a kind was answered with the options (or number) the key calls wrong."""
    learner, attempt = an_open_exam(a_learner(terms=TERMS))
    answers = right_answers(attempt)
    chosen = next(item for item in drawn_items(attempt) if item.kind is (wrong or ItemKind.SINGLE))
    if wrong is ItemKind.NUMERIC:
        answers[str(chosen.public_id)] = ["12"]
    elif wrong is not None:
        answers[str(chosen.public_id)] = [str(option.public_id) for option in chosen.options if not option.correct][:1]
    if not answered:
        del answers[str(chosen.public_id)]
    attempt = hand_in(attempt, answers, sequence=1, by=learner.person)
    session.commit()
    return learner, attempt, get_item(chosen.public_id, viewer=an_officer("Otto Reis"))


def options(item: Item, *, correct: bool) -> list[int]:
    return sorted(option.id for option in again(item).options if option.correct is correct)


def again(item: Item) -> Item:
    return get_item(item.public_id, viewer=an_officer("Otto Reis"))


def count(model: Any) -> int:
    return session.scalars(select(func.count()).select_from(model)).one()


def test_a_corrected_key_lets_somebody_pass_with_completion_certificate_mail_and_trace(app: Any, run_jobs: Any) -> None:
    _learner, attempt, item = an_exam(wrong=ItemKind.SINGLE)
    assert standing(attempt) == (10, 12, False)
    wanted = Correction(CorrectionKind.KEY, {"right": options(item, correct=False)[:1]})
    foreseen = foresee(item, wanted, keeps_passed=True)
    assert (foreseen.asked, foreseen.outcomes[RegradeOutcome.NOW_PASSED]) == (1, 1)
    assert standing(attempt) == (10, 12, False)
    correct_key(item, wanted, keeps_passed=True, reason="The second answer is the right one.", by=an_officer("Olavo Dias"))
    session.commit()
    run_jobs()
    assert standing(attempt) == (12, 12, True)
    completion = session.scalars(select(Completion)).one()
    assert completion.attempt_id == attempt.id
    assert session.scalars(select(Certificate)).one().completion_id == completion.id
    trace = session.scalars(select(Regrade)).one()
    assert (trace.old_earned, trace.new_earned, trace.outcome) == ("10", "12", RegradeOutcome.NOW_PASSED)
    names = session.scalars(select(AuditEvent.name).order_by(AuditEvent.id)).all()
    assert names.count("training.key.corrected") == names.count("training.attempt.regraded") == 1
    assert "result_changed" in session.scalars(select(OutgoingMail.name).order_by(OutgoingMail.id)).all()


@pytest.mark.parametrize("keeps", [True, False])
def test_who_falls_below_the_mark_keeps_the_pass_or_loses_completion_and_certificate(app: Any, run_jobs: Any, keeps: bool) -> None:
    _learner, attempt, item = an_exam(wrong=None)
    run_jobs()
    wanted = Correction(CorrectionKind.KEY, {"right": options(item, correct=False)[:1]})
    correct_key(again(item), wanted, keeps_passed=keeps, reason="The key was wrong.", by=an_officer("Olavo Dias"))
    session.commit()
    run_jobs()
    assert standing(attempt) == (10, 12, keeps)
    completion = session.scalars(select(Completion).execution_options(populate_existing=True)).one()
    certificate = session.scalars(select(Certificate).execution_options(populate_existing=True)).one()
    assert (completion.superseded_at is None) is keeps
    assert certificate.state is (CertificateState.ISSUED if keeps else CertificateState.REVOKED)
    assert session.scalars(select(Regrade)).one().outcome is (RegradeOutcome.KEPT if keeps else RegradeOutcome.NOW_FAILED)


def test_a_pass_lost_to_a_correction_comes_back_with_the_next_one(app: Any, run_jobs: Any) -> None:
    _learner, attempt, item = an_exam(wrong=None)
    run_jobs()
    for right in (options(item, correct=False)[:1], options(item, correct=True)):
        wanted = Correction(CorrectionKind.KEY, {"right": right})
        correct_key(again(item), wanted, keeps_passed=False, reason="Looked at again.", by=an_officer("Olavo Dias"))
        session.commit()
        run_jobs()
    assert standing(attempt) == (12, 12, True)
    counting = session.scalars(select(Completion).where(Completion.superseded_at.is_(None))).all()
    assert [completion.attempt_id for completion in counting] == [attempt.id]
    assert count(Completion) == 2


def test_everybody_gets_the_points_also_who_answered_nothing(app: Any, run_jobs: Any) -> None:
    _learner, attempt, item = an_exam(wrong=None, answered=False)
    assert standing(attempt) == (10, 12, False)
    correct_key(item, Correction(CorrectionKind.FULL_CREDIT), keeps_passed=True, reason="Nobody could know.", by=an_officer("Olavo Dias"))
    session.commit()
    run_jobs()
    assert standing(attempt) == (12, 12, True)


def test_a_question_taken_out_counts_for_nobody(app: Any, run_jobs: Any) -> None:
    _learner, attempt, item = an_exam(wrong=ItemKind.NUMERIC)
    assert standing(attempt) == (11, 12, True)
    correct_key(item, Correction(CorrectionKind.TAKEN_OUT), keeps_passed=True, reason="The figure has changed.", by=an_officer("Olavo Dias"))
    session.commit()
    run_jobs()
    assert standing(attempt) == (11, 11, True)


def test_grading_again_twice_changes_nothing_more(app: Any, run_jobs: Any) -> None:
    _learner, attempt, item = an_exam(wrong=ItemKind.SINGLE)
    wanted = Correction(CorrectionKind.FULL_CREDIT)
    made = correct_key(item, wanted, keeps_passed=True, reason="Both are right.", by=an_officer("Olavo Dias"))
    session.commit()
    run_jobs()
    actions.regrade_slice(made.id, after=0, sweep=1)
    session.commit()
    run_jobs()
    assert standing(attempt) == (12, 12, True)
    assert count(Regrade) == count(Completion) == 1


def test_many_attempts_are_graded_again_slice_by_slice(app: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    first, attempt, item = an_exam(wrong=ItemKind.SINGLE)
    read_everything(first)
    second = start_attempt(first.version, by=first.person)
    hand_in(second, {}, sequence=1, by=first.person)
    session.commit()
    made = correct_key(again(item), Correction(CorrectionKind.FULL_CREDIT), keeps_passed=True, reason="Both.", by=an_officer("Olavo Dias"))
    session.commit()
    run_jobs()
    assert standing(attempt)[0] == 12
    assert standing(second)[0] == 2
    session.refresh(made)
    assert made.finished_at is not None


def test_an_exam_that_was_open_meanwhile_is_graded_by_the_corrected_key(app: Any, run_jobs: Any) -> None:
    learner, attempt = an_open_exam(a_learner(terms=TERMS))
    item = next(item for item in drawn_items(attempt) if item.kind is ItemKind.SINGLE)
    officer = an_officer("Olavo Dias")
    found = get_item(item.public_id, viewer=officer)
    correct_key(found, Correction(CorrectionKind.TAKEN_OUT), keeps_passed=True, reason="Out.", by=officer)
    session.commit()
    run_jobs()
    hand_in(attempt, right_answers(attempt), sequence=1, by=learner.person)
    session.commit()
    assert standing(attempt) == (10, 10, True)


def test_a_faulty_question_is_not_drawn_again(app: Any, run_jobs: Any) -> None:
    learner = a_learner(terms=ExamTerms(item_count=7))
    officer = an_officer("Olavo Dias")
    item_id = session.scalars(select(Item.public_id).where(Item.version_id == learner.version.id).order_by(Item.id).limit(1)).one()
    item = get_item(item_id, viewer=officer)
    correct_key(item, Correction(CorrectionKind.TAKEN_OUT), keeps_passed=True, reason="Out.", by=officer)
    read_everything(learner)
    attempt = start_attempt(learner.version, by=learner.person)
    assert item.id not in {entry["item"] for entry in attempt.drawn}


def test_several_answers_are_each_right_where_one_is_asked_for(app: Any, run_jobs: Any) -> None:
    _learner, attempt, item = an_exam(wrong=ItemKind.SINGLE)
    both = sorted([*options(item, correct=True), *options(item, correct=False)[:1]])
    correct_key(item, Correction(CorrectionKind.KEY, {"right": both}), keeps_passed=True, reason="Two are right.", by=an_officer("Olavo Dias"))
    session.commit()
    run_jobs()
    assert standing(attempt) == (12, 12, True)


@pytest.mark.parametrize("kind", [CorrectionKind.KEY, CorrectionKind.TAKEN_OUT])
def test_the_next_version_begins_with_the_key_that_holds_and_a_faulty_question_as_a_draft(app: Any, kind: CorrectionKind) -> None:
    learner, _attempt, item = an_exam(wrong=ItemKind.SINGLE)
    (first, *_others), texts = options(item, correct=False), {option.id: option.text for option in item.options}
    wanted = Correction(kind, {"right": [first]} if kind is CorrectionKind.KEY else {})
    officer = an_officer("Olavo Dias")
    correct_key(item, wanted, keeps_passed=True, reason="The key was wrong.", by=officer)
    version = begin_next_version(learner.course, what_changed="A key", by=officer)
    copied = next(one for one in get_version(version.public_id, viewer=officer).items if one.lineage == item.lineage)
    if kind is CorrectionKind.KEY:
        assert ([option.text for option in copied.options if option.correct], copied.state) == ([texts[first]], ItemState.APPROVED)
    else:
        assert copied.state is ItemState.DRAFT


def test_who_answered_the_question_does_not_correct_it_nor_does_a_trainer(app: Any) -> None:
    learner, _attempt, item = an_exam(wrong=ItemKind.SINGLE)
    wanted = Correction(CorrectionKind.FULL_CREDIT)
    with pytest.raises(NotAllowed):
        correct_key(item, wanted, keeps_passed=True, reason="So.", by=a_trainer("Tito Braga"))
    grant_role(get_person_by_key(learner.person.id), Role.COMPLIANCE, by=None)
    session.flush()
    session.expire(learner.person)
    with pytest.raises(NotAllowed, match="your own"):
        correct_key(item, wanted, keeps_passed=True, reason="So.", by=get_person_by_key(learner.person.id))


def test_who_is_asked_the_question_in_an_open_exam_does_not_correct_it(app: Any) -> None:
    learner, attempt = an_open_exam(a_learner(terms=TERMS))
    item = get_item(drawn_items(attempt)[0].public_id, viewer=an_officer("Otto Reis"))
    grant_role(get_person_by_key(learner.person.id), Role.COMPLIANCE, by=None)
    session.flush()
    session.expire(learner.person)
    with pytest.raises(NotAllowed, match="your own"):
        correct_key(item, Correction(CorrectionKind.TAKEN_OUT), keeps_passed=True, reason="So.", by=get_person_by_key(learner.person.id))


def test_the_last_question_cannot_be_taken_out(app: Any) -> None:
    learner = a_learner(terms=ExamTerms(item_count=1), questions=1)
    officer = an_officer("Olavo Dias")
    item_id = session.scalars(select(Item.public_id).where(Item.version_id == learner.version.id)).one()
    with pytest.raises(Invalid, match="last question"):
        correct_key(get_item(item_id, viewer=officer), Correction(CorrectionKind.TAKEN_OUT), keeps_passed=True, reason="So.", by=officer)


def test_no_certificate_is_printed_for_a_completion_taken_back_before_its_turn(app: Any, run_jobs: Any) -> None:
    _learner, attempt, item = an_exam(wrong=None)
    wanted = Correction(CorrectionKind.KEY, {"right": options(item, correct=False)[:1]})
    made = correct_key(again(item), wanted, keeps_passed=False, reason="The key was wrong.", by=an_officer("Olavo Dias"))
    actions.regrade_slice(made.id, after=0, sweep=1)  # before the job that prints the certificate
    run_jobs()
    assert standing(attempt)[2] is False
    assert count(Certificate) == 0


def test_looking_again_for_an_earlier_correction_leaves_what_a_later_one_said(app: Any, run_jobs: Any) -> None:
    _learner, attempt, item = an_exam(wrong=None)
    wrong_now = Correction(CorrectionKind.KEY, {"right": options(item, correct=False)[:1]})
    for wanted in (Correction(CorrectionKind.FULL_CREDIT), wrong_now):
        correct_key(again(item), wanted, keeps_passed=False, reason="Looked at again.", by=an_officer("Olavo Dias"))
        session.commit()
        run_jobs()
    assert standing(attempt) == (10, 12, False)
    with time_machine.travel(now() + timedelta(minutes=3), tick=False):
        run_jobs()
        run_jobs()
    assert standing(attempt) == (10, 12, False)


def test_a_correction_needs_a_reason_a_change_and_the_one_before_to_be_done(app: Any) -> None:
    _learner, _attempt, item = an_exam(wrong=ItemKind.SINGLE)
    officer = an_officer("Olavo Dias")
    with pytest.raises(Invalid):
        correct_key(item, Correction(CorrectionKind.FULL_CREDIT), keeps_passed=True, reason=" ", by=officer)
    correct_key(item, Correction(CorrectionKind.FULL_CREDIT), keeps_passed=True, reason="So.", by=officer)
    with pytest.raises(WrongState):
        correct_key(item, Correction(CorrectionKind.TAKEN_OUT), keeps_passed=True, reason="So.", by=officer)


def test_the_officer_sees_what_changes_before_correcting_and_the_learner_reads_why(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, attempt, item = an_exam(wrong=ItemKind.SINGLE)
    officer = an_officer("Olavo Dias")
    session.commit()
    sign_in(officer)
    address = f"/exam-corrections/items/{item.public_id}/correct"
    version = client.get(f"/course-versions/{learner.version.public_id}").get_data(as_text=True)
    assert address in version
    assert client.get(address).status_code == 200
    sent = {"kind": "full_credit", "keeps_passed": "y", "reason": "Two answers were right."}
    preview = client.post(address, data=sent).get_data(as_text=True)
    assert "Passed now: 1" in preview
    assert standing(attempt) == (10, 12, False)
    made = client.post(address, data={**sent, "confirm": "1"})
    assert made.status_code == 302
    run_jobs()
    shown = client.get(made.location).get_data(as_text=True)
    assert "Passed now: 1" in shown
    assert learner.person.name in shown
    assert client.get("/exam-corrections").status_code == 200
    evidence = client.get(f"/compliance/people/{learner.person.public_id}").get_data(as_text=True)
    assert "graded again, was 83.3" in evidence
    assert client.last_statements <= 12
    sign_in(learner.person)
    assert "Two answers were right." in client.get(f"/exams/{attempt.public_id}/result").get_data(as_text=True)


def test_the_key_of_a_version_that_was_never_in_force_is_changed_in_the_draft(client: Any, sign_in: Any) -> None:
    version = a_draft_course(by=a_trainer())
    officer = an_officer()
    item = get_item(version.items[0].public_id, viewer=officer)
    with pytest.raises(NotAllowed):
        correct_key(item, Correction(CorrectionKind.FULL_CREDIT), keeps_passed=True, reason="So.", by=officer)
