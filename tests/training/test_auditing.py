"""Auditors read for a time and within a scope; what lies outside is not there, and each look is kept."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from core.clock import now, today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.files.store import store_bytes
from core.people.models import Department, Person, RoleGrant
from core.people.queries import get_person, people_with_right
from core.people.rights import Right, Role
from tests.factories import make_department, make_employment, make_person
from tests.training.situations import Learner, a_course, a_passed_exam, an_officer
from training.auditing.actions import end_access, give_access
from training.auditing.models import AuditGrant, AuditLook
from training.auditing.queries import get_grant
from training.auditing.scope import Scope
from training.certificates.actions import issue_certificate
from training.certificates.models import Certificate
from training.completions.actions import complete
from training.completions.queries import get_completion_by_key
from training.equivalences.actions import Certificate as Paper
from training.equivalences.actions import hand_in
from training.equivalences.cataloguing import add_course, write_kind
from training.equivalences.models import Validity
from training.equivalences.validity import Terms
from training.requirements.actions import rederive, write_rule
from training.requirements.models import Completion, CompletionSource, Rule

OUTSIDE = "Otilia Canário"


class Bank:
    """A department within the scope and one outside, each with somebody trained; a rule within and one outside."""

    def __init__(self, run_jobs) -> None:
        self.officer = an_officer("Rosa Prado")
        self.learner, _attempt = a_passed_exam()
        self.other_course, version = a_course(title="Outside matters")
        self.outside_rule = write_rule(
            course=self.other_course, job_role=None, due_days=30, valid_months=12, source="Outside law 9", effective_from=date(2020, 1, 1), by=None
        )
        self.elsewhere: Department = make_department("Elsewhere desk")
        self.stranger = make_person(OUTSIDE)
        day = today("America/Sao_Paulo")
        make_employment(self.stranger, job_role=self.learner.job_role, department=self.elsewhere, starts_on=day - timedelta(days=20))
        rederive(self.stranger)
        complete(self.stranger, self.learner.version, completed_on=day, by=self.officer, source=CompletionSource.RECORDED)
        complete(self.learner.person, version, completed_on=day, by=self.officer, source=CompletionSource.RECORDED)
        session.flush()
        run_jobs()
        for completion in session.scalars(select(Completion).order_by(Completion.id)).all():
            issue_certificate(get_completion_by_key(completion.id))
        session.commit()
        self.auditor = make_person("Heitor Valadão", roles=(Role.AUDITOR,))

    def scope(self, **more) -> Scope:
        from core.people.queries import find_employment

        here = find_employment(self.learner.person, on=today("America/Sao_Paulo")).department
        return Scope(departments=frozenset({here.public_id}), regulations=frozenset({"Circular BCB 3.978/2020, art. 9"}), **more)

    def admit(self, scope: Scope | None = None, *, days: int = 10) -> AuditGrant:
        by, auditor = get_person(self.officer.public_id), get_person(self.auditor.public_id)
        grant = give_access(auditor, scope or self.scope(), reason="Yearly audit", ends_at=now() + timedelta(days=days), by=by)
        session.commit()
        return grant


@pytest.fixture
def bank(app, run_jobs) -> Bank:
    return Bank(run_jobs)


def links_of(text: str) -> set[str]:
    found = set(re.findall(r'href="(/[^"#]*)', text))
    return {link.replace("&amp;", "&") for link in found if not link.startswith(("/static", "/logout", "/verify", "/careers"))}


def test_a_crawl_within_a_scope_meets_nothing_outside_it(client, sign_in, bank):
    bank.admit()
    sign_in(bank.auditor)
    seen, waiting = (
        set(),
        {
            "/",
            "/compliance",
            "/compliance/totals",
            "/compliance/export.csv",
            "/compliance/difference",
            "/compliance/export.xlsx",
            "/compliance/insight/league",
            "/compliance/insight/trend",
            "/compliance/insight/forecast",
            "/compliance/insight/heat-map",
            "/compliance/insight/league.csv",
            "/people",
            "/evidence/reports/population",
            "/evidence/reports/population.csv",
            "/evidence/reports/rule-changes",
            "/audit-samples/new",
            "/audit-findings/new",
            "/exemptions",
            "/evidence",
            "/evidence/new",
        },
    )
    while waiting and len(seen) < 120:
        link = min(waiting, key=lambda one: ("/people/" not in one, one.count("?"), one))
        waiting.remove(link)
        seen.add(link)
        answer = client.get(link)
        assert answer.status_code in (200, 302, 403, 404, 405), link
        waiting |= {answer.location} - seen if answer.location and answer.location.startswith("/") else set()
        if answer.mimetype not in ("text/html", "text/csv"):
            continue
        assert OUTSIDE not in answer.text and "Otilia" not in answer.text, link
        assert "Outside law 9" not in answer.text, link
        if not link.startswith(("/courses", "/learning", "/practical", "/sessions", "/training-sessions")):
            assert "Elsewhere desk" not in answer.text, link
        waiting |= links_of(answer.text) - seen
    assert any("/compliance/people/" in link for link in seen)


def test_what_is_asked_for_by_its_address_is_not_there(client, sign_in, bank):
    bank.admit()
    certificates = dict(session.execute(select(Certificate.completion_id, Certificate.public_id)).all())
    assert len(certificates) == 3
    owners = dict(session.execute(select(Completion.id, Completion.person_id)).all())
    courses = dict(session.execute(select(Completion.id, Completion.course_id)).all())
    records = dict(session.execute(select(Completion.id, Completion.public_id)).all())
    learner, stranger, outside, version = bank.learner.person, bank.stranger, bank.outside_rule, bank.learner.version
    other = session.scalars(select(Rule).where(Rule.lineage == outside.lineage)).one()
    addresses = {
        f"/compliance/people/{learner.public_id}": 200,
        f"/compliance/people/{stranger.public_id}": 404,
        f"/people/{learner.public_id}": 200,
        f"/people/{stranger.public_id}": 404,
        f"/training-rules/{bank.learner.rule.public_id}": 200,
        f"/training-rules/{other.public_id}": 404,
        f"/compliance/people/{stranger.public_id}?as_of=2026-11-30&known_on=2026-11-30": 404,
        "/audit": 403,
        "/onboarding": 403,
        "/hiring/fairness": 404,
    }
    wanted_course, learner_id = bank.learner.course.id, learner.id
    for completion, certificate in certificates.items():
        mine = owners[completion] == learner_id and courses[completion] == wanted_course
        addresses[f"/certificates/{certificate}/certificate.pdf"] = 200 if mine else 404
        for way in ("", "/document"):
            addresses[f"/training-records/completions/{records[completion]}{way}"] = 200 if mine else 404
    addresses |= {
        "/people?words=Otilia": 200,
        "/people/names?field=x&x=Otilia": 200,
        "/compliance?words=Otilia": 200,
        "/compliance/export.csv?words=Otilia": 200,
    }
    assert version.id
    sign_in(bank.auditor)
    for address, status in addresses.items():
        answer = client.get(address)
        assert answer.status_code == status, address
        if answer.mimetype in ("text/html", "text/csv"):
            assert OUTSIDE not in answer.text, address
    evidence = client.get(f"/compliance/people/{learner.public_id}").text
    assert "Preventing money laundering" in evidence and "Outside matters" not in evidence
    for method in ("revoke", "reissue"):
        assert client.post(f"/certificates/{next(iter(certificates.values()))}/{method}", data={"reason": "x"}).status_code == 403


def test_records_and_certificates_from_elsewhere_outside_the_scope_are_not_there(client, sign_in, bank):
    attempts, equivalences = {}, {}
    officer, kind = get_person(bank.officer.public_id), None
    for person in (bank.learner.person, bank.stranger):
        learner = replace(bank.learner, person=get_person(person.public_id))
        attempts[learner.person.name] = a_passed_exam(learner)[1].public_id
        if kind is None:
            kind = write_kind("CPA-20", "ANBIMA", Terms(Validity.FOREVER), by=officer)
            add_course(kind, learner.course, valid_from=date(2020, 1, 1), by=officer)
        file = store_bytes(b"%PDF-1.7", name="cpa.pdf", content_type="application/pdf", by=officer, person=learner.person)
        said = Paper(f"{len(equivalences)}", today() - timedelta(days=90))
        equivalences[learner.person.name] = hand_in(learner.person, kind, said, file=file, by=officer).public_id
    session.commit()
    bank.admit()
    sign_in(bank.auditor)
    for name in attempts:
        status = 404 if name == OUTSIDE else 200
        for way in ("", "/document"):
            assert client.get(f"/training-records/attempts/{attempts[name]}{way}").status_code == status, name
        for way in ("", "/file"):
            assert client.get(f"/outside-certificates/{equivalences[name]}{way}").status_code == status, name
    listed = client.get("/outside-certificates").text
    assert bank.learner.person.name in listed and OUTSIDE not in listed
    bank.admit(Scope(until=today() - timedelta(days=30)))  # before any of it
    sign_in(bank.auditor)
    assert client.get(f"/training-records/attempts/{attempts[bank.learner.person.name]}").status_code == 404


def test_packs_of_an_auditor_hold_only_their_scope_and_go_with_the_access(client, sign_in, bank, run_jobs, tmp_path):
    import subprocess

    bank.admit()
    day = today(bank.auditor.time_zone)
    sign_in(get_person(bank.officer.public_id))
    all_of_it = client.post("/evidence/new", data={"since": day - timedelta(days=9), "until": day}).location
    sign_in(bank.auditor)
    own = client.post("/evidence/new", data={"since": day - timedelta(days=9), "until": day}).location
    refused = client.post("/evidence/new", data={"since": day, "until": day, "department": str(bank.elsewhere.public_id)})
    assert refused.status_code == 422
    run_jobs()
    assert client.get(all_of_it).status_code == 404 and client.post(f"{all_of_it}/download").status_code == 404
    answer = client.post(f"{own}/download")
    (tmp_path / "pack.pdf").write_bytes(answer.data)
    subprocess.run(["pdfdetach", "-saveall", "pack.pdf"], cwd=tmp_path, check=True)
    for name in ("evidence.json", "requirements.csv", "audit.jsonl"):
        told = (tmp_path / name).read_text()
        assert OUTSIDE not in told and "Outside" not in told and str(bank.stranger.public_id) not in told
    assert bank.learner.person.name in (tmp_path / "evidence.json").read_text()
    session.commit()
    bank.admit(bank.scope())  # anew, for another audit
    sign_in(bank.auditor)
    assert client.get(own).status_code == 404 and client.post(f"{own}/download").status_code == 404
    sign_in(get_person(bank.officer.public_id))
    assert client.post(f"{own}/download").status_code == 200


def test_days_outside_the_period_are_not_there(client, sign_in, bank):
    first, last = date(2026, 3, 1), date(2026, 6, 30)
    bank.admit(Scope(since=first, until=last))
    sign_in(bank.auditor)
    page = client.get("/compliance").text
    assert "June 30, 2026" in page and "Your access covers the days" in page
    for address in ("/compliance?as_of=2026-07-01", "/compliance/totals?as_of=2026-02-28", "/compliance/export.csv?as_of=2030-01-01"):
        assert client.get(address).status_code == 404
    assert client.get("/compliance/difference").status_code == 200
    assert client.get("/compliance/difference?as_of=2026-06-30&from_as_of=2026-01-01").status_code == 404
    asked = client.post("/evidence/new", data={"since": "2026-01-01", "until": "2026-06-30"})
    assert asked.status_code == 422 and "does not cover all of these days" in asked.text


def test_access_ends_by_itself_at_its_time_and_by_hand_from_the_next_request(client, sign_in, bank):
    grant = bank.admit(Scope(), days=3)
    sign_in(bank.auditor)
    assert client.get("/compliance").status_code == 200 and client.get("/audit").status_code == 200
    with time_machine.travel(now() + timedelta(days=2, hours=23), tick=False):
        assert client.get("/compliance").status_code == 200
    with time_machine.travel(now() + timedelta(days=3, seconds=1), tick=False):
        for address in (
            "/compliance",
            "/compliance/export.csv",
            "/evidence",
            "/people",
            "/audit",
            f"/certificates/{grant.public_id}/certificate.pdf",
        ):
            assert client.get(address).status_code in (403, 404), address
        assert bank.auditor.id not in {one.id for one in people_with_right(Right.SEE_COMPLIANCE)}
    grant, officer = get_grant(grant.public_id), get_person(bank.officer.public_id)
    end_access(grant, reason="Done.", by=officer)
    with pytest.raises(WrongState):
        end_access(grant, reason="Once more.", by=officer)
    assert client.get("/compliance").status_code == 403


def test_every_look_is_kept_also_refused_ones(client, sign_in, bank):
    grant = bank.admit()
    sign_in(bank.auditor)
    page = client.get("/compliance?words=a").text
    assert "every page you open is written down" in page
    client.get(f"/compliance/people/{bank.stranger.public_id}")
    client.get("/audit")
    client.post("/evidence/new", data={})
    looks = [(one.method, one.address, one.status) for one in session.scalars(select(AuditLook).order_by(AuditLook.id))]
    assert looks == [
        ("GET", "/compliance?words=a", 200),
        ("GET", f"/compliance/people/{bank.stranger.public_id}", 404),
        ("GET", "/audit", 403),
        ("POST", "/evidence/new", 422),
    ]
    sign_in(get_person(bank.officer.public_id))
    told = client.get(f"/auditor-access/{grant.public_id}")
    assert "/compliance?words=a" in told.text and "not shown" in told.text
    client.get("/compliance")
    assert len(session.scalars(select(AuditLook)).all()) == 4, "only auditors' looks are kept"


def test_compliance_gives_and_ends_access_on_its_pages(client, sign_in, bank):
    session.execute(select(RoleGrant))
    sign_in(get_person(bank.officer.public_id))
    until = today("America/Sao_Paulo") + timedelta(days=5)
    given = {
        "auditor": str(bank.auditor.public_id),
        "reason": "Central bank inspection",
        "ends_on": until,
        "departments": [str(bank.elsewhere.public_id)],
    }
    answer = client.post("/auditor-access/new", data=given)
    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert "Elsewhere desk" in page and "Central bank inspection" in page
    assert "Central bank inspection" in client.get("/auditor-access").text
    bad = [({"reason": ""}, "required"), ({"ends_on": "2020-01-01"}, "would have ended"), ({"ends_on": "2199-01-01"}, "for a year at most")]
    for change, sentence in bad:
        refused = client.post("/auditor-access/new", data={**given, **change})
        assert refused.status_code == 422 and sentence in refused.text
    assert client.post(f"{answer.location}/end", data={"reason": ""}).status_code == 422
    assert client.post(f"{answer.location}/end", data={"reason": "Finished"}).status_code == 302
    assert client.post(f"{answer.location}/end", data={"reason": "Finished"}).status_code == 409
    sign_in(bank.auditor)
    assert client.get("/auditor-access").status_code == 403


def test_nobody_gives_access_to_themselves_or_to_somebody_without_the_role(bank):
    both: Person = make_person("Both Hats", roles=(Role.COMPLIANCE, Role.AUDITOR))
    with pytest.raises(NotAllowed):
        give_access(both, Scope(), reason="x", ends_at=now() + timedelta(days=1), by=both)
    with pytest.raises(Invalid, match="is no auditor"):
        give_access(bank.learner.person, Scope(), reason="x", ends_at=now() + timedelta(days=1), by=get_person(bank.officer.public_id))
    assert isinstance(bank.learner, Learner)
