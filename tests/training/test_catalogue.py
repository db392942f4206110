"""Courses and versions: written by one, approved by another, then never changed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.rights import Role
from tests.factories import make_person
from tests.training.situations import a_course, a_draft_course, a_trainer, an_officer, items
from training.catalogue import actions
from training.catalogue.actions import ExamTerms
from training.catalogue.models import Course, CourseVersion, VersionState
from training.catalogue.queries import find_version_in_force, get_version, latest_version
from training.items.actions import drop_item, write_item
from training.items.content import ItemDraft, OptionDraft, check
from training.items.models import ItemKind

COURSE = {
    "title": "Ethics",
    "code": "eth-1",
    "area": "ethics",
    "form": "e_learning",
    "duration_minutes": "45",
    "language": "pt_BR",
    "summary": "",
}


def fresh(version: CourseVersion) -> CourseVersion:
    return session.scalars(select(CourseVersion).where(CourseVersion.id == version.id).execution_options(populate_existing=True)).one()


def test_a_trainer_writes_a_course_from_title_to_review_and_an_officer_approves_it(client: Any, sign_in: Any) -> None:
    trainer, officer = a_trainer(), an_officer()
    sign_in(trainer)
    course_url = client.post("/courses/new", data=COURSE).location
    assert client.get(course_url).status_code == 200
    version = session.scalars(select(CourseVersion)).one()
    address = f"/course-versions/{version.public_id}"
    assert client.post(f"{address}/submit").status_code == 422
    client.post(f"{address}/modules/new", data={"title": "Gifts", "text": "# Gifts\n\n<script>alert(1)</script>"})
    options = {"options-0-text": "Yes", "options-0-correct": "y", "options-1-text": "No", "options-1-feedback": "Think again"}
    question = {"kind": "single", "text": "May I?", "points": "1", "tolerance": "0", "difficulty": "easy", "state": "approved"}
    saved = client.post(f"{address}/items/new", data={**question, **options})
    assert saved.status_code == 302
    terms = {"pass_mark": "70", "minutes": "20", "item_count": "1", "attempts_allowed": "3", "cool_down_hours": "0"}
    shown = dict.fromkeys(("score_shown", "correctness_shown", "answers_shown", "feedback_shown"), "passed")
    terms |= {"penalty_percent": "0", "counting": "best", "marks_may_differ": "1", **shown}
    assert client.post(f"{address}/terms", data=terms).status_code == 302
    page = client.get(address).get_data(as_text=True)
    assert "<script>alert" not in page
    assert client.get(f"{address}/modules/new").status_code == 200
    assert client.get(f"{address}/terms").status_code == 200
    item = latest_version(session.scalars(select(Course)).one()).items[0].public_id
    assert "Think again" in client.get(f"{address}/items/{item}/edit").get_data(as_text=True)
    assert client.post(f"{address}/submit").status_code == 302
    assert client.post(f"{address}/approve", data={"approve-in_force_from": today("America/Sao_Paulo").isoformat()}).status_code == 403
    sign_in(officer)
    assert "Approve" in client.get(address).get_data(as_text=True)
    assert client.post(f"{address}/approve", data={"approve-in_force_from": "2020-01-01"}).status_code == 422
    assert client.post(f"{address}/approve", data={"approve-in_force_from": today("America/Sao_Paulo").isoformat()}).status_code == 302
    assert fresh(version).state is VersionState.IN_FORCE
    assert client.get("/courses?area=ethics&words=eth").status_code == 200


def test_whoever_wrote_in_a_version_cannot_approve_it(app: Any) -> None:
    officer = an_officer()
    version = a_draft_course(by=officer)
    actions.submit_version(version, by=officer)
    with pytest.raises(NotAllowed):
        actions.approve_version(version, in_force_from=today(officer.time_zone), by=officer)


def test_an_approved_version_never_changes(app: Any) -> None:
    _course, version = a_course()
    trainer = a_trainer("Ugo Trainer")
    whole = latest_version(version.course)
    for act in (
        lambda: actions.write_module(whole, None, title="More", text="More", by=trainer),
        lambda: actions.write_module(whole, whole.modules[0], title="Other", text="Other", by=trainer),
        lambda: actions.drop_module(whole, whole.modules[0], by=trainer),
        lambda: write_item(whole, whole.items[0], items(1)[0], by=trainer),
        lambda: drop_item(whole, whole.items[0], by=trainer),
        lambda: actions.set_exam_terms(whole, ExamTerms(pass_mark=1), what_changed="", by=trainer),
        lambda: actions.submit_version(whole, by=trainer),
    ):
        with pytest.raises(WrongState):
            act()


def test_the_next_version_copies_the_last_and_takes_its_place_when_its_day_comes(app: Any) -> None:
    course, first = a_course()
    trainer, officer = a_trainer("Ugo Trainer"), an_officer("Rui Officer")
    second = actions.begin_next_version(course, what_changed="Article 10 is new.", by=trainer)
    copied = get_version(second.public_id, viewer=trainer)
    assert [item.lineage for item in copied.items] == [item.lineage for item in latest_version_number(course, 1).items]
    with pytest.raises(WrongState):
        actions.begin_next_version(course, what_changed="Again", by=trainer)
    actions.submit_version(copied, by=trainer)
    day = today(officer.time_zone)
    actions.approve_version(copied, in_force_from=day + timedelta(days=3), by=officer)
    now_in_force = find_version_in_force(course, on=day)
    later_in_force = find_version_in_force(course, on=day + timedelta(days=3))
    assert (now_in_force, later_in_force) == (first, second)
    assert fresh(second).state is VersionState.APPROVED


def latest_version_number(course: Course, number: int) -> CourseVersion:
    found = session.scalars(select(CourseVersion).where(CourseVersion.course_id == course.id, CourseVersion.number == number)).one()
    return get_version(found.public_id, viewer=a_trainer("Vera Reader"))


def test_a_version_goes_back_to_its_authors_with_a_reason(client: Any, sign_in: Any) -> None:
    trainer, officer = a_trainer(), an_officer()
    version = a_draft_course(by=trainer)
    actions.submit_version(version, by=trainer)
    sign_in(officer)
    address = f"/course-versions/{version.public_id}"
    assert client.post(f"{address}/return", data={"return-reason": ""}).status_code == 422
    assert client.post(f"{address}/return", data={"return-reason": "Question 3 is ambiguous."}).status_code == 302
    assert "Question 3 is ambiguous." in client.get(address).get_data(as_text=True)


@pytest.mark.parametrize(
    "draft",
    [
        ItemDraft(ItemKind.NUMERIC, "How much?"),
        ItemDraft(ItemKind.NUMERIC, "How much?", answer="5", tolerance="-1"),
        ItemDraft(ItemKind.SINGLE, "Which?", options=[OptionDraft("A", True)]),
        ItemDraft(ItemKind.SINGLE, "Which?", options=[OptionDraft("A"), OptionDraft("B")]),
        ItemDraft(ItemKind.SINGLE, "Which?", options=[OptionDraft("A", True), OptionDraft("B", True)]),
        ItemDraft(ItemKind.SINGLE, "Which?", options=[OptionDraft("A", True), OptionDraft("a")]),
        ItemDraft(ItemKind.MULTIPLE, "Which?", options=[OptionDraft("A"), OptionDraft("B")]),
        ItemDraft(ItemKind.TRUE_FALSE, "Is it?", options=[OptionDraft("A", True), OptionDraft("B"), OptionDraft("C")]),
    ],
)
def test_a_question_that_cannot_be_graded_is_refused(app: Any, draft: ItemDraft) -> None:
    with pytest.raises(Invalid):
        check(draft)


def test_drafts_and_keys_are_not_there_for_those_who_learn(client: Any, sign_in: Any) -> None:
    version = a_draft_course(by=a_trainer())
    course, address, learning = (
        f"/{place}"
        for place in (f"courses/{version.course.public_id}", f"course-versions/{version.public_id}", f"learning/{version.course.public_id}")
    )
    title = version.course.title
    sign_in(make_person("Nina Rocha", roles=(Role.NEW_HIRE,)))
    assert [client.get(path).status_code for path in (course, address, learning)] == [404, 404, 404]
    assert title not in client.get("/courses").get_data(as_text=True)


def test_fields_that_are_not_in_the_form_change_nothing(client: Any, sign_in: Any) -> None:
    trainer = a_trainer()
    sign_in(trainer)
    client.post("/courses/new", data={**COURSE, "state": "in_force", "approved_by_id": str(trainer.id), "number": "9", "pass_mark": "1", "id": "77"})
    version = session.scalars(select(CourseVersion)).one()
    assert (version.state, version.number, version.pass_mark, version.approved_by_id) == (VersionState.DRAFT, 1, 80, None)
