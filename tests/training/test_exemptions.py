"""Exemptions: asked for, approved by a second person, refused, revoked, renewed; and what was known of them on which day."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.clock import today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.mail.models import OutgoingMail
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from tests.core.files import samples
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_learner, an_exemption, an_officer
from training.compliance.standing import Standing
from training.exemptions.actions import Asked, approve_exemption, ask_exemption, refuse_exemption, revoke_exemption, withdraw_exemption
from training.exemptions.models import Exemption, ExemptionState
from training.learning.overview import requirements_of
from training.public import waiting_for

ZONE = "America/Sao_Paulo"


def wanted(days: int | None = 10, *, reason: str = "Teaches it at the university.", open_reason: str = "") -> Asked:
    first = today(ZONE)
    return Asked(first, None if days is None else first + timedelta(days=days), reason, open_reason)


def state_on(learner: Learner, day: date, known_at: datetime | None = None) -> Standing:
    return requirements_of(learner.person, on=day, known_at=known_at)[0].judged.state


def test_an_exemption_counts_once_a_second_person_approves_it(app: Any) -> None:
    learner, asker, second = a_learner(), an_officer("Vera Asker"), an_officer("Saul Second")
    asked = ask_exemption(learner.person, learner.course, wanted(), by=asker)
    assert state_on(learner, today(ZONE)) is not Standing.EXEMPT
    with pytest.raises(WrongState, match="second person"):
        approve_exemption(asked, by=asker)
    approve_exemption(asked, by=second)
    assert state_on(learner, today(ZONE)) is Standing.EXEMPT
    with pytest.raises(WrongState, match="already"):
        approve_exemption(asked, by=an_officer("Olga Third"))


def test_who_asked_is_told_what_was_decided_in_their_language(app: Any) -> None:
    learner, hr, second = a_learner(), make_person("Helga Lima", roles=(Role.HR,)), an_officer("Saul Second")
    hr.locale = "pt_BR"
    approve_exemption(ask_exemption(learner.person, learner.course, wanted(), by=hr), by=second)
    later = Asked(today(ZONE) + timedelta(days=20), today(ZONE) + timedelta(days=30), "Again.")
    refuse_exemption(ask_exemption(learner.person, learner.course, later, by=learner.person), reason="Once is enough.", by=second)
    approved, refused = session.scalars(select(OutgoingMail).where(OutgoingMail.name == "exemption_decided").order_by(OutgoingMail.id)).all()
    assert (approved.person_id, approved.locale, refused.person_id, refused.locale) == (hr.id, "pt_BR", learner.person.id, "en")
    assert "Nina Rocha" in approved.text and "aprovada" in approved.text and "Vale de" in approved.text
    assert "is refused" in refused.text and "Once is enough." in refused.text and "Once is enough." in refused.html


def test_nobody_approves_their_own_exemption_whoever_asked(app: Any) -> None:
    learner, officer = a_learner(), an_officer("Vera Asker")
    make_employment(officer, job_role=learner.job_role, starts_on=date(2026, 1, 5))
    asked = ask_exemption(officer, learner.course, wanted(), by=an_officer("Saul Second"))
    with pytest.raises(WrongState):
        approve_exemption(asked, by=officer)
    with pytest.raises(WrongState):
        refuse_exemption(asked, reason="No", by=officer)
    with pytest.raises(NotAllowed):
        approve_exemption(asked, by=make_person("Tom Trainer", roles=(Role.TRAINER,)))


def test_the_database_too_wants_a_second_person(app: Any) -> None:
    learner, officer = a_learner(), an_officer("Vera Asker")
    asked = ask_exemption(learner.person, learner.course, wanted(), by=officer)
    asked.state, asked.approved_by_id, asked.approved_at = ExemptionState.APPROVED, officer.id, asked.recorded_at
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (wanted(reason=" "), "reason"),
        (wanted(None), "valid_to"),
        (wanted(-1), "valid_to"),
    ],
)
def test_a_reason_and_an_end_are_asked(app: Any, what: Asked, field: str) -> None:
    learner = a_learner()
    with pytest.raises(Invalid) as refused:
        ask_exemption(learner.person, learner.course, what, by=an_officer("Vera Asker"))
    assert refused.value.field == field


def test_without_an_end_a_reason_of_its_own_is_needed(app: Any) -> None:
    learner = a_learner()
    asked = ask_exemption(learner.person, learner.course, wanted(None, open_reason="Judge in the matter."), by=an_officer("Vera Asker"))
    assert (asked.valid_to, asked.open_reason) == (None, "Judge in the matter.")


def test_two_exemptions_never_cover_the_same_days(app: Any) -> None:
    learner, officer = a_learner(), an_officer("Vera Asker")
    ask_exemption(learner.person, learner.course, wanted(), by=officer)
    with pytest.raises(Invalid, match="Another exemption"):
        ask_exemption(learner.person, learner.course, wanted(3), by=officer)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.AUDITOR, Role.MANAGER])
def test_who_does_not_lead_somebody_does_not_ask_for_them(app: Any, role: Role) -> None:
    learner = a_learner()
    with pytest.raises(NotAllowed):
        ask_exemption(learner.person, learner.course, wanted(), by=make_person("Otto Other", roles=(role,)))


def test_a_person_asks_for_themselves_and_takes_it_back(app: Any) -> None:
    learner = a_learner()
    asked = ask_exemption(learner.person, learner.course, wanted(), by=learner.person)
    with pytest.raises(NotAllowed):
        withdraw_exemption(asked, by=an_officer("Vera Asker"))
    withdraw_exemption(asked, by=learner.person)
    assert asked.state is ExemptionState.WITHDRAWN
    with pytest.raises(WrongState):
        approve_exemption(asked, by=an_officer("Saul Second"))


def test_revoking_keeps_the_days_before_and_what_was_known(app: Any) -> None:
    def at(month: int, day: int) -> time_machine.travel:
        return time_machine.travel(datetime(2026, month, day, 15, tzinfo=UTC), tick=False)

    with at(1, 5):
        learner = a_learner(starts_on=date(2026, 1, 5))
    with at(2, 10):
        exemption = an_exemption(learner.person, learner.course, valid_from=date(2026, 2, 1), valid_to=date(2026, 6, 30))
    with at(4, 20):
        officer = an_officer("Rui Officer")
        with pytest.raises(Invalid, match="holds"):
            revoke_exemption(exemption, from_day=date(2026, 7, 1), reason="Came back.", by=officer)
        revoke_exemption(exemption, from_day=date(2026, 4, 1), reason="Came back.", by=officer)
    known = {month: datetime(2026, month, 28, tzinfo=UTC) for month in (1, 3, 4)}
    assert state_on(learner, date(2026, 2, 5), known[1]) is Standing.OVERDUE  # not yet approved then
    assert state_on(learner, date(2026, 2, 5), known[3]) is Standing.EXEMPT
    assert state_on(learner, date(2026, 4, 10), known[3]) is Standing.EXEMPT
    assert state_on(learner, date(2026, 4, 10), known[4]) is Standing.OVERDUE
    assert [state_on(learner, date(2026, *day)) for day in ((3, 31), (4, 1))] == [Standing.EXEMPT, Standing.OVERDUE]


def test_what_was_revoked_from_its_first_day_never_held(app: Any) -> None:
    learner = a_learner(starts_on=date(2026, 1, 5))
    exemption = an_exemption(learner.person, learner.course, valid_from=date(2026, 2, 1))
    revoke_exemption(exemption, from_day=date(2026, 2, 1), reason="It was somebody else.", by=an_officer("Rui Officer"))
    assert state_on(learner, date(2026, 2, 20)) is Standing.OVERDUE
    ask_exemption(learner.person, learner.course, wanted(), by=an_officer("Vera Asker"))  # the days are free again


def test_it_waits_for_those_who_may_be_the_second(app: Any) -> None:
    learner, asker = a_learner(), an_officer("Vera Asker")
    ask_exemption(learner.person, learner.course, wanted(), by=asker)
    with app.test_request_context():
        told = [
            [one.about for one in waiting_for(get_person(person.public_id), on=today(ZONE), among=["exemptions"])] for person in (asker, second())
        ]
    assert told == [[], [f"{learner.person.name}, {learner.course.title}"]]


def second() -> Person:
    return an_officer("Saul Second")


def test_pages_ask_with_evidence_decide_and_renew(client: Any, sign_in: Any) -> None:
    learner, asker, other = a_learner(), an_officer("Vera Asker"), second()
    address, course = f"/exemptions/people/{learner.person.public_id}/ask", str(learner.course.public_id)
    first, last = today(ZONE), today(ZONE) + timedelta(days=5)
    sign_in(asker)
    assert client.get(address).status_code == 200
    typed = {"course": course, "valid_from": first.isoformat(), "reason": "Teaches it."}
    refused = client.post(address, data=typed)
    assert refused.status_code == 422 and "say why the exemption has no end" in refused.text and "Teaches it." in refused.text
    odd = client.post(address, data={**typed, "valid_to": last.isoformat(), "file": (BytesIO(b"MZ not a document"), "proof.pdf")})
    assert odd.status_code == 422
    made = client.post(address, data={**typed, "valid_to": last.isoformat(), "file": (BytesIO(samples.picture("PNG")), "proof.png")})
    assert made.status_code == 302
    page = client.get(made.location).text
    assert "proof.png" in page and "A second person decides" in page
    assert client.post(f"{made.location}/approve").status_code == 409
    assert client.get(f"{made.location}/evidence").mimetype == "image/png"
    sign_in(other)
    assert client.post(f"{made.location}/refuse", data={"refuse-reason": ""}).status_code == 422
    assert client.post(f"{made.location}/approve").status_code == 302
    assert client.post(f"{made.location}/approve").status_code == 409
    assert "Approved" in client.get("/exemptions?state=approved&words=Nina").text
    assert "Teaches it." in client.get("/exemptions/export.csv").text
    assert client.get(f"/compliance/people/{learner.person.public_id}").status_code == 200
    renewal = client.get(f"{made.location}/renew").text
    assert f'value="{(last + timedelta(days=1)).isoformat()}"' in renewal
    later = {**typed, "valid_from": (last + timedelta(days=1)).isoformat(), "valid_to": (last + timedelta(days=9)).isoformat()}
    again = client.post(f"{made.location}/renew", data=later)
    assert again.status_code == 302
    assert session.scalars(select(Exemption).order_by(Exemption.id.desc())).first().renews_id is not None
    assert client.post(f"{made.location}/revoke", data={"revoke-reason": "Over.", "revoke-from_day": "2020-01-01"}).status_code == 422
    assert client.post(f"{made.location}/revoke", data={"revoke-reason": "Over.", "revoke-from_day": first.isoformat()}).status_code == 302
    assert client.get(f"{made.location}/renew").status_code == 409


@pytest.mark.parametrize("role", [Role.TRAINER, Role.MANAGER, Role.HR])
def test_others_do_not_find_it_nor_its_evidence(client: Any, sign_in: Any, role: Role) -> None:
    learner = a_learner()
    exemption = an_exemption(learner.person, learner.course, valid_from=today(ZONE), reason="canary-reason")
    sign_in(make_person("Caio Other", roles=(role,)))
    address = f"/exemptions/{exemption.public_id}"
    assert [client.get(f"{address}{page}").status_code for page in ("", "/evidence", "/renew")] == [404] * 3
    assert client.post(f"{address}/withdraw").status_code == 404
    assert client.post(f"{address}/approve").status_code == 403
    assert "canary-reason" not in client.get("/exemptions").text


def test_the_list_costs_the_same_for_two_and_for_twelve(client: Any, sign_in: Any) -> None:
    learner, asker, other = a_learner(), an_officer("Vera Asker"), second()
    sign_in(other)
    counts = []
    for number in (2, 12):
        for place in range(len(counts) * 2, number):
            asked = Asked(date(2027, 1, 1) + timedelta(days=place), date(2027, 1, 1) + timedelta(days=place), "Teaches it.")
            ask_exemption(get_person(learner.person.public_id), learner.course, asked, by=get_person(asker.public_id))
        session.commit()
        assert client.get("/exemptions").status_code == 200
        counts.append(client.last_statements)
    assert counts[0] == counts[1] <= 12
