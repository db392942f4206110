"""The optional survey: answered once by a link from the mail, kept apart from the person, shown in groups of five or more."""

import csv
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.clock import standing_at
from core.db import session
from core.people.models import Department, JobRole, Person
from core.people.rights import Role
from hiring.applications.actions import decline_application
from hiring.applications.models import Application, DeclineReason
from hiring.applications.queries import get_application
from hiring.fairness.counting import count_groups, keep_counts
from hiring.fairness.groups import Outcome, tally
from hiring.fairness.periods import Period
from hiring.survey.actions import forget_response, keep_response
from hiring.survey.models import SurveyResponse
from tests.hiring.forms_of_pages import ApplyForm
from tests.situations import a_colleague, a_company, an_application, an_open_posting

SignIn = Callable[[Person], Person]


def test_a_candidate_answers_once_and_nothing_leads_from_the_answers_to_them(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    company = a_company()
    posting = an_open_posting()
    ApplyForm(client, posting.slug).send(email="nao@example.test")
    assert "survey" not in mailbox[-1].text  # nobody is asked unless the company asks
    sign_in(a_colleague("Davi Monteverde", Role.RECRUITER))
    client.post("/company", data={"name": company.name, "asks_survey": "y"})
    client.post("/logout")
    ApplyForm(client, posting.slug).send()
    link = re.search(r"http://localhost(/survey/\S+)", next(mail.text for mail in mailbox if mail.to_address == "ana@example.test"))
    assert link is not None
    before = len(session.scalars(select(AuditEvent)).all())
    for _turn in range(2):  # opening it uses nothing up
        assert "I prefer not to say" in client.get(link[1]).text
    assert client.post(link[1], data={"gender": "dragon"}).status_code == 422
    assert "kept apart" in client.post(link[1], data={"gender": "woman", "age": "30_to_39", "race": ""}).text
    (kept,) = session.scalars(select(SurveyResponse)).all()
    assert kept.answers == {"gender": "woman", "age": "30_to_39"}
    assert {column.name for column in SurveyResponse.__table__.columns} == {
        "key",
        "survey_version",
        "answers",
    } and not SurveyResponse.__table__.foreign_keys
    application = session.scalars(select(Application).where(Application.email == "ana@example.test")).one()
    assert application.public_id.hex not in kept.key and str(application.id) != kept.key
    assert len(session.scalars(select(AuditEvent)).all()) == before  # the trail's order would tell whose they are
    used = client.get(link[1])
    assert used.status_code == 410 and "does not depend on it" in used.text
    assert client.get("/survey/unknown").status_code == 404
    forget_response(application.public_id)
    assert not session.scalars(select(SurveyResponse)).all()


def decide(posting: Any, recruiter: Person, gender: str, count: int, *, reason: DeclineReason | None = DeclineReason.MORE_QUALIFIED) -> None:
    """So many who gave this answer applied and were declined for the reason; None: they wait."""
    for _number in range(count):
        application = get_application(an_application(posting).public_id, viewer=recruiter)
        keep_response(application.public_id, {"gender": gender})
        if reason is not None:
            decline_application(application, by=recruiter, reason=reason)


def test_compliance_sees_groups_of_five_or_more_and_recruiters_none(client: FlaskClient, sign_in: SignIn) -> None:
    with standing_at(datetime(2026, 3, 25, 12, tzinfo=UTC)):
        recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
        posting = an_open_posting(by=recruiter)
        decide(posting, recruiter, "woman", 20)
        decide(posting, recruiter, "woman", 5, reason=DeclineReason.OFFER_DECLINED)  # they were chosen
        decide(posting, recruiter, "woman", 9, reason=None)
        decide(posting, recruiter, "man", 26)
        decide(posting, recruiter, "man", 7, reason=DeclineReason.POSITION_CLOSED)  # nobody decided on them
        decide(posting, recruiter, "another", 1)
        decide(posting, recruiter, "", 7)
        session.flush()
        assert count_groups() == 0  # the quarter is not over
    with standing_at(datetime(2026, 4, 1, 12, tzinfo=UTC)):
        assert count_groups() == 59
        assert count_groups() == 0  # once and for all
        decide(posting, recruiter, "another", 4)
        assert count_groups() == 0  # the next night shows nothing of them
        sign_in(recruiter)
        assert client.get("/fairness").status_code == client.get("/fairness/table.csv").status_code == 403
        client.post("/logout")
        sign_in(a_colleague("Olga Conforme", Role.COMPLIANCE))
        said = client.get("/fairness?question=gender").text
        assert "5 of 25" in said and "0 of 26" in said and "Not shown, to keep small groups unknown: Another gender." in said
        assert "told nothing and stand" not in said  # with it, the one of another gender would follow from the sum
        assert "Not enough answers" in client.get("/fairness?question=gender&since=2099-01-01").text
        rows = list(csv.reader(client.get("/fairness/table.csv?question=gender").text.lstrip("\ufeff").splitlines()))
        whole = [row[1:6] for row in rows if row[0].startswith("The whole way")]
        assert whole == [["Woman", "5", "25", "20.0", "100.0"], ["Man", "0", "26", "0.0", "0.0"], ["Another gender", "", "", "", ""]]
        sheet = openpyxl.load_workbook(BytesIO(client.get("/fairness/table.xlsx?question=gender").data)).active
        assert [["" if cell is None else str(cell) for cell in row[:4]] for row in sheet.values] == [row[:4] for row in rows]


def test_four_fifths_exactly_is_no_flag_on_the_page_and_in_its_files(client: FlaskClient, sign_in: SignIn) -> None:
    posting = an_open_posting()
    department, role = session.get_one(Department, posting.department_id).public_id, session.get_one(JobRole, posting.job_role_id).public_id
    with standing_at(datetime(2026, 5, 4, 12, tzinfo=UTC)):
        told = [
            ({"gender": gender}, 3 if number < chosen else 0)
            for gender, chosen, every in (("man", 60, 120), ("woman", 24, 60))
            for number in range(every)
        ]
        outcomes = [(Outcome(posting.department_id, posting.job_role_id, level), answers) for answers, level in told]
        keep_counts(Period(date(2026, 1, 1), date(2026, 3, 31)), tally(outcomes, ["gender"]))
        sign_in(a_colleague("Olga Conforme", Role.COMPLIANCE))
        said = client.get("/fairness").text
        assert "80.0\xa0%" in said and "Under four fifths, " not in said
        assert client.last_statements <= 12  # type: ignore[attr-defined]
        for address in ("", f"department={department}", f"department={department}&role={role}"):
            rows = list(csv.reader(client.get(f"/fairness/table.csv?{address}").text.splitlines()))
            women = next(row for row in rows if row[0].startswith("The whole way") and row[1] == "Woman")
            assert women[2:6] == ["24", "60", "40.0", "80.0"] and women[-1].startswith("No flag") and women[-2] == ""
            assert float(women[6]) == pytest.approx(1.268, abs=0.0005) and women[10] == "84.7"
        for nowhere in (f"department={uuid4()}", f"department={department}&role={uuid4()}"):
            assert "Not enough answers" in client.get(f"/fairness?{nowhere}").text
        across = client.get(f"/fairness?role={role}").text
        assert "Job role in this department" not in across and "24 of 60" in across  # a job role alone narrows nothing
