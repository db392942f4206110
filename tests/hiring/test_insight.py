"""Figures about hiring: true to the rows, within what the viewer sees, with charts, spreadsheets and the people behind a number."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.clock import now, standing_at
from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from core.web.spreadsheets import csv_text, xlsx_bytes
from hiring.applications.actions import advance_application, decline_application, reopen_application, withdraw_application
from hiring.applications.models import Application, DeclineReason
from hiring.applications.queries import get_application
from hiring.insight.counting import count_insight
from hiring.insight.models import InsightCount, Measure
from hiring.insight.queries import InsightFilter
from hiring.insight.reports import funnel, interviewers, offers, reasons, sources, times
from hiring.offers.models import OfferState
from hiring.referrals.actions import make_link, note_referral
from tests.hiring.test_offers import Scene
from tests.situations import a_colleague, an_application, an_open_posting

SignIn = Callable[[Person], Person]
ALL = InsightFilter()


@pytest.fixture
def scene(app: object) -> Scene:
    """Four applied: one was hired, one declined after ten days in screening, one withdrew nowhere and waits; one is of another team."""
    began = now() - timedelta(days=20)
    with standing_at(began):
        scene = Scene()
        posting = scene.application.posting
        applied = [get_application(an_application(posting).public_id, viewer=scene.recruiter) for _number in range(2)]
        other = an_open_posting(by=scene.recruiter, hiring_manager=a_colleague("Outra Gestora", Role.MANAGER))
        an_application(other, name="Zoe Fora")
        screening = next(stage for stage in posting.stages if stage.kind.value == "screening")
        advance_application(applied[0], to_stage=screening, by=scene.recruiter)
    with standing_at(began + timedelta(days=10)):
        decline_application(again(applied[0], scene), by=scene.recruiter, reason=DeclineReason.MORE_QUALIFIED)
        offer = scene.offer(OfferState.SENT)
    with standing_at(began + timedelta(days=15)):
        scene.accept(scene.found(offer))
    session.flush()
    count_insight()
    return scene


def again(application: Application, scene: Scene) -> Application:
    session.flush()
    session.expire(application)
    return get_application(application.public_id, viewer=get_person(scene.recruiter.public_id))


def cells(report: Any) -> list[tuple[Any, ...]]:
    return [line.cells for line in report.lines]


def test_the_figures_say_what_happened(scene: Scene) -> None:
    recruiter = get_person(scene.recruiter.public_id)
    assert [line[1:] for line in cells(funnel(recruiter, ALL))] == [
        (4, None, 100.0), (2, 50.0, 50.0), (1, 50.0, 25.0), (1, 100.0, 25.0), (1, 100.0, 25.0),
    ]  # fmt: skip
    told = {line[0]: line[1:] for line in cells(times(recruiter, ALL))}
    assert told["From applying to hired"] == (15.0, 15, 1)
    assert told["Screening"] == (10.0, 10, 1)
    assert cells(sources(recruiter, ALL)) == [("Careers site", 4, 1, 25.0)]
    assert cells(offers(recruiter, ALL)) == [("Accepted", 1, 100.0)]
    assert cells(reasons(recruiter, ALL)) == [("A more qualified candidate was selected", 1, 100.0)]
    before = count_insight()
    assert count_insight() == before
    zoe = session.scalars(select(Application).options(joinedload(Application.posting)).order_by(Application.id.desc())).first()
    assert zoe.source == "careers"
    assert note_referral(zoe, word=make_link(zoe.posting, by=recruiter).word)
    count_insight()
    assert cells(sources(recruiter, ALL)) == [("Careers site", 3, 1, 33.3), ("Handed on by a colleague", 1, 0, 0.0)]
    assert cells(sources(get_person(scene.manager.public_id), ALL)) == [("Careers site", 3, 1, 33.3)]
    long_ago = InsightFilter(until=(now() - timedelta(days=400)).date())
    assert cells(sources(recruiter, long_ago)) == []


def test_days_in_a_stage_end_with_a_decision_and_begin_anew_when_it_is_taken_back(app: object) -> None:
    began = now() - timedelta(days=40)
    with standing_at(began):
        recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
        posting = an_open_posting(by=recruiter)
        both = [an_application(posting).public_id for _number in range(2)]

    def found(key: UUID) -> Application:
        session.flush()
        session.expire_all()
        return get_application(key, viewer=get_person(recruiter.public_id))

    def decline(key: UUID, **more: Any) -> None:
        decline_application(found(key), by=get_person(recruiter.public_id), reason=DeclineReason.MORE_QUALIFIED, **more)

    with standing_at(began + timedelta(days=10)):
        for key in both:
            decline(key, tell_at=began + timedelta(days=30))
    with standing_at(began + timedelta(days=14)):
        withdraw_application(found(both[0]), by=None)
        reopen_application(found(both[1]), by=get_person(recruiter.public_id), reason="Too early")
    with standing_at(began + timedelta(days=17)):
        decline(both[1])
    session.flush()
    count_insight()
    counted = session.execute(
        select(InsightCount.days, InsightCount.number).where(InsightCount.measure == Measure.STAGE_DAYS).order_by(InsightCount.days)
    ).all()
    assert [tuple(row) for row in counted] == [(3, 1), (10, 2)]


def test_two_interviewers_of_one_name_are_two(scene: Scene) -> None:
    recruiter = get_person(scene.recruiter.public_id)
    for person in (a_colleague("Ana Prado", Role.INTERVIEWER), a_colleague("Ana Prado", Role.INTERVIEWER)):
        for measure, label in ((Measure.LOAD, ""), (Measure.CARD, "late")):
            month = now().date().replace(day=1)
            count = {"posting_id": scene.application.posting_id, "month_on": month, "measure": measure, "label": label, "number": 1}
            session.add(InsightCount(**count, person_id=person.id))
    session.flush()
    assert [line for line in cells(interviewers(recruiter, ALL)) if line[0] == "Ana Prado"] == [("Ana Prado", 1, 0, 1, 0, 0.0)] * 2


def test_a_manager_sees_figures_and_people_of_their_own_postings(client: FlaskClient, sign_in: SignIn, scene: Scene) -> None:
    manager = get_person(scene.manager.public_id)
    assert cells(funnel(manager, ALL))[0][1] == 3
    sign_in(manager)
    said = client.get("/insight").text
    assert "Came as far as" in said and "/insight/people?measure=reached" in said
    assert client.last_statements <= 12  # type: ignore[attr-defined]
    behind = client.get("/insight/people?measure=reached&label=new").text
    assert "Ana Souza" in behind and "Zoe Fora" not in behind
    assert "Ana Souza" in client.get("/insight/people?measure=reached&label=hired").text
    for wrong in ("measure=reached&label=nowhere", "measure=load", "measure=x"):
        assert client.get(f"/insight/people?{wrong}").status_code == 404
    assert client.get("/insight/nothing").status_code == 404
    client.post("/logout")
    sign_in(a_colleague("Nina Nova", Role.NEW_HIRE))
    assert client.get("/insight").status_code == 403


def test_each_report_has_a_page_a_chart_and_spreadsheets(client: FlaskClient, sign_in: SignIn, scene: Scene) -> None:
    sign_in(scene.recruiter)
    for name in ("funnel", "times", "sources", "offers", "interviewers", "reasons"):
        assert client.get(f"/insight/{name}").status_code == 200
        for picture, width in (("chart", "720"), ("narrow-chart", "320")):
            drawn = client.get(f"/insight/{name}/{picture}.svg")
            assert drawn.mimetype == "image/svg+xml"
            root = ElementTree.fromstring(drawn.text)
            assert root.tag.endswith("svg") and root.get("width") == width
            assert "<script" not in drawn.text and "//" not in drawn.text.replace("http://www.w3.org/", "")
        head = next(csv.reader(client.get(f"/insight/{name}.csv").text.lstrip("\ufeff").splitlines()))
        sheet = openpyxl.load_workbook(BytesIO(client.get(f"/insight/{name}.xlsx").data)).active
        assert [cell.value for cell in sheet[1]] == head


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\uff1d1"])
def test_nothing_typed_becomes_a_formula(text: str) -> None:
    assert csv_text([["Name"], [text]]).splitlines()[1].lstrip('"').startswith("'")
    sheet = openpyxl.load_workbook(BytesIO(xlsx_bytes("A/B: [c]", [["Name"], [text], [1.5]]))).active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A3"].value) == (text.replace("\t", "\t"), "s", 1.5)
