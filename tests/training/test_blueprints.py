"""Blueprints of exams: sections, what they draw, their own pass marks, penalties, and what is shown when."""

import re
from collections import Counter
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from core.clock import now, today
from core.errors import Invalid
from tests.training.situations import FEEDBACK, a_draft_course, a_failed_exam, a_learner, a_passed_exam, a_trainer, an_officer, an_open_exam, items
from tests.training.situations import right_answers as all_right
from training.catalogue import actions
from training.catalogue.actions import ExamTerms
from training.catalogue.models import CourseVersion, Shown
from training.catalogue.queries import get_version, latest_version
from training.exams.actions import hand_in
from training.exams.drawing import Drawable, Wanted, draw, drawn_sections, lacking
from training.exams.grading import Key
from training.exams.queries import drawn_items
from training.items.actions import write_item
from training.items.models import Difficulty, ItemKind
from training.regrading.actions import correct_key, regrade_slice, wanted_key
from training.regrading.marks import Correction, marks_for
from training.regrading.models import CorrectionKind
from training.regrading.queries import get_item
from training.sections.actions import DrawDraft, SectionDraft, drop_section, write_section
from training.sections.judging import Mark, sections_reached


def pool(*kinds: tuple[str, Difficulty], each: int = 4) -> list[Drawable]:
    return [Drawable(number, ItemKind.SINGLE, (), *kind) for number, kind in enumerate([one for one in kinds for _ in range(each)], start=1)]


E, M, H = Difficulty.EASY, Difficulty.MEDIUM, Difficulty.HARD
POOL = pool(("Fees", E), ("Fees", H), ("Risk", E), ("Risk", H))


def kinds(drawn: list[dict[str, Any]]) -> Counter[tuple[int | None, str, Difficulty]]:
    by_id = {item.id: item for item in POOL}
    return Counter((entry.get("section"), by_id[entry["item"]].tag, by_id[entry["item"]].difficulty) for entry in drawn)


def test_sections_draw_so_many_by_tag_and_difficulty_in_their_order() -> None:
    drawn = draw(POOL, [Wanted(2, 2, "fees", H), Wanted(2, 1, "Fees", E), Wanted(1, 3, "Risk")], seed=4)
    found = kinds(drawn)
    assert (found[2, "Fees", H], found[2, "Fees", E], found[1, "Risk", E] + found[1, "Risk", H]) == (2, 1, 3)
    assert [entry["section"] for entry in drawn] == [2, 2, 2, 1, 1, 1]
    assert len({entry["item"] for entry in drawn}) == 6


@pytest.mark.parametrize("seed", range(30))
def test_a_line_gives_up_what_only_another_line_can_take(seed: int) -> None:
    tight = [Wanted(1, 8, "Fees"), Wanted(1, 4, "", H), Wanted(2, 4, "", E)]
    assert not lacking(POOL, tight)
    assert len(draw(POOL, tight, seed=seed)) == 16


def test_what_the_pool_cannot_give_is_named() -> None:
    assert lacking(POOL, [Wanted(1, 5, "Fees", H)]) == [(Wanted(1, 5, "Fees", H), 4)]
    short = lacking(POOL, [Wanted(1, 8, "Fees"), Wanted(2, 1, "Fees", E)])
    assert sum(line.count - given for line, given in short) == 1


def test_a_retake_goes_through_the_pool_of_each_line_before_it_asks_again() -> None:
    wanted = [Wanted(1, 2, "Fees"), Wanted(2, 2, "", H)]
    seen: list[int] = []
    for number in range(4):
        drawn = [entry["item"] for entry in draw(POOL, wanted, seed=number, seen=seen)]
        assert len(drawn) == 4
        if number < 2:
            assert not set(drawn) & set(seen)
        seen += drawn
    assert max(Counter(seen).values()) <= 2


def test_every_section_with_a_mark_must_reach_it() -> None:
    marks = [Mark(1, Fraction(9), 10), Mark(2, Fraction(1), 4), Mark(None, Fraction(0), 3)]
    assert sections_reached(marks, {1: 90})
    assert not sections_reached(marks, {1: 90, 2: 50})
    assert sections_reached([Mark(2, Fraction(0), 0)], {2: 50, 3: 50})


NUMBER = Key(ItemKind.NUMERIC, 4, number="5")


@pytest.mark.parametrize(
    ("answer", "earned"), [({"number": "5"}, Fraction(4)), ({"number": "6"}, Fraction(-1)), ({"number": ""}, Fraction(0)), (None, Fraction(0))]
)
def test_a_wrong_answer_costs_the_penalty_and_an_empty_one_nothing(answer: dict[str, Any] | None, earned: Fraction) -> None:
    assert marks_for(NUMBER, None, answer, partial_credit=False, penalty_percent=25) == earned
    assert marks_for(NUMBER, Correction(CorrectionKind.TAKEN_OUT), answer, partial_credit=False, penalty_percent=25) == 0


def a_sectioned_draft(pass_mark: int | None = 50) -> tuple[CourseVersion, Any]:
    """Eight questions tagged Fees (four) and Risk (four), and a section for each."""
    trainer = a_trainer()
    version = a_draft_course(by=trainer, questions=0)
    for number, draft in enumerate(items(8)):
        write_item(version, None, type(draft)(**{**vars(draft), "tag": "Fees" if number < 4 else "Risk"}), by=trainer)
    for tag in ("Fees", "Risk"):
        write_section(version, None, SectionDraft(tag, [DrawDraft(3, tag)], pass_mark if tag == "Risk" else None), by=trainer)
    return get_version(version.public_id, viewer=trainer), trainer


def in_force(version: CourseVersion, trainer: Any) -> None:
    officer = an_officer()
    actions.submit_version(version, by=trainer)
    actions.approve_version(version, in_force_from=today(officer.time_zone), by=officer)


def a_sectioned_exam(*, miss: str, pass_mark: int | None = 50) -> tuple[Any, Any]:
    """An exam with a pass mark of 10 % and 50 % in Risk, handed in with everything right but one section left empty."""
    version, trainer = a_sectioned_draft(pass_mark)
    actions.set_exam_terms(version, ExamTerms(pass_mark=10), what_changed="", by=trainer)
    in_force(version, trainer)
    learner = a_learner()
    learner.course, learner.version = version.course, version
    learner, attempt = an_open_exam(learner)
    missed = {str(item.public_id) for item in drawn_items(attempt) if item.tag == miss}
    answers = {item: sent for item, sent in all_right(attempt).items() if item not in missed}
    return learner, hand_in(attempt, answers, sequence=1, by=learner.person)


def test_the_number_of_questions_follows_from_the_sections(app: Any) -> None:
    version, trainer = a_sectioned_draft()
    assert version.item_count == 6
    actions.set_exam_terms(version, ExamTerms(item_count=99), what_changed="", by=trainer)
    assert version.item_count == 6
    drop_section(version, version.sections[0], by=trainer)
    assert version.item_count == 3


def test_a_pool_too_small_is_refused_with_a_sentence_that_names_the_section(app: Any) -> None:
    version, trainer = a_sectioned_draft()
    write_section(version, None, SectionDraft("Hard cases", [DrawDraft(2, "Fees", H)]), by=trainer)
    with pytest.raises(Invalid, match=r"“Hard cases” draws 2 questions .Hard, Fees., but of those only 0 can be drawn\."):
        actions.submit_version(version, by=trainer)


@pytest.mark.parametrize(
    "draft", [SectionDraft("New", []), SectionDraft("fees", [DrawDraft(1)]), SectionDraft("Long", [DrawDraft(150), DrawDraft(45)])]
)
def test_sections_that_make_no_exam_are_refused(app: Any, draft: SectionDraft) -> None:
    version, trainer = a_sectioned_draft()
    with pytest.raises(Invalid):
        write_section(version, None, draft, by=trainer)


def test_the_next_version_begins_with_the_same_sections(app: Any) -> None:
    version, trainer = a_sectioned_draft()
    in_force(version, trainer)
    actions.begin_next_version(version.course, what_changed="New fees.", by=trainer)
    copied = latest_version(version.course)
    assert [(one.title, one.pass_mark, [(d.item_count, d.tag) for d in one.draws]) for one in copied.sections] == [
        ("Fees", None, [(3, "Fees")]),
        ("Risk", 50, [(3, "Risk")]),
    ]
    assert copied.item_count == 6


def test_the_whole_may_be_reached_and_a_section_not(app: Any, client: Any, sign_in: Any) -> None:
    learner, attempt = a_sectioned_exam(miss="Risk")
    assert attempt.percent is not None and attempt.percent > 10
    assert attempt.passed is False
    sign_in(learner.person)
    page = client.get(f"/exams/{attempt.public_id}/result").get_data(as_text=True)
    assert "Not reached" in page
    assert "Counts only in the whole" in page


def test_without_a_mark_of_its_own_a_section_fails_nobody(app: Any) -> None:
    assert a_sectioned_exam(miss="Risk", pass_mark=None)[1].passed is True
    assert a_sectioned_exam(miss="Fees")[1].passed is True


def test_grading_again_looks_at_the_sections_too(app: Any) -> None:
    _learner, attempt = a_sectioned_exam(miss="Risk", pass_mark=20)
    missed = next(item for item in drawn_items(attempt) if item.tag == "Risk" and item.kind is not ItemKind.NUMERIC)
    officer = an_officer("Rui Officer")
    item = get_item(missed.public_id, viewer=officer)
    correction = wanted_key(item, kind=CorrectionKind.FULL_CREDIT, right=[], number="", tolerance="")
    made = correct_key(item, correction, keeps_passed=True, reason="Two readings.", by=officer)
    regrade_slice(made.id, after=0, sweep=1)
    assert attempt.passed is True


def test_sections_are_drawn_one_after_the_other_and_named_on_the_page(client: Any, sign_in: Any) -> None:
    version, trainer = a_sectioned_draft()
    in_force(version, trainer)
    learner = a_learner()
    learner.course, learner.version = version.course, version
    learner, attempt = an_open_exam(learner)
    assert len(set(drawn_sections(attempt.drawn).values())) == 2
    sign_in(learner.person)
    page = client.get(f"/exams/{attempt.public_id}").get_data(as_text=True)
    assert page.count('class="exam-section"') == 2


def test_a_trainer_writes_sections_by_the_pages(client: Any, sign_in: Any) -> None:
    version, trainer = a_sectioned_draft()
    sign_in(trainer)
    address = f"/course-versions/{version.public_id}/sections"
    assert "Tags in use: Fees, Risk." in client.get(f"{address}/new").get_data(as_text=True)
    refused = client.post(f"{address}/new", data={"title": "Third", "draws-0-tag": "Fees"})
    assert refused.status_code == 422 and "Third" in refused.get_data(as_text=True)
    sent = {"title": "Third", "pass_mark": "60", "draws-0-item_count": "9", "draws-0-tag": "Fees", "draws-0-difficulty": "hard"}
    assert client.post(f"{address}/new", data=sent).status_code == 302
    page = client.get(f"/course-versions/{version.public_id}").get_data(as_text=True)
    assert "9 questions (Hard, Fees)" in page and "only 0 can be drawn" in page
    written = re.findall(r"/sections/([0-9a-f-]{36})/edit", page)[-1]
    assert 'value="60"' in client.get(f"{address}/{written}/edit").get_data(as_text=True)
    assert client.post(f"{address}/{written}/drop").status_code == 302
    assert client.get(f"{address}/{written}/edit").status_code == 404
    terms = client.get(f"/course-versions/{version.public_id}/terms").get_data(as_text=True)
    assert "how many questions are drawn: 6" in terms


SHOWING = ("score_shown", "correctness_shown", "answers_shown", "feedback_shown")


def hidden(value: Shown, **others: Any) -> ExamTerms:
    return ExamTerms(item_count=6, **{**dict.fromkeys(SHOWING, value), **others})


@pytest.mark.parametrize("value", [Shown.NEVER, Shown.CLOSED])
def test_what_is_not_to_be_shown_yet_does_not_leave_the_server(client: Any, sign_in: Any, value: Shown) -> None:
    learner, attempt = a_passed_exam(a_learner(terms=hidden(value)))
    sign_in(learner.person)
    page = client.get(f"/exams/{attempt.public_id}/result").get_data(as_text=True)
    assert "Passed" in page
    for text in (FEEDBACK, "Right answer:", "Questions right", "100\u00a0%", "badge-success"):
        assert text not in page
    if value is Shown.CLOSED:
        attempt.closes_at = now() - timedelta(seconds=1)
        page = client.get(f"/exams/{attempt.public_id}/result").get_data(as_text=True)
        assert FEEDBACK in page and "Questions right" in page


def test_everything_may_be_shown_at_once(client: Any, sign_in: Any) -> None:
    learner, attempt = a_failed_exam(a_learner(terms=hidden(Shown.AT_ONCE)))
    sign_in(learner.person)
    page = client.get(f"/exams/{attempt.public_id}/result").get_data(as_text=True)
    assert "Right answer:" in page and "Listen first" in page and FEEDBACK in page


def test_terms_are_written_by_the_page(client: Any, sign_in: Any) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer)
    sign_in(trainer)
    sent = {
        "pass_mark": "70", "minutes": "20", "item_count": "5", "attempts_allowed": "2", "cool_down_hours": "0", "penalty_percent": "25",
        "counting": "last", "score_shown": "closed", "correctness_shown": "never", "answers_shown": "never", "feedback_shown": "passed",
        "honour_statement": "I answer by myself.", "logs_focus": "y", "marks_may_differ": "1",
    }  # fmt: skip
    address = f"/course-versions/{version.public_id}/terms"
    assert client.post(address, data={**sent, "penalty_percent": "101"}).status_code == 422
    assert client.post(address, data=sent).status_code == 302
    page = client.get(f"/course-versions/{version.public_id}").get_data(as_text=True)
    for words in ("25 % of the points", "The last attempt", "After the exam has closed for everybody", "I answer by myself."):
        assert words in page
