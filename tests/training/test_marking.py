"""Essays and files marked by hand: sitting, being marked, blind, double, settled, amended, and what follows once the last mark is in."""

from datetime import datetime, timedelta
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from core.audit.models import AuditEvent
from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from core.mail.models import OutgoingMail
from core.people.actions import grant_role
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.factories import make_person
from tests.training.hand_marked import (
    BEST,
    HALF,
    PDF,
    WORST,
    a_handed_in_exam,
    a_marked_course,
    a_marker,
    a_writer,
    answers_of,
    give,
    the_script,
    who_answers_for,
)
from tests.training.situations import Learner, a_trainer, an_officer, read_everything
from training.appeals.actions import file_appeal, settled_at
from training.appeals.policy import may_appeal
from training.catalogue.models import Course, CourseVersion
from training.catalogue.queries import find_version_in_force
from training.certificates.models import Certificate, CertificateState
from training.evidence.gathering import gather
from training.evidence.wanted import EvidenceFilter, Question
from training.exams.actions import close_attempt, hand_in, start_attempt, start_of
from training.exams.models import Attempt, AttemptState
from training.exams.policy import StartState
from training.exams.queries import attempts_of, drawn_items, get_attempt
from training.items.models import ItemKind
from training.marking.actions import answer_proposal, send_mark
from training.marking.amending import amend_mark
from training.marking.judging import Sheet
from training.marking.models import Mark, MarkAmendment, Script, ScriptState
from training.marking.queries import get_script, to_mark, worklist_page
from training.public import may_wait, waiting_for
from training.regrading.actions import correct_key
from training.regrading.marks import Correction
from training.regrading.models import CorrectionKind, RegradeOutcome
from training.regrading.queries import get_item
from training.requirements.models import Completion

pytestmark = pytest.mark.usefixtures("app")


def count(model: Any) -> int:
    return session.scalars(select(func.count()).select_from(model)).one()


def fresh(attempt: Attempt) -> Attempt:
    return session.scalars(select(Attempt).where(Attempt.id == attempt.id).execution_options(populate_existing=True)).one()


def start_state(learner: Learner) -> StartState:
    version = version_of(learner)
    return start_of(learner.person, version, read=[module.id for module in version.modules], attempts=attempts_of(learner.person)).state


def version_of(learner: Learner) -> CourseVersion:
    return in_force(learner.course.id)


def in_force(course_id: int) -> CourseVersion:
    found = find_version_in_force(session.get_one(Course, course_id), on=today("America/Sao_Paulo"))
    assert found is not None
    return found


def state_of(script: Script) -> ScriptState:
    return session.scalars(select(Script.state).where(Script.id == script.id)).one()


def test_an_exam_with_an_essay_is_neither_passed_nor_failed_until_it_is_marked() -> None:
    learner, attempt = a_handed_in_exam()
    assert (attempt.state, attempt.passed, attempt.percent) == (AttemptState.BEING_MARKED, None, None)
    assert (Fraction(attempt.earned), attempt.possible) == (6, 14)  # what marks itself is kept
    assert count(Completion) == 0
    assert start_state(learner) is StartState.BEING_MARKED
    with pytest.raises(WrongState, match="being marked"):
        start_attempt(version_of(learner), by=learner.person)


@pytest.mark.parametrize(("levels", "passed"), [(BEST, True), (WORST, False)])
def test_the_last_mark_grades_the_exam_as_any_other(run_jobs: Any, levels: tuple[int, int], passed: bool) -> None:
    learner, attempt = a_handed_in_exam()
    give(the_script(attempt), levels, by=a_marker(), note="Well put.")
    graded = fresh(attempt)
    assert (graded.state, graded.passed) == (AttemptState.SUBMITTED, passed)
    assert graded.graded_at is not None
    assert Fraction(graded.earned) == (14 if passed else 6)
    run_jobs()
    assert count(Completion) == count(Certificate) == int(passed)
    assert "exam_marked" in session.scalars(select(OutgoingMail.name).order_by(OutgoingMail.id)).all()
    names = set(session.scalars(select(AuditEvent.name).order_by(AuditEvent.id)))
    assert {"training.attempt.to_be_marked", "training.mark.sent", "training.script.marked", "training.attempt.graded"} <= names
    assert start_state(learner) is StartState.READY


def test_the_mail_is_in_the_language_of_who_sat_the_exam() -> None:
    _learner, attempt = a_handed_in_exam(locale="pt_BR")
    give(the_script(attempt), BEST, by=a_marker())
    mail = session.scalars(select(OutgoingMail).where(OutgoingMail.name == "exam_marked")).one()
    assert "foi corrigid" in mail.subject


def test_an_essay_left_empty_needs_no_mark() -> None:
    learner = a_writer(a_marked_course())
    read_everything(learner)
    attempt = start_attempt(learner.version, by=learner.person)
    handed_in = hand_in(attempt, answers_of(attempt, essay=""), sequence=1, by=learner.person)
    assert (handed_in.state, handed_in.passed, Fraction(handed_in.earned)) == (AttemptState.SUBMITTED, False, 6)
    assert count(Script) == 0


def test_handing_in_twice_sets_one_answer_out() -> None:
    learner, attempt = a_handed_in_exam()
    hand_in(attempt, {}, sequence=9, by=learner.person)
    close_attempt(attempt.id)
    assert count(Script) == 1


def test_the_database_holds_that_what_is_being_marked_has_not_passed() -> None:
    _learner, attempt = a_handed_in_exam()
    with pytest.raises(IntegrityError, match="submitted_is_graded"):
        session.execute(text("UPDATE training_attempt SET passed = true WHERE id = :id"), {"id": attempt.id})


def test_nobody_marks_their_own_answer_nor_without_the_right(client: Any, sign_in: Any) -> None:
    learner, attempt = a_handed_in_exam()
    script = the_script(attempt)
    grant_role(learner.person, Role.TRAINER, by=None)
    session.flush()
    session.expire(learner.person)
    own = get_person_by_key(learner.person.id)
    assert not worklist_page(own, course_id=None, number=1).rows
    assert not to_mark(own)
    with pytest.raises(NotFound):
        get_script(script.public_id, viewer=own)
    sign_in(own)
    for way in ("", "/file"):
        assert client.get(f"/marking/{script.public_id}{way}").status_code == 404
    assert client.post(f"/marking/{script.public_id}", data={"level-0": "2", "level-1": "1"}).status_code == 404
    whole = get_script(script.public_id, viewer=a_marker())
    with pytest.raises(NotAllowed):
        send_mark(whole, Sheet(BEST, ("", "")), comment="", by=get_person_by_key(learner.person.id))


def test_only_who_answers_for_the_course_and_compliance_mark_its_exams(app: Any, client: Any, sign_in: Any) -> None:
    _learner, attempt = a_handed_in_exam(with_file=True)
    script, file, stranger = the_script(attempt), the_script(attempt, ItemKind.FILE), a_trainer("Tito Braga")
    whole = get_script(script.public_id, viewer=a_marker())
    with pytest.raises(NotAllowed, match="who answers for the course"):
        send_mark(whole, Sheet(BEST, ("", "")), comment="", by=stranger)
    assert not worklist_page(stranger, course_id=None, number=1).rows and not to_mark(stranger)
    with app.test_request_context():
        assert not [thing for thing in waiting_for(stranger, on=today("America/Sao_Paulo")) if "Mark" in thing.title]
    sign_in(stranger)
    for address in (f"/marking/{script.public_id}", f"/marking/{file.public_id}/file"):
        assert client.get(address).status_code == 404
    assert client.post(f"/marking/{script.public_id}", data={"level-0": "2", "level-1": "1"}).status_code == 404
    give(script, BEST, by=who_answers_for(attempt))
    assert state_of(script) is ScriptState.MARKED
    for viewer, shown in ((stranger, False), (who_answers_for(attempt), True), (a_marker(), True)):
        sign_in(get_person_by_key(viewer.id))
        assert (str(script.public_id) in client.get("/marking/marked").get_data(as_text=True)) is shown


def test_who_marks_sees_neither_name_nor_attempt(client: Any, sign_in: Any) -> None:
    learner, attempt = a_handed_in_exam(with_file=True)
    script, file = the_script(attempt), the_script(attempt, ItemKind.FILE)
    sign_in(who_answers_for(attempt))
    for address in ("/marking", f"/marking/{script.public_id}", f"/marking/{file.public_id}"):
        shown = client.get(address).get_data(as_text=True)
        for secret in (learner.person.name, "nina", learner.person.email, str(learner.person.public_id), str(attempt.public_id)):
            assert secret.lower() not in shown.lower()
    sent = client.get(f"/marking/{file.public_id}/file")
    assert sent.data == PDF
    assert "nina" not in str(sent.headers).lower()
    assert "filename=answer.pdf" in sent.headers["Content-Disposition"]


def test_the_rubric_never_reaches_who_sits_the_exam(client: Any, sign_in: Any) -> None:
    learner = a_writer(a_marked_course(with_file=True))
    read_everything(learner)
    attempt = start_attempt(learner.version, by=learner.person)
    sign_in(learner.person)
    paper = client.get(f"/exams/{attempt.public_id}").get_data(as_text=True)
    for secret in ("canary-guidance", "Names the risk", "names it in part"):
        assert secret not in paper
    assert "3 to 200 words" in paper


def test_essay_and_file_are_sat_without_javascript(client: Any, sign_in: Any) -> None:
    learner = a_writer(a_marked_course(with_file=True))
    read_everything(learner)
    attempt = start_attempt(learner.version, by=learner.person)
    items = {item.kind: str(item.public_id) for item in drawn_items(attempt)}
    essay, file = items[ItemKind.ESSAY], items[ItemKind.FILE]
    address = f"/exams/{attempt.public_id}"
    sign_in(learner.person)
    typed = {"sequence": "1", f"item-{essay}": "I stop and ask."}
    wrong = client.post(f"{address}/answers", data={**typed, f"upload-{file}": (BytesIO(b"MZ not a document"), "x.pdf")})
    assert wrong.status_code == 422
    assert "not of a kind accepted here" in wrong.get_data(as_text=True)
    assert "I stop and ask." in client.get(address).get_data(as_text=True)  # what else was sent is kept
    assert client.post(f"{address}/answers", data={**typed, "sequence": "2", f"upload-{file}": (BytesIO(PDF), "first.pdf")}).status_code == 302
    again = client.post(f"{address}/answers", data={**typed, "sequence": "3", f"upload-{file}": (BytesIO(PDF + b"\n"), "second.pdf")})
    assert again.status_code == 302
    assert "second.pdf" in client.get(address).get_data(as_text=True)
    assert client.get(f"{address}/files/{file}").data == PDF + b"\n"
    saved = client.post(f"{address}/answers", json={"sequence": 4, "answers": {file: [], essay: ["I stop, ask and note it."]}})
    assert saved.json["answered"] == 2  # a save never takes the file away
    assert client.post(f"{address}/submit", data={"sequence": "5", f"item-{essay}": "I stop, ask and note it."}).status_code == 302
    result = client.get(f"{address}/result").get_data(as_text=True)
    assert "Being marked" in result
    assert "neither passed nor failed" in result
    assert client.post(f"{address}/answers", data={"sequence": "6", f"upload-{file}": (BytesIO(PDF), "late.pdf")}).status_code == 409


def test_a_file_for_a_question_that_asks_for_none_is_refused(client: Any, sign_in: Any) -> None:
    learner = a_writer(a_marked_course(with_file=True))
    read_everything(learner)
    attempt = start_attempt(learner.version, by=learner.person)
    essay = next(item for item in drawn_items(attempt) if item.kind is ItemKind.ESSAY)
    sign_in(learner.person)
    address = f"/exams/{attempt.public_id}"
    assert client.post(f"{address}/answers", data={"sequence": "1", f"upload-{essay.public_id}": (BytesIO(PDF), "a.pdf")}).status_code == 422
    sign_in(make_person("Rui Dias", roles=(Role.NEW_HIRE,)))
    assert client.post(f"{address}/answers", data={"sequence": "1"}).status_code == 404
    assert client.get(f"{address}/files/{essay.public_id}").status_code == 404


def test_two_people_mark_blind_and_close_marks_count_with_their_mean(client: Any, sign_in: Any) -> None:
    _learner, attempt = a_handed_in_exam(double=True)
    script, first, second = the_script(attempt), a_marker("Ada Nunes"), a_marker("Beto Luz")
    give(script, BEST, by=first, note="canary-note")
    assert state_of(script) is ScriptState.OPEN
    with pytest.raises(WrongState, match="waits for another"):
        give(script, BEST, by=first)
    assert not worklist_page(first, course_id=None, number=1).rows
    sign_in(second)
    assert "canary-note" not in client.get(f"/marking/{script.public_id}").get_data(as_text=True)
    second = get_person_by_key(second.id)
    give(script, (1, 1), by=second)  # 6 beside 8: within 2 points
    assert fresh(attempt).passed is True
    assert session.scalars(select(Script.earned).where(Script.id == script.id)).one() == "7"
    sign_in(second)
    assert "canary-note" in client.get(f"/marking/{script.public_id}").get_data(as_text=True)


def test_a_third_person_settles_marks_that_differ_without_seeing_them(client: Any, sign_in: Any) -> None:
    _learner, attempt = a_handed_in_exam(double=True)
    script, first, second, third = the_script(attempt), a_marker("Ada Nunes"), a_marker("Beto Luz"), a_marker("Caio Reis")
    give(script, BEST, by=first, note="canary-note")
    give(script, WORST, by=second)
    assert state_of(script) is ScriptState.DIFFERING
    assert fresh(attempt).state is AttemptState.BEING_MARKED
    assert [waiting.count for waiting in to_mark(third)] == [1]
    sign_in(third)
    assert "canary-note" not in client.get(f"/marking/{script.public_id}").get_data(as_text=True)
    sign_in(get_person_by_key(second.id))
    assert "canary-note" in client.get(f"/marking/{script.public_id}").get_data(as_text=True)
    give(script, HALF, by=third)
    assert Fraction(fresh(attempt).earned) == 8
    assert fresh(attempt).passed is False


def test_two_who_differ_agree_on_a_mark_with_a_reason() -> None:
    _learner, attempt = a_handed_in_exam(double=True)
    script, first, second = the_script(attempt), a_marker("Ada Nunes"), a_marker("Beto Luz")
    give(script, BEST, by=first)
    give(script, WORST, by=second)
    with pytest.raises(Invalid, match="why the two"):
        give(script, BEST, by=second)
    give(script, HALF, by=second, comment="Both readings hold in part.")
    with pytest.raises(NotAllowed, match="other of the two"):
        answer_proposal(get_script(script.public_id, viewer=second), agrees=True, by=second)
    first = get_person_by_key(first.id)
    answer_proposal(get_script(script.public_id, viewer=first), agrees=False, by=first)
    assert state_of(script) is ScriptState.DIFFERING
    give(script, BEST, by=first, comment="We read it again together.")
    second = get_person_by_key(second.id)
    answer_proposal(get_script(script.public_id, viewer=second), agrees=True, by=second)
    assert (fresh(attempt).passed, Fraction(fresh(attempt).earned)) == (True, 14)
    with pytest.raises(WrongState, match="no mark to agree"):
        answer_proposal(get_script(script.public_id, viewer=second), agrees=True, by=second)


def test_a_mark_needs_a_level_for_every_criterion(client: Any, sign_in: Any) -> None:
    _learner, attempt = a_handed_in_exam()
    script = the_script(attempt)
    sign_in(a_marker())
    address = f"/marking/{script.public_id}"
    for levels in ({}, {"level-0": "2"}, {"level-0": "2", "level-1": "7"}, {"level-0": "-1", "level-1": "0"}, {"level-0": "²", "level-1": "0"}):
        refused = client.post(address, data={**levels, "note-0": "Typed already", "comment": "Kept"})
        assert refused.status_code == 422
        assert "Choose a level for every criterion" in refused.get_data(as_text=True)
        assert "Typed already" in refused.get_data(as_text=True)
    assert count(Mark) == 0
    sent = client.post(address, data={"level-0": "2", "level-1": "1", "points": "99", "earned": "99"})
    assert sent.status_code == 302
    assert Fraction(fresh(attempt).earned) == 14
    assert client.post(address, data={"level-0": "0", "level-1": "0"}).status_code == 409


def test_the_worklist_leads_from_one_answer_to_the_next(app: Any, client: Any, sign_in: Any) -> None:
    version = a_marked_course()
    _one, first = a_handed_in_exam(version=version)
    _two, second = a_handed_in_exam(version=version, name="Rui Dias")
    trainer = who_answers_for(first)
    with app.test_request_context():
        waiting = [thing for thing in waiting_for(trainer, on=today("America/Sao_Paulo")) if "Mark 2 answers" in thing.title]
    assert len(waiting) == 1
    assert "marking" in may_wait(trainer)
    sign_in(trainer)
    assert client.get(waiting[0].url).status_code == 200
    sent = client.post(f"/marking/{the_script(first).public_id}", data={"level-0": "2", "level-1": "1"})
    assert sent.location.endswith(str(the_script(second).public_id))
    sent = client.post(sent.location, data={"level-0": "2", "level-1": "1"})
    assert sent.location.endswith("/marking")
    assert "Nothing waits for your mark" in client.get("/marking").get_data(as_text=True)
    assert client.get("/marking/marked").status_code == 200


def test_who_sat_the_exam_reads_levels_and_notes_once_it_is_marked(client: Any, sign_in: Any) -> None:
    learner, attempt = a_handed_in_exam(with_file=True)
    trainer = a_marker()
    give(the_script(attempt), BEST, by=trainer, note="canary-note")
    sign_in(learner.person)
    address = f"/exams/{attempt.public_id}/result"
    assert "canary-note" not in client.get(address).get_data(as_text=True)  # the file waits still
    give(the_script(attempt, ItemKind.FILE), BEST, by=get_person_by_key(trainer.id))
    shown = client.get(address).get_data(as_text=True)
    assert "canary-note" in shown
    assert "names and explains it" in shown
    assert trainer.name not in shown
    assert "nina-rocha.pdf" in shown


def test_an_amended_mark_judges_the_exam_again_and_what_hangs_on_it_follows(run_jobs: Any, client: Any, sign_in: Any) -> None:
    learner, attempt = a_handed_in_exam()
    script = the_script(attempt)
    give(script, BEST, by=a_marker())
    run_jobs()
    officer = an_officer()
    seen = get_script(script.public_id, viewer=officer).version
    with pytest.raises(NotAllowed):
        trainer = who_answers_for(attempt)
        amend_mark(get_script(script.public_id, viewer=trainer), Sheet(WORST, ("", "")), seen=seen, reason="x", keeps_passed=False, by=trainer)
    with pytest.raises(Invalid, match="Say why"):
        amend_mark(get_script(script.public_id, viewer=officer), Sheet(WORST, ("", "")), seen=seen, reason=" ", keeps_passed=False, by=officer)
    with pytest.raises(Invalid, match="worth the same"):
        amend_mark(get_script(script.public_id, viewer=officer), Sheet(BEST, ("", "")), seen=seen, reason="x", keeps_passed=False, by=officer)
    made = amend_mark(
        get_script(script.public_id, viewer=officer), Sheet(WORST, ("", "")), seen=seen, reason="Copied from the web.", keeps_passed=False, by=officer
    )
    assert made.outcome is RegradeOutcome.NOW_FAILED
    assert (fresh(attempt).passed, Fraction(fresh(attempt).earned)) == (False, 6)
    assert session.scalars(select(Certificate.state)).one() is CertificateState.REVOKED
    with pytest.raises(Conflict):
        amend_mark(get_script(script.public_id, viewer=officer), Sheet(BEST, ("", "")), seen=seen, reason="x", keeps_passed=False, by=officer)
    sign_in(learner.person)
    assert "Copied from the web." in client.get(f"/exams/{attempt.public_id}/result").get_data(as_text=True)
    officer = get_person_by_key(officer.id)
    sign_in(officer)
    address = f"/marking/{script.public_id}/amend"
    assert client.get(address).status_code == 200
    stale = client.post(address, data={"seen": str(seen), "level-0": "2", "level-1": "1", "reason": "It was her own.", "keeps_passed": "y"})
    assert stale.status_code in (409, 422)
    assert "It was her own." in stale.get_data(as_text=True)
    now_seen = get_script(script.public_id, viewer=get_person_by_key(officer.id)).version
    done = client.post(address, data={"seen": str(now_seen), "level-0": "2", "level-1": "1", "reason": "It was her own."})
    assert done.status_code == 302
    assert fresh(attempt).passed is True
    assert count(MarkAmendment) == 2
    assert "mark_amended" in session.scalars(select(OutgoingMail.name).order_by(OutgoingMail.id)).all()


def test_a_mark_amended_while_other_answers_wait_counts_when_the_exam_is_graded() -> None:
    _learner, attempt = a_handed_in_exam(with_file=True)
    script, trainer, officer = the_script(attempt), a_marker(), an_officer()
    give(script, WORST, by=trainer)
    found = get_script(script.public_id, viewer=officer)
    amend_mark(found, Sheet(BEST, ("", "")), seen=found.version, reason="Misread.", keeps_passed=True, by=officer)
    assert fresh(attempt).state is AttemptState.BEING_MARKED
    give(the_script(attempt, ItemKind.FILE), BEST, by=trainer)
    assert Fraction(fresh(attempt).earned) == 22


def test_a_question_corrected_for_everybody_while_it_waits_needs_its_mark_no_more_than_for_the_record() -> None:
    _learner, attempt = a_handed_in_exam()
    script, officer = the_script(attempt), an_officer()
    correct_key(
        get_item(script.item.public_id, viewer=officer), Correction(CorrectionKind.FULL_CREDIT), keeps_passed=True, reason="Unclear.", by=officer
    )
    give(script, WORST, by=a_marker())
    assert (fresh(attempt).passed, Fraction(fresh(attempt).earned)) == (True, 14)
    found = get_script(script.public_id, viewer=officer)
    with pytest.raises(Invalid, match="no longer count"):
        amend_mark(found, Sheet(BEST, ("", "")), seen=found.version, reason="x", keeps_passed=True, by=officer)


def test_an_appeal_may_be_made_within_the_time_from_the_mark_on() -> None:
    learner, attempt = a_handed_in_exam()
    script = the_script(attempt).public_id
    assert not may_appeal(learner.person, attempt, since=settled_at(attempt), at=now())  # there is no result yet
    trainer = a_marker()
    with time_machine.travel(now() + timedelta(days=45), tick=False):
        give(get_script(script, viewer=get_person_by_key(trainer.id)), WORST, by=trainer)
        marked = fresh(attempt)
        assert may_appeal(get_person_by_key(learner.person.id), marked, since=settled_at(marked), at=now() + timedelta(days=29))


def test_pages_of_marking_cost_the_same_for_two_answers_and_for_twelve(client: Any, sign_in: Any) -> None:
    course = a_marked_course(double=True).course_id
    for number in range(2):
        a_handed_in_exam(version=in_force(course), name=f"Writer {number}")
    trainer = a_marker()
    sign_in(trainer)
    assert client.get("/marking").status_code == 200
    few = client.last_statements
    for number in range(2, 12):
        a_handed_in_exam(version=in_force(course), name=f"Writer {number}")
    sign_in(get_person_by_key(trainer.id))
    assert client.get("/marking").status_code == 200
    assert client.last_statements <= few <= 12


def test_an_appeal_shows_how_an_essay_was_marked_and_compliance_finds_its_way_to_amending(client: Any, sign_in: Any) -> None:
    learner, attempt = a_handed_in_exam(with_file=True)
    for kind in (ItemKind.ESSAY, ItemKind.FILE):
        give(the_script(attempt, kind), HALF, by=a_marker(f"Trainer {kind}"), note="canary-note")
    attempt_id, person_id = attempt.public_id, learner.person.public_id
    appeal = file_appeal(get_attempt(attempt_id, viewer=learner.person), None, text="I named the step.", by=learner.person).public_id
    trainer, officer = a_trainer("Tito Braga"), an_officer("Olga Dias")
    sign_in(trainer)
    shown = client.get(f"/exam-appeals/{appeal}").get_data(as_text=True)
    assert "canary-note" in shown
    assert f"/marking/attempts/{attempt_id}" not in shown
    sign_in(officer)
    assert f"/marking/attempts/{attempt_id}" in client.get(f"/exam-appeals/{appeal}").get_data(as_text=True)
    assert f"/marking/attempts/{attempt_id}" in client.get(f"/compliance/people/{person_id}").get_data(as_text=True)
    assert "Amend the mark" in client.get(f"/marking/attempts/{attempt_id}").get_data(as_text=True)


def test_whose_answers_wait_is_told_to_nobody(client: Any, sign_in: Any) -> None:
    _learner, attempt = a_handed_in_exam()
    sign_in(an_officer("Olga Dias"))
    assert client.get(f"/marking/attempts/{attempt.public_id}").status_code == 404


def test_evidence_tells_the_result_only_as_far_as_it_was_known() -> None:
    learner, attempt = a_handed_in_exam()
    script, person, course = the_script(attempt), learner.person.id, learner.course.id
    trainer, officer, handed_in = a_marker(), an_officer(), now()

    def known(at: datetime) -> tuple[Any, Any]:
        (fact,) = gather([person], Question(EvidenceFilter(), at.date() - timedelta(days=9), at.date(), None, at)).attempts[person, course]
        return fact.passed, fact.score

    with time_machine.travel(handed_in + timedelta(days=2), tick=False):
        give(get_script(script.public_id, viewer=trainer), BEST, by=trainer)
    with time_machine.travel(handed_in + timedelta(days=4), tick=False):
        found = get_script(script.public_id, viewer=officer)
        amend_mark(found, Sheet(WORST, ("", "")), seen=found.version, reason="Copied.", keeps_passed=False, by=officer)
    assert known(handed_in + timedelta(days=1)) == (None, None)
    assert known(handed_in + timedelta(days=3)) == (True, 100)
    passed, score = known(handed_in + timedelta(days=5))
    assert (passed, round(score)) == (False, 43)
