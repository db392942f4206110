"""The optional survey: answered once by a link from the mail, kept apart from the person, shown in groups of five or more."""

import re
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.db import session
from core.people.models import Person
from core.people.rights import Role
from hiring.applications.actions import decline_application
from hiring.applications.models import Application, DeclineReason
from hiring.applications.queries import get_application
from hiring.fairness.counting import count_groups
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


def test_compliance_sees_groups_of_five_or_more_and_recruiters_none(client: FlaskClient, sign_in: SignIn) -> None:
    recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
    posting = an_open_posting(by=recruiter)
    for gender, declined in [("woman", True)] * 4 + [("woman", False)] * 2 + [("man", True)] * 6 + [("another", True)] * 1 + [("", True)]:
        application = get_application(an_application(posting).public_id, viewer=recruiter)
        keep_response(application.public_id, {"gender": gender})
        if declined:
            decline_application(application, by=recruiter, reason=DeclineReason.MORE_QUALIFIED)
    session.flush()
    assert count_groups() == 13
    assert count_groups() == 13  # again is the same
    sign_in(recruiter)
    assert client.get("/fairness").status_code == 403
    client.post("/logout")
    sign_in(a_colleague("Olga Conforme", Role.COMPLIANCE))
    said = client.get("/fairness?question=gender").text
    # 4 women and 1 other are decided on: both are left out, and men stand alone
    assert "Not shown, to keep small groups unknown: Another gender, Woman." in said
    assert "No other group to compare with." in said and "1 told nothing and stands outside" in said
    assert "Not enough answers" in client.get("/fairness?question=gender&since=2099-01-01").text
