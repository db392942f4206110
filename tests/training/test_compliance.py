"""Certificates and compliance: as of any day, the same people on page and in export, and evidence for each cell."""

import csv
import re
import subprocess
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from core.clock import today
from core.db import db, session
from core.people.models import Person
from core.people.rights import Role
from core.web.spreadsheets import defused
from tests.factories import make_employment, make_person
from tests.training.situations import a_course, a_learner, a_passed_exam, an_officer
from training.certificates.actions import issue_certificate
from training.certificates.models import Certificate
from training.completions.queries import get_completion_by_key
from training.requirements.actions import write_draft
from training.requirements.drafts import RuleDraft
from training.requirements.models import Completion

ZONE = "America/Sao_Paulo"


def certified(run_jobs: Any) -> tuple[Any, Certificate]:
    learner, _attempt = a_passed_exam()
    session.commit()
    run_jobs()
    return learner, session.scalars(select(Certificate)).one()


def test_passing_issues_one_certificate_by_mail(app: Any, run_jobs: Any, mailbox: Any) -> None:
    learner, certificate = certified(run_jobs)
    issue_certificate(get_completion_by_key(certificate.completion_id))
    run_jobs()
    assert session.scalars(select(func.count()).select_from(Certificate)).one() == 1
    mails = [mail for mail in mailbox.to(learner.person) if mail.name == "certificate_issued"]
    assert len(mails) == 1
    assert learner.course.title in mails[0].subject


def test_the_certificate_is_a_tagged_pdf_that_says_who_what_and_the_code(client: Any, sign_in: Any, run_jobs: Any, tmp_path: Path) -> None:
    learner, certificate = certified(run_jobs)
    name, title, address = learner.person.name, learner.course.title, f"/certificates/{certificate.public_id}/certificate.pdf"
    code = session.scalars(select(Certificate)).one() and re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", _code(certificate))
    assert code is not None
    sign_in(learner.person)
    first, second = client.get(address), client.get(address)
    assert first.data == second.data
    path = tmp_path / "certificate.pdf"
    path.write_bytes(first.data)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout
    assert name in text
    assert title in text
    assert code[0] in text
    assert "100" in text
    facts = subprocess.run(["pdfinfo", path], capture_output=True, check=True, text=True).stdout
    assert re.search(r"Tagged:\s+yes", facts)
    assert re.search(r"Pages:\s+1\n", facts)
    assert re.search(r"Page size:\s+841\.\d+ x 595\.\d+", facts)


def _code(certificate: Certificate) -> str:
    from core.documents.models import IssuedDocument

    return session.scalars(select(IssuedDocument.code).where(IssuedDocument.id == certificate.document_id)).one()


def test_anothers_certificate_is_not_there_but_is_for_compliance(client: Any, sign_in: Any, run_jobs: Any) -> None:
    _learner, certificate = certified(run_jobs)
    address = f"/certificates/{certificate.public_id}/certificate.pdf"
    sign_in(make_person("Eva Stranger", roles=(Role.NEW_HIRE,)))
    assert client.get(address).status_code == 404
    sign_in(an_officer("Rui Officer"))
    assert client.get(address).status_code == 200


def test_anyone_sees_valid_and_after_revoking_revoked_with_the_reason(client: Any, sign_in: Any, sign_out: Any, run_jobs: Any) -> None:
    learner, certificate = certified(run_jobs)
    person, code = learner.person.public_id, _code(certificate)
    revoke = f"/certificates/{certificate.public_id}/revoke"
    assert "valid" in client.get(f"/verify/{code}").get_data(as_text=True).lower()
    sign_in(an_officer("Rui Officer"))
    assert client.get(revoke).status_code == 200
    assert client.post(revoke, data={"reason": ""}).status_code == 422
    assert client.post(revoke, data={"reason": "Somebody else sat the exam."}).status_code == 302
    assert client.post(revoke, data={"reason": "Again"}).status_code == 409
    evidence = client.get(f"/compliance/people/{person}").get_data(as_text=True)
    assert "no longer counts" in evidence
    sign_out()
    page = client.get(f"/verify/{code}").get_data(as_text=True)
    assert "Somebody else sat the exam." in page


@pytest.mark.parametrize("role", [Role.NEW_HIRE, Role.AUDITOR, Role.TRAINER])
def test_only_compliance_revokes(client: Any, sign_in: Any, run_jobs: Any, role: Role) -> None:
    _learner, certificate = certified(run_jobs)
    address = f"/certificates/{certificate.public_id}/revoke"
    sign_in(make_person("Eva Other", roles=(role,)))
    assert client.post(address, data={"reason": "Because"}).status_code == 403


def test_as_of_today_compliant_and_as_of_the_day_before_not_yet(client: Any, sign_in: Any, run_jobs: Any) -> None:
    day = today(ZONE)
    learner = a_learner(starts_on=day - timedelta(days=3))
    a_passed_exam(learner)
    person = learner.person.public_id
    session.commit()
    run_jobs()
    sign_in(an_officer("Rui Officer"))
    before, after = (
        client.get(f"/compliance/people/{person}?as_of={on.isoformat()}").get_data(as_text=True) for on in (day - timedelta(days=1), day)
    )
    assert "Compliant" in after
    assert "Compliant" not in before
    assert "not yet begun" in before
    assert "Required because: rule 1" in before
    assert "100.0" in after or "100" in after
    matrix = [client.get(f"/compliance?as_of={on.isoformat()}").get_data(as_text=True) for on in (day - timedelta(days=1), day)]
    assert ["standing-success" in text for text in matrix] == [False, True]


def exported(client: Any, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/compliance/export.csv{query}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def test_page_and_export_show_the_same_people_under_every_filter(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    boss = make_person("Bia Boss", roles=(Role.MANAGER,))
    mine = make_person("Mia Mine")
    employment = make_employment(mine, job_role=learner.job_role, manager=boss, starts_on=today(ZONE))
    ids = {"department": session.get_one(type(employment), employment.id).department_id}
    department = session.execute(
        select(db.metadata.tables["core_department"].c.public_id).where(db.metadata.tables["core_department"].c.id == ids["department"])
    ).scalar_one()
    names, manager = {learner.person.name, mine.name}, boss.public_id
    sign_in(an_officer("Rui Officer"))
    for query, expected in (
        ("", names),
        (f"?department={department}", {"Mia Mine"}),
        (f"?manager={manager}", {"Mia Mine"}),
        ("?words=mia", {"Mia Mine"}),
        ("?state=overdue", set()),
        ("?state=not_started", names),
        ("?department=junk", set()),
    ):
        page = client.get(f"/compliance{query}").get_data(as_text=True)
        assert {name for name in names if name in page} == expected
        assert {row["Person"] for row in exported(client, query)} == expected


def test_a_manager_sees_their_own_team_and_nobody_else(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    boss = make_person("Bia Boss", roles=(Role.MANAGER,))
    mine = make_person("Mia Mine")
    make_employment(mine, job_role=learner.job_role, manager=boss, starts_on=today(ZONE))
    addresses = [f"/compliance/people/{person.public_id}" for person in (mine, learner.person)]
    sign_in(boss)
    assert {row["Person"] for row in exported(client)} == {"Mia Mine"}
    assert learner.person.name not in client.get("/compliance").get_data(as_text=True)
    assert [client.get(address).status_code for address in addresses] == [200, 404]


def test_compliance_is_not_for_everybody(client: Any, sign_in: Any) -> None:
    sign_in(make_person("Nina Rocha", roles=(Role.NEW_HIRE,)))
    assert [client.get(path).status_code for path in ("/compliance", "/compliance/export.csv")] == [403, 403]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "\r=1"])
def test_cells_that_could_be_formulas_are_defused(cell: str) -> None:
    assert defused(cell).startswith("'")
    assert defused("O'Brien <3") == "O'Brien <3"


def statements(client: Any, path: str) -> int:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    session.commit()
    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_pages_cost_at_most_twelve_statements_whatever_the_number_of_people(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, _certificate = certified(run_jobs)
    person, course = learner.person.public_id, learner.course.public_id
    officer = an_officer("Rui Officer")
    make_employment(officer, job_role=learner.job_role, starts_on=today(ZONE))
    sign_in(officer)
    paths = ("/compliance", f"/compliance/people/{person}", "/learning", f"/learning/{course}", "/courses", "/training-rules")
    few = {path: statements(client, path) for path in paths}
    role = session.scalars(select(Person).where(Person.id == officer.id)).one() and learner.job_role
    for number in range(12):
        make_employment(make_person(f"Person {number}"), job_role=role, starts_on=today(ZONE))
    many = {path: statements(client, path) for path in paths}
    assert many == few
    assert max(many.values()) <= 12, many


def test_a_completion_withdrawn_and_earned_again_gives_a_second_certificate(app: Any, run_jobs: Any) -> None:
    learner, _certificate = certified(run_jobs)
    a_passed_exam(learner)
    session.commit()
    run_jobs()
    assert session.scalars(select(func.count()).select_from(Completion)).one() == 2
    assert session.scalars(select(func.count()).select_from(Certificate)).one() == 2


def test_of_many_requirements_what_is_in_order_is_a_line_with_its_evidence_a_step_away(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner = a_learner(starts_on=today(ZONE) - timedelta(days=3))
    a_passed_exam(learner)
    for number in range(8):
        write_draft(RuleDraft(a_course(title=f"Course {number}")[0], None, 5, 12, today(ZONE) - timedelta(days=40)), by=None)
    person = learner.person.public_id
    session.commit()
    run_jobs()
    sign_in(an_officer("Rui Officer"))
    address = f"/compliance/people/{person}"
    folded = client.get(address).text
    assert "Show the evidence" in folded and "Attempts at the exam of" not in folded and "Course 7" in folded
    number = re.search(r"rule=(\d+)#rule-", folded)
    assert number is not None
    for question in (f"?rule={number[1]}", "?show=all"):
        assert "Attempts at the exam of" in client.get(address + question).text
    assert re.search(rf"/compliance/people/{person}[?][^\"]*rule={number[1]}#rule-{number[1]}\"", client.get("/compliance").text)
