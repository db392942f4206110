"""Samples that anybody can draw again, and findings that somebody else closes."""

import hashlib
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.clock import today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from core.waiting import Waiting
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_learner, an_officer
from training.compliance.filtering import ComplianceFilter
from training.findings.actions import act_on, close, raise_finding, reopen
from training.findings.models import AuditFinding, FindingState, Severity
from training.public import may_wait, waiting_for
from training.requirements.actions import rederive
from training.sampling.actions import draw_sample
from training.sampling.drawing import Unit, allocate, draw, population_hash
from training.sampling.models import AuditSample, SampleLine, Stratum

DAY = timedelta(days=1)


@pytest.fixture
def learner(app) -> Learner:
    learner = a_learner()
    for number in range(9):
        person = make_person(f"Colleague {number}", roles=(Role.NEW_HIRE,))
        make_employment(person, job_role=learner.job_role, starts_on=today("America/Sao_Paulo") - timedelta(days=60))
        rederive(person)
    return learner


def units(number: int, strata: int = 1) -> list[Unit]:
    return [Unit(UUID(int=place), UUID(int=7), f"part {place % strata}" if strata > 1 else "") for place in range(number)]


def test_the_same_seed_draws_the_same_lines_whatever_their_order():
    whole = units(200)
    drawn = draw(whole, size=20, seed="a")
    assert drawn == draw(list(reversed(whole)), size=20, seed="a") and len(set(drawn)) == 20
    assert drawn != draw(whole, size=20, seed="b")
    by_hand = sorted(whole, key=lambda unit: hashlib.sha256(f"a:{unit.person_id} {unit.lineage}".encode()).hexdigest())[:20]
    assert drawn == by_hand
    assert population_hash(whole) == population_hash(list(reversed(whole))) != population_hash(whole[1:])


@pytest.mark.parametrize(
    ("counts", "size", "shares"),
    [
        ({"a": 90, "b": 10}, 10, {"a": 9, "b": 1}),
        ({"a": 98, "b": 1, "c": 1}, 10, {"a": 8, "b": 1, "c": 1}),
        ({"a": 5, "b": 5, "c": 5}, 2, {"a": 1, "b": 1, "c": 0}),
        ({"a": 3, "b": 2}, 5, {"a": 3, "b": 2}),
        ({"a": 1}, 1, {"a": 1}),
    ],
)
def test_each_part_gives_its_share_and_at_least_one(counts, size, shares):
    assert allocate(counts, size=size) == shares


def drawn(officer: Person, **given) -> AuditSample:
    day = today(officer.time_zone)
    told = {"size": 4, "stratified_by": Stratum.NONE, "on": day, "today": day, **given}
    return draw_sample("Quarterly check", ComplianceFilter(), by=officer, **told)


def test_a_sample_records_seed_population_and_hash_and_can_be_drawn_again(learner):
    officer = an_officer("Rosa Prado")
    first = drawn(officer)
    again = drawn(officer, seed=first.seed)
    lines = [
        [(line.person_id, line.lineage) for line in session.scalars(select(SampleLine).where(SampleLine.sample_id == one.id).order_by(SampleLine.id))]
        for one in (first, again)
    ]
    assert lines[0] == lines[1] and len(lines[0]) == 4
    assert (first.population, first.population_hash) == (again.population, again.population_hash) and first.population == 10
    with pytest.raises(Invalid, match="Draw between 1 and 10"):
        drawn(officer, size=11)
    with pytest.raises(Invalid, match="Nothing is known of that day"):
        drawn(officer, on=today(officer.time_zone) + DAY)
    with pytest.raises(NotAllowed):
        drawn(make_person("Nobody", roles=(Role.MANAGER,)))


def test_lines_are_checked_on_their_pages_with_the_way_to_the_evidence(client, sign_in, learner):
    sign_in(an_officer("Rosa Prado"))
    asked = {"purpose": "Quarterly check", "on_day": today("America/Sao_Paulo"), "size": 3, "stratified_by": "department"}
    address = client.post("/audit-samples/new", data=asked).location
    page = client.get(address).text
    assert client.last_statements <= 12
    assert "/compliance/people/" in page and "Not checked yet" in page and "0 of 3" in page
    line = session.scalars(select(SampleLine).order_by(SampleLine.position)).first()
    at = f"{address}/lines/{line.public_id}"
    assert "Raise a finding" in client.get(at).text
    refused = client.post(at, data={"verdict": "objected", "note": ""})
    assert refused.status_code == 422 and "Say what you object to" in refused.text
    assert client.post(at, data={"verdict": "objected", "note": "No certificate on file"}).status_code == 302
    told = client.get(address).text
    assert "No certificate on file" in told and "1 of 3" in told
    assert client.post("/audit-samples/new", data={**asked, "size": 999}).status_code == 422
    assert "Quarterly check" in client.get("/audit-samples").text
    assert client.get(f"/audit-samples/{learner.person.public_id}").status_code == 404


def a_finding(officer: Person, owner: Person, **given) -> AuditFinding:
    day = today(officer.time_zone)
    told = {"severity": Severity.HIGH, "owner": owner, "due_on": day + DAY, "today": day, **given}
    return raise_finding("Certificate of 2025 is missing.", by=officer, **told)


def waits(person: Person) -> list[Waiting]:
    return waiting_for(person, on=today("UTC"), among=["findings", "findings_to_close"])


def test_a_finding_waits_for_its_owner_and_somebody_else_closes_it(app, learner):
    officer, owner = an_officer("Rosa Prado"), learner.person
    finding = a_finding(officer, owner, person=owner, rule=learner.rule, course=learner.course)
    with app.test_request_context():
        assert [one.about for one in waits(owner)] == ["Finding 1"] and "findings" in may_wait(owner)
        with pytest.raises(NotAllowed):
            act_on(finding, text="Done", by=officer)
        act_on(finding, text="Found it in the archive.", by=owner)
        assert not waits(owner) and waits(officer)[0].title == "Close an audit finding somebody acted on"
        other = an_officer("Iris Melo")
        finding.owner_id = other.id
        with pytest.raises(NotAllowed, match="Its owner does not close"):
            close(finding, text="Fine", by=other)
        finding.owner_id = owner.id
        with pytest.raises(Invalid):
            close(finding, text=" ", by=officer)
        close(finding, text="Seen the original.", by=officer)
        with pytest.raises(WrongState):
            close(finding, text="Again", by=officer)
        reopen(finding, text="It was a copy.", by=other)
        assert finding.state is FindingState.OPEN and finding.closed_at is None and waits(owner)
        assert finding.is_overdue(on=finding.due_on + DAY) and not finding.is_overdue(on=finding.due_on)
    with pytest.raises(Invalid, match="passed already"):
        a_finding(officer, owner, due_on=today("UTC") - timedelta(days=3))


def test_pages_of_findings(client, sign_in, learner):
    officer = an_officer("Rosa Prado")
    sign_in(officer)
    day = today("America/Sao_Paulo")
    given = {
        "text": "No second reader.",
        "severity": "critical",
        "owner": str(learner.person.public_id),
        "due_on": day,
        "rule": str(learner.rule.lineage),
    }
    assert client.post("/audit-findings/new", data={**given, "owner": "nobody at all"}).status_code == 422
    address = client.post("/audit-findings/new", data=given).location
    assert "No second reader." in client.get("/audit-findings").text and client.last_statements <= 12
    sign_in(learner.person)
    assert "Write down what was done" in client.get(address).text
    assert client.post(f"{address}/act", data={"text": ""}).status_code == 422
    assert client.post(f"{address}/act", data={"text": "Read by Ana now."}).status_code == 302
    assert client.post(f"{address}/close", data={"text": "x"}).status_code == 403
    sign_in(get_person(officer.public_id))
    assert "Read by Ana now." in client.get(address).text
    assert client.post(f"{address}/close", data={"text": "Satisfied."}).status_code == 302
    assert client.post(f"{address}/close", data={"text": "Satisfied."}).status_code == 409
    sign_in(make_person("Other Person", roles=(Role.NEW_HIRE,)))
    assert client.get(address).status_code == 404
