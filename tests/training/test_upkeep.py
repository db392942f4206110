"""The upkeep of courses: what they answer to, who answers for them, and what stays when they go."""

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import today
from core.db import session
from core.documents.models import IssuedDocument
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.queries import find_employment, get_person, get_person_by_key
from core.people.rights import Role
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_course, a_draft_course, a_learner, a_passed_exam, a_trainer, an_officer, read_everything
from training.catalogue.clauses import ARTICLE, Clause, in_one_line, take_apart
from training.catalogue.models import Course, CourseClause
from training.public import waiting_for
from training.requirements.actions import end_rule
from training.upkeep import actions

COURSE = {"title": "Ethics", "code": "eth-1", "area": "ethics", "form": "e_learning", "duration_minutes": "45", "language": "en", "summary": ""}


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Circular BCB 3.978/2020, art. 9", [Clause("Circular BCB 3.978/2020", "art. 9")]),
        ("Lei 13.709/2018 (LGPD), arts. 46 a 49; Resolução CVM 50", [Clause("Lei 13.709/2018 (LGPD)", "arts. 46 a 49"), Clause("Resolução CVM 50")]),
        ("21 CFR 11, section 10(a)\n21 CFR 11, section 10(a)", [Clause("21 CFR 11", "section 10(a)")]),
        ("FINRA Rule 1240", [Clause("FINRA", "Rule 1240")]),
        ("Código de ética", [Clause("Código de ética")]),
        (" ; , ", []),
        ("art. 5", [Clause("art. 5")]),
    ],
)
def test_what_was_written_in_one_line_is_taken_apart(text: str, clauses: list[Clause]) -> None:
    assert list(take_apart(text)) == clauses


def test_the_upgrade_reads_what_was_free_text_as_the_form_does() -> None:
    upgrade = import_module("migrations.versions.0027_courses_and_their_versions")
    assert upgrade.ARTICLE.pattern == ARTICLE.pattern and upgrade.ARTICLE.flags == ARTICLE.flags


def test_a_course_answers_to_several_regulations_and_is_found_by_each(client: Any, sign_in: Any) -> None:
    sign_in(a_trainer())
    clauses = {"clauses-0-regulation": "LGPD", "clauses-0-article": "art. 46", "clauses-1-regulation": "Circular BCB 3.978/2020"}
    address = client.post("/courses/new", data={**COURSE, **clauses}).location
    course = session.scalars(select(Course)).one()
    assert course.regulation == "LGPD, art. 46; Circular BCB 3.978/2020"
    for wanted in ("LGPD", "LGPD, art. 46", "Circular BCB 3.978/2020"):
        assert "Ethics</a>" in client.get("/courses", query_string={"regulation": wanted}).get_data(as_text=True)
    for wanted in ({"regulation": "LGPD, art. 47"}, {"form": "classroom"}, {"language": "pt_BR"}, {"archived": "1"}):
        assert "Ethics</a>" not in client.get("/courses", query_string=wanted).get_data(as_text=True)
    assert "art. 46" in client.get(address).get_data(as_text=True)
    edit = f"/courses/{course.public_id}/describe"
    assert 'value="art. 46"' in client.get(edit).get_data(as_text=True)
    refused = client.post(edit, data={**COURSE, "clauses-0-article": "art. 1"})
    assert refused.status_code == 422 and "Say of which regulation" in refused.get_data(as_text=True)
    assert client.post(edit, data={**COURSE, **clauses, "clauses-1-regulation": ""}).status_code == 302
    assert list(session.scalars(select(CourseClause.article))) == ["art. 46"]
    assert in_one_line([Clause("LGPD", "art. 46")]) == session.scalars(select(Course.regulation)).one()


def test_a_course_whose_owner_has_left_waits_for_another(app: Any, client: Any, sign_in: Any) -> None:
    course, _version = a_course()
    owner, heir, officer = course_owner(course), make_person("Helena Dias", roles=(Role.TRAINER,)), an_officer("Rui Officer")
    day = today(officer.time_zone)
    make_employment(owner, starts_on=day - timedelta(days=90))
    make_employment(heir, starts_on=day - timedelta(days=90))
    assert not waits_for_owner(app, officer, day)
    employment = find_employment(owner, on=day)
    assert employment is not None
    employment.end_with(day - timedelta(days=1))
    session.flush()
    waits = waits_for_owner(app, officer, day)
    assert [owner.name in about for about in waits] == [True]
    sign_in(officer)
    assert "has left" in client.get(f"/courses/{course.public_id}").get_data(as_text=True)
    address = f"/courses/{course.public_id}/owner"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"owner": "Nobody Atall", "reason": "left"}).status_code == 422
    assert client.post(address, data={"owner": owner.name, "reason": "left"}).status_code == 422
    assert client.post(address, data={"owner": heir.name, "reason": ""}).status_code == 422
    assert client.post(address, data={"owner": heir.name, "reason": "Tania has left."}).status_code == 302
    assert heir.name in client.get(f"/courses/{course.public_id}").get_data(as_text=True)
    assert not waits_for_owner(app, get_person(officer.public_id), day)
    with pytest.raises(Invalid):
        actions.hand_over(course, owner=heir, reason="again", by=get_person(officer.public_id))
    with pytest.raises(NotAllowed):
        actions.hand_over(course, owner=owner, reason="mine", by=make_person("Nina Rocha", roles=(Role.NEW_HIRE,)))


def waits_for_owner(app: Any, person: Person, day: date) -> list[str]:
    with app.test_request_context():
        return [one.about for one in waiting_for(person, on=day) if "owner" in one.title]


def course_owner(course: Course) -> Any:
    assert course.owner_id is not None
    return get_person_by_key(course.owner_id)


def without_rule(learner: Learner) -> Any:
    officer = an_officer("Rui Officer")
    end_rule(learner.rule, last_day=date(2020, 1, 2), reason="No longer asked.", by=officer)
    return officer


def test_a_course_that_a_rule_asks_for_is_not_archived(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    sign_in(an_officer("Rui Officer"))
    answer = client.post(f"/courses/{learner.course.public_id}/archive", data={"reason": "Old"})
    assert answer.status_code == 409 and f"Rule {learner.rule.number} asks" in answer.get_data(as_text=True)


def test_nobody_begins_an_archived_course_and_who_is_in_it_finishes(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    read_everything(learner)
    module = learner.version.modules[0].public_id
    late = make_person("Luis Late", roles=(Role.NEW_HIRE,))
    sign_in(without_rule(learner))
    address = f"/courses/{learner.course.public_id}"
    assert client.get(f"{address}/archive").status_code == 200
    assert client.post(f"{address}/archive", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/delete", data={"reason": "Old"}).status_code == 409
    assert client.post(f"{address}/archive", data={"reason": "Replaced by another."}).status_code == 302
    assert client.post(f"{address}/archive", data={"reason": "Again"}).status_code == 409
    assert learner.course.title not in client.get("/courses").get_data(as_text=True)
    assert learner.course.title in client.get("/courses?archived=1").get_data(as_text=True)
    assert client.get(f"{address}/versions/new").status_code == 200
    assert client.post(f"{address}/versions/new", data={"what_changed": "More"}).status_code == 409
    sign_in(late)
    assert learner.course.title not in client.get("/courses").get_data(as_text=True)
    assert client.post(f"/learning/{learner.course.public_id}/modules/{module}").status_code == 409
    assert client.post(f"/exams/start/{learner.course.public_id}").status_code == 409
    sign_in(learner.person)
    assert client.post(f"/exams/start/{learner.course.public_id}").status_code == 302
    sign_in(an_officer("Olga Again"))
    assert client.post(f"{address}/restore").status_code == 302
    assert client.post(f"{address}/restore").status_code == 409


def test_the_certificate_of_a_deleted_course_still_verifies_and_shows(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, attempt = a_passed_exam()
    run_jobs()
    officer = without_rule(learner)
    actions.archive(learner.course, reason="Old", by=officer)
    actions.delete(learner.course, reason="Old", by=officer)
    with pytest.raises(WrongState):
        actions.restore(learner.course, by=officer)
    sign_in(officer)
    address, version = f"/courses/{learner.course.public_id}", f"/course-versions/{learner.version.public_id}"
    for path in (address, f"{address}/describe", f"{address}/delete", version, f"{version}/terms", f"/learning/{learner.course.public_id}"):
        assert client.get(path).status_code == 404
    for path in ("/courses", "/courses?archived=1"):
        assert learner.course.title not in client.get(path).get_data(as_text=True)
    assert client.get(f"/compliance/people/{learner.person.public_id}").status_code == 200
    code = session.scalars(select(IssuedDocument.code)).first()
    verified = client.get(f"/verify/{code}")
    assert verified.status_code == 200 and learner.course.title in verified.get_data(as_text=True)
    sign_in(learner.person)
    assert learner.course.title in client.get("/learning").get_data(as_text=True)
    assert client.get(f"/exams/{attempt.public_id}/result").status_code == 200


def test_others_neither_archive_nor_delete(client: Any, sign_in: Any) -> None:
    version = a_draft_course(by=a_trainer())
    with pytest.raises(NotAllowed):
        actions.archive(version.course, reason="Old", by=make_person("Nina Rocha", roles=(Role.AUDITOR,)))
