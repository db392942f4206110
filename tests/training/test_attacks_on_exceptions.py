"""Attacks on what stands in for training or stops its clock: self-approval by detours, borrowed papers, races, what is nobody's to read."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.clock import today
from core.db import session
from core.leaves.actions import LeaveFields, write_leave
from core.leaves.models import Leave, LeaveKind
from core.mail.models import OutgoingMail
from core.people.actions import end_role
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.reminders.gathering import Gathered
from onboarding.reminders.mails import onboarding_digest
from tests.core.files import samples
from tests.factories import make_employment, make_person
from tests.training.situations import a_learner, an_officer
from tests.training.test_equivalences import a_kind, handed_in
from training.compliance.standing import Standing
from training.equivalences.actions import accept
from training.equivalences.models import Equivalence, EquivalenceKind, EquivalenceState
from training.exemptions.actions import Asked, ask_exemption
from training.exemptions.models import Exemption, ExemptionState
from training.public import ReminderFact
from training.reminders.gathering import Line
from training.reminders.models import Audience

ZONE = "America/Sao_Paulo"
CANARY = "canary-burnout"


def ten_days() -> Asked:
    return Asked(today(ZONE), today(ZONE) + timedelta(days=10), "Teaches it.")


def test_fields_that_were_not_asked_for_decide_nothing(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    a_kind(learner.course)
    sign_in(learner.person)
    officer = an_officer("Rui Officer")
    slipped_in = {"state": "approved", "approved_by_id": str(officer.id), "approved_at": "2026-01-01", "asked_by_id": str(officer.id)}
    typed = {"course": str(learner.course.public_id), "valid_from": today(ZONE).isoformat(), "valid_to": today(ZONE).isoformat(), "reason": "Mine."}
    assert client.post(f"/exemptions/people/{learner.person.public_id}/ask", data={**typed, **slipped_in}).status_code == 302
    exemption = session.scalars(select(Exemption)).one()
    assert (exemption.state, exemption.approved_by_id, exemption.asked_by_id) == (ExemptionState.ASKED, None, learner.person.id)
    kind = session.scalars(select(EquivalenceKind)).one().public_id
    paper = {"kind": str(kind), "number": "1", "issued_on": "2026-01-10", "file": (BytesIO(samples.picture("PNG")), "c.png")}
    more = {"counts_until": "2099-01-01", "state": "accepted", "person_id": str(officer.id), "handed_in_by_id": str(officer.id)}
    address = f"/outside-certificates/people/{learner.person.public_id}/hand-in"
    assert client.post(address, data={**paper, **more}).status_code == 302
    one = session.scalars(select(Equivalence)).one()
    assert (one.state, one.counts_until, one.person_id, one.handed_in_by_id) == (
        EquivalenceState.HANDED_IN, None, learner.person.id, learner.person.id,
    )  # fmt: skip


def test_an_officer_does_not_get_past_the_second_person_by_having_another_ask(client: Any, sign_in: Any) -> None:
    learner, officer = a_learner(), an_officer("Rui Officer")
    make_employment(officer, job_role=learner.job_role, starts_on=date(2026, 1, 5))
    asked = ask_exemption(officer, learner.course, ten_days(), by=make_person("Helena", roles=(Role.HR,)))
    sign_in(officer)
    refused = client.post(f"/exemptions/{asked.public_id}/approve")
    assert refused.status_code == 409 and "second person" in refused.text
    assert client.post(f"/exemptions/{asked.public_id}/refuse", data={"refuse-reason": "x"}).status_code == 409


def test_a_right_taken_away_decides_nothing_from_the_next_request_on(client: Any, sign_in: Any) -> None:
    learner, officer, administrator = a_learner(), an_officer("Rui Officer"), make_person("Ada", roles=(Role.ADMINISTRATOR,))
    asked = ask_exemption(learner.person, learner.course, ten_days(), by=learner.person)
    sign_in(officer)
    assert client.get(f"/exemptions/{asked.public_id}").status_code == 200
    end_role(get_person(officer.public_id), Role.COMPLIANCE, by=get_person(administrator.public_id))
    assert client.post(f"/exemptions/{asked.public_id}/approve").status_code == 403


@pytest.mark.parametrize("first", ["approve", "refuse"])
def test_of_two_decisions_the_second_is_refused(client: Any, sign_in: Any, first: str) -> None:
    learner = a_learner()
    asked = ask_exemption(learner.person, learner.course, ten_days(), by=learner.person)
    address = f"/exemptions/{asked.public_id}"
    for officer, statuses in ((an_officer("Rui Officer"), (302, 409)), (an_officer("Saul Second"), (409, 409))):
        sign_in(officer)
        acts = [first, "refuse" if first == "approve" else "approve"]
        assert tuple(client.post(f"{address}/{act}", data={"refuse-reason": "No."}).status_code for act in acts) == statuses


@pytest.mark.parametrize(
    "content", [b"<html><script>alert(1)</script></html>", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", b"MZ\x90\x00"]
)
def test_papers_that_are_none_are_refused_whatever_their_name(client: Any, sign_in: Any, content: bytes) -> None:
    learner = a_learner()
    kind = a_kind(learner.course)
    sign_in(learner.person)
    typed = {"kind": str(kind.public_id), "number": "1", "issued_on": "2026-01-10"}
    address = f"/outside-certificates/people/{learner.person.public_id}/hand-in"
    refused = client.post(address, data={**typed, "file": (BytesIO(content), "cpa.pdf")})
    assert refused.status_code == 422
    assert not session.scalars(select(Equivalence)).all()


def test_what_was_handed_in_is_served_so_that_nothing_in_it_acts(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    one = handed_in(learner, a_kind(learner.course))
    sign_in(learner.person)
    answer = client.get(f"/outside-certificates/{one.public_id}/file")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("number", ["abc 123", "ABC123", " a b c 1 2 3 ", "ABC\u00a0123"])
def test_a_borrowed_certificate_is_found_however_its_number_is_written(client: Any, sign_in: Any, number: str) -> None:
    learner = a_learner()
    kind = a_kind(learner.course)
    accept(handed_in(learner, kind, number="abc123"), by=an_officer("Saul Second"))
    borrower = make_person("Bruno Borrower", roles=(Role.NEW_HIRE,))
    sign_in(borrower)
    typed = {"kind": str(kind.public_id), "number": number, "issued_on": "2026-01-10", "file": (BytesIO(samples.picture("PNG")), "c.png")}
    refused = client.post(f"/outside-certificates/people/{borrower.public_id}/hand-in", data=typed)
    assert refused.status_code == 422
    assert "somebody else" in refused.text and learner.person.name not in refused.text


def test_nobody_corrects_or_takes_back_anothers_certificate(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    one = handed_in(learner, a_kind(learner.course))
    accept(one, by=an_officer("Saul Second"))
    for person in (make_person("Bruno Borrower", roles=(Role.NEW_HIRE,)), make_person("Marcos", roles=(Role.MANAGER,))):
        sign_in(person)
        assert client.get(f"/outside-certificates/{one.public_id}/correct").status_code == 404
        assert client.post(f"/outside-certificates/{one.public_id}/withdraw").status_code == 404
        assert client.post(f"/outside-certificates/{one.public_id}/revoke", data={"revoke-reason": "x"}).status_code == 403


def test_a_reason_is_no_formula_in_the_export(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    words = '=HYPERLINK("https://evil.example","x")'
    ask_exemption(learner.person, learner.course, Asked(today(ZONE), today(ZONE), words), by=learner.person)
    sign_in(an_officer("Rui Officer"))
    text = client.get("/exemptions/export.csv").get_data(as_text=True)
    assert "HYPERLINK" in text
    assert ",=HYPERLINK" not in text and ',"=HYPERLINK' not in text


@pytest.mark.parametrize("role", [Role.COMPLIANCE, Role.AUDITOR, Role.MANAGER, Role.ADMINISTRATOR, Role.TRAINER])
def test_why_somebody_is_away_is_read_by_human_resources_alone(client: Any, sign_in: Any, role: Role) -> None:
    learner, helena = a_learner(), make_person("Helena", roles=(Role.HR,))
    fields = LeaveFields(LeaveKind.MEDICAL, today(ZONE), today(ZONE) + timedelta(days=30), note=CANARY)
    write_leave(learner.person, fields, by=helena)
    leave = session.scalars(select(Leave)).one().public_id
    person = learner.person.public_id
    sign_in(make_person("Otto Other", roles=(role,)))
    pages = [f"/people/{person}", f"/compliance/people/{person}", "/compliance", "/compliance/export.csv", "/compliance/reminders", "/audit", "/"]
    told = "".join(client.get(page).get_data(as_text=True) for page in pages)
    assert CANARY not in told and "Medical leave" not in told
    assert client.get(f"/people/{person}/leaves/{leave}").status_code == 403
    written = session.scalars(select(AuditEvent).where(AuditEvent.name == "core.leave.written")).one()
    assert CANARY not in str(vars(written)) and "medical" not in str(vars(written))


def test_a_course_title_does_nothing_in_a_mail(app: Any, mailbox: Any) -> None:
    reader = make_person("Rita Reader")
    line = Line(reader.id, reader.id, UUID(int=3), "", UUID(int=3), Standing.OVERDUE, today(ZONE), -1, Audience.PERSON, -1)
    title = "<script>alert(1)</script>\r\nBcc: all@example.com"
    with app.test_request_context():
        onboarding_digest(reader, Gathered(), on=today(ZONE), required=[ReminderFact(title, "", today(ZONE), -1, line)])
    mail = session.scalars(select(OutgoingMail).where(OutgoingMail.person_id == reader.id)).one()
    assert "<script>" not in mail.html and "\n" not in mail.subject and "Bcc" not in mail.subject


def test_days_far_away_are_refused_rather_than_failing(client: Any, sign_in: Any) -> None:
    learner, helena = a_learner(), make_person("Helena", roles=(Role.HR,))
    sign_in(helena)
    typed = {"kind": "other", "return_days": "14"}
    for first, last in (("0001-01-01", "9999-12-31"), ("2026-01-01", "9999-12-31"), ("9999-12-30", "")):
        answer = client.post(f"/people/{learner.person.public_id}/leaves", data={**typed, "valid_from": first, "valid_to": last})
        assert answer.status_code == 422
    assert not session.scalars(select(Leave)).all()
