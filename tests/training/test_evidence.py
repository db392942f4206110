"""Evidence packs: what they tell, that they can be checked without us, and that a killed worker goes on where it was."""

import html
import json
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from core.clock import now, today
from core.db import session
from core.documents.models import IssuedDocument
from core.errors import Invalid
from core.files.store import get_file, read_content, store_bytes
from core.jobs.models import Job
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from tests.factories import make_department, make_employment, make_person
from tests.training.situations import Learner, a_course, a_failed_exam, a_learner, a_passed_exam, an_exemption, an_officer
from tests.training.test_equivalences import a_kind, second
from training.catalogue.actions import ExamTerms
from training.completions.actions import complete
from training.compliance.filtering import ComplianceFilter
from training.compliance.moment import Moment
from training.compliance.sight import fingerprint_of, look
from training.compliance.terms import Combination, RuleTerms
from training.equivalences.actions import Certificate, accept, hand_in
from training.evidence import actions, printing
from training.evidence.actions import ask_for_pack, gather_part
from training.evidence.models import EvidencePack, EvidencePart, PackState
from training.evidence.wanted import EvidenceFilter
from training.exams.queries import drawn_items
from training.items.models import ItemKind
from training.regrading.actions import correct_key
from training.regrading.marks import Correction
from training.regrading.models import CorrectionKind
from training.regrading.queries import get_item
from training.requirements.actions import rederive, write_draft
from training.requirements.drafts import RuleDraft
from training.requirements.models import CompletionSource


@pytest.fixture
def officer(app) -> Person:
    return an_officer("Rosa Prado")


def ask(officer: Person, wanted: EvidenceFilter | None = None, **given) -> EvidencePack:
    day = today(officer.time_zone)
    days = {"since": day - timedelta(days=365), "until": day, "known_on": None, **given}
    pack = ask_for_pack(wanted or EvidenceFilter(), **days, named={}, language="en", today=day, by=get_person(officer.public_id))
    session.commit()
    return pack


def a_team() -> Learner:
    """One who passed, one who failed, one who is exempt."""
    learner, _attempt = a_passed_exam()
    day = today("America/Sao_Paulo")
    for name in ("Fabio Castro", "Elza Torres"):
        person = make_person(name, roles=(Role.NEW_HIRE,))
        make_employment(person, job_role=learner.job_role, starts_on=day - timedelta(days=200))
        rederive(person)
        other = Learner(person, learner.course, learner.version, learner.rule, learner.job_role)
        if name == "Fabio Castro":
            a_failed_exam(other)
        else:
            an_exemption(person, learner.course, valid_from=day, reason="Teaches it herself.")
    session.flush()
    return learner


def saved(pack: EvidencePack, folder: Path) -> Path:
    session.refresh(pack)
    document = session.get_one(IssuedDocument, pack.document_id)
    path = folder / f"evidence-{document.code}.pdf"
    path.write_bytes(read_content(document_file(document)))
    return path


def document_file(document: IssuedDocument):
    from core.files.models import StoredFile

    return get_file(session.get_one(StoredFile, document.file_id).public_id)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


def test_the_instructions_on_the_page_work_as_they_are_and_find_a_changed_byte(client, sign_in, officer, run_jobs, tmp_path):
    learner = a_team()
    run_jobs()
    sign_in(officer)
    day = today(officer.time_zone)
    asked = client.post("/evidence/new", data={"since": day - timedelta(days=30), "until": day})
    address = asked.location
    assert "Being gathered" in client.get(address).text
    assert client.get(f"{address}/progress").status_code == 200
    assert client.post(f"{address}/download").status_code == 409
    run_jobs()
    page = client.get(address).text
    assert "HX-Refresh" in client.get(f"{address}/progress").headers
    answer = client.post(f"{address}/download")
    name = re.search(r"filename=([^;]+)", answer.headers["Content-Disposition"])[1]
    (tmp_path / name).write_bytes(answer.data)
    steps = re.findall(r'<pre class="command"[^>]*><code>(.*?)</code></pre>.*?<code class="fingerprint">(.*?)</code>', page, re.DOTALL)
    assert len(steps) == 7
    for command, expected in steps:
        done = run(html.unescape(command), tmp_path)
        assert html.unescape(expected) in done.stdout, (command, done.stdout, done.stderr)
        assert done.returncode == 0
    printed = " ".join(run(f"pdftotext -layout {name} -", tmp_path).stdout.split())
    for command, _expected in steps[:5]:
        assert all(line.strip() in printed for line in html.unescape(command).splitlines() if len(line) < 60)
    assert learner.person.name in printed and "Teaches it herself." in printed and "Saul Second" in printed
    assert "Total document signed" in run(f"pdfsig -nocert {name}", tmp_path).stdout
    told = (tmp_path / "audit.jsonl").read_text()
    (tmp_path / "audit.jsonl").write_text(
        told.replace('"passed":false', '"passed":true', 1).replace("training.completion.noted", "training.completion.notet", 1)
    )
    assert run(html.unescape(steps[5][0]), tmp_path).returncode == 1
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[:20_000] + bytes([whole[20_000] ^ 1]) + whole[20_001:])
    assert "Signature is Valid" not in run(f"pdfsig -nocert {name}", tmp_path).stdout
    from core.audit.models import AuditEvent

    names = session.scalars(select(AuditEvent.name).where(AuditEvent.subject == "training_evidence_pack").order_by(AuditEvent.id)).all()
    assert names == ["training.evidence.asked", "training.evidence.made", "training.evidence.downloaded"]


def test_what_is_attached_tells_reason_version_attempts_certificate_and_exemption(officer, run_jobs, tmp_path):
    learner = a_team()
    run_jobs()
    pack = ask(officer)
    run_jobs()
    path = saved(pack, tmp_path)
    run(f"pdfdetach -saveall {path.name}", tmp_path)
    told = json.loads((tmp_path / "evidence.json").read_text())
    people = {person["name"]: person["requirements"][0] for person in told["people"]}
    held = people[learner.person.name]
    assert "Required because: rule" in held["reason"] and held["state"] == "compliant"
    assert held["completions"][0]["version_approved_by"] and held["completions"][0]["certificate"]["code"]
    assert held["attempts"][0]["score"] == "100.0" and held["attempts"][0]["passed"] is True
    assert people["Fabio Castro"]["state"] == "overdue" and people["Fabio Castro"]["attempts"][0]["passed"] is False
    assert people["Elza Torres"]["exemptions"][0]["approved_by"] == "Saul Second"
    assert told["rules"][0]["revision"] == 1 and told["versions"][0]["times_taken"] == 1
    table = (tmp_path / "requirements.csv").read_text("utf-8-sig").splitlines()
    assert len(table) == 4 and table[0].startswith("person_id,person,")
    events = [json.loads(line)["name"] for line in (tmp_path / "audit.jsonl").read_text().splitlines()]
    assert {"training.rule.written", "training.completion.noted", "training.certificate.issued", "training.exemption.granted"} <= set(events)
    assert "training.attempt.graded" in events and "training.version.approved" in events


def test_an_accepted_certificate_from_elsewhere_is_told_with_who_accepted_it(officer, run_jobs, tmp_path):
    learner, other = a_learner(), a_course(title="Ethics")[0]
    day = today("America/Sao_Paulo")
    draft = RuleDraft(
        learner.course, None, 30, 12, day - timedelta(days=100), also=[other], title="Both", terms=RuleTerms(combines=Combination.IN_ORDER)
    )
    write_draft(draft, by=None)
    run_jobs()
    person = get_person(learner.person.public_id)
    kind = a_kind(other, name="CEA")
    file = store_bytes(b"%PDF-1.7 canary", name="cea.pdf", content_type="application/pdf", by=person, person=person)
    equivalence = hand_in(person, kind, Certificate("CEA 77", day - timedelta(days=30)), file=file, by=person)
    accept(equivalence, by=second())
    complete(person, learner.version, completed_on=day, by=None, source=CompletionSource.RECORDED)
    run_jobs()
    pack = ask(officer)
    run_jobs()
    path = saved(pack, tmp_path)
    run(f"pdfdetach -saveall {path.name}", tmp_path)
    told = json.loads((tmp_path / "evidence.json").read_text())
    (both,) = [one for person in told["people"] for one in person["requirements"] if len(one["courses"]) == 2]
    (held,) = both["equivalences"]
    assert (held["certificate"], held["issuer"], held["number"], held["approved_by"]) == ("CEA", "ANBIMA", "CEA77", "Saul Second")
    assert held["course_code"] == other.code and [one["course_code"] for one in both["completions"]] == [learner.course.code]
    assert [version["times_taken"] for version in told["versions"] if version["course_code"] == learner.course.code] == [1]
    printed = run(f"pdftotext -layout {path.name} -", tmp_path).stdout
    assert "Certificate from elsewhere: CEA" in " ".join(printed.split())
    events = [json.loads(line)["name"] for line in (tmp_path / "audit.jsonl").read_text().splitlines()]
    assert {"training.equivalence.handed_in", "training.equivalence.accepted"} <= set(events)


def test_an_attempt_graded_again_is_told_with_both_scores_who_and_why(officer, run_jobs, tmp_path):
    learner, attempt = a_passed_exam(a_learner(terms=ExamTerms(item_count=8, pass_mark=90)))
    item = next(item for item in drawn_items(attempt) if item.kind is ItemKind.SINGLE)
    wanted = Correction(CorrectionKind.KEY, {"right": [next(option.id for option in item.options if not option.correct)]})
    run_jobs()
    author = an_officer("Olavo Dias")
    correct_key(get_item(item.public_id, viewer=author), wanted, keeps_passed=False, reason="The law has changed.", by=author)
    run_jobs()
    pack = ask(officer)
    run_jobs()
    path = saved(pack, tmp_path)
    run(f"pdfdetach -saveall {path.name}", tmp_path)
    told = json.loads((tmp_path / "evidence.json").read_text())
    held = next(one["requirements"][0] for one in told["people"] if one["name"] == learner.person.name)
    (sat,) = held["attempts"]
    (again,) = sat["graded_again"]
    assert (again["by"], again["reason"], again["outcome"]) == ("Olavo Dias", "The law has changed.", "now_failed")
    assert again["score_before"] == "100.0" and again["score_after"] == sat["score"] != "100.0" and sat["passed"] is False
    assert held["completions"][0]["certificate"]["state"] == "revoked" and told["versions"][0]["times_taken"] == 0
    events = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text().splitlines()]
    assert again["id"] in [event["subject_id"] for event in events if event["name"] == "training.key.corrected"]
    printed = " ".join(run(f"pdftotext {path.name} -", tmp_path).stdout.split())
    assert f"by Olavo Dias: 100.0 % became {sat['score']} %. The law has changed." in printed
    assert "nothing that was due was missing" in printed


def test_the_report_hash_is_that_of_the_matrix_and_the_same_each_time(officer, run_jobs):
    with time_machine.travel(now() - timedelta(days=4), tick=False):
        a_team()
        run_jobs()
    yesterday = today("UTC") - timedelta(days=1)
    first = ask(officer, until=yesterday, known_on=yesterday)
    second = ask(officer, until=yesterday, known_on=yesterday)
    run_jobs()
    moment = Moment(yesterday, yesterday)
    sight = look(get_person(officer.public_id), ComplianceFilter(), state=None, moment=moment)
    assert first.report_hash == second.report_hash == fingerprint_of(sight, moment, ComplianceFilter())
    files = ("evidence.json", "requirements.csv", "audit.jsonl", "chain.txt")
    assert [first.hashes[name] for name in files] == [second.hashes[name] for name in files]


def test_who_left_in_the_period_stays_in_and_is_judged_on_the_last_day(officer, run_jobs, tmp_path):
    from core.people.moving import end_employment
    from core.people.queries import standing_employment

    learner = a_learner(starts_on=date(2024, 1, 8))
    day = today(officer.time_zone)
    end_employment(
        standing_employment(learner.person, on=day), last_day=day - timedelta(days=40), reason="Left.", by=make_person("Hanna Reis", roles=(Role.HR,))
    )
    pack = ask(officer)
    run_jobs()
    path = saved(pack, tmp_path)
    run(f"pdfdetach -saveall {path.name}", tmp_path)
    told = json.loads((tmp_path / "evidence.json").read_text())
    person = next(one for one in told["people"] if one["name"] == learner.person.name)
    assert person["judged_on"] == (day - timedelta(days=40)).isoformat() and told["count"]["left_in_the_period"] == 1
    assert person["requirements"][0]["state"] == "overdue"


def test_a_killed_worker_goes_on_where_it_was_without_doubles(officer, run_jobs, monkeypatch):
    learner = a_team()
    monkeypatch.setattr(actions, "PART", 1)
    pack = ask(officer)
    gather_part(pack.id, after=0)
    session.flush()
    reached = pack.reached
    gather_part(pack.id, after=0)  # the same job once more, as after a kill between the work and its being settled
    assert (pack.done, pack.reached) == (1, reached)
    assert session.scalars(select(func.count()).select_from(EvidencePart)).one() == 1

    def killed(*ignored, **given):
        raise RuntimeError("killed")

    monkeypatch.setattr(printing, "seal_pdf", killed)
    run_jobs()
    assert pack.state is PackState.PRINTING and pack.done == pack.people >= 3
    assert session.scalars(select(func.count()).select_from(EvidencePart)).one() == pack.people
    monkeypatch.undo()
    for job in session.scalars(select(Job).where(Job.task == actions.PRINT)):
        job.run_at = job.created_at
    run_jobs()
    assert pack.state is PackState.READY and learner.person.id
    assert session.scalars(select(func.count()).select_from(EvidencePart)).one() == 0
    printing.print_pack(pack.id)
    assert session.scalars(select(func.count()).select_from(IssuedDocument).where(IssuedDocument.subject_id == pack.public_id)).one() == 1


def test_a_pack_that_failed_for_good_says_so_and_is_taken_up(client, sign_in, officer, run_jobs):
    a_team()
    pack = ask(officer)
    run_jobs()
    pack.state = PackState.PRINTING
    actions.note_failure(pack.id, reason="It failed.")
    sign_in(officer)
    address = f"/evidence/{pack.public_id}"
    assert "It failed." in client.get(address).text
    assert client.post(f"{address}/take-up").status_code == 302
    assert client.post(f"{address}/take-up").status_code == 409


def test_filters_narrow_people_and_rules(officer, run_jobs):
    learner = a_team()
    department = make_department("Corporate desk")
    person = make_person("Otto Prestes")
    make_employment(person, job_role=learner.job_role, department=department, starts_on=date(2025, 1, 6))
    complete(person, learner.version, completed_on=today("UTC") - timedelta(days=3), by=officer, source=CompletionSource.RECORDED)
    assert ask(officer, EvidenceFilter(department=str(department.public_id))).people == 1
    assert ask(officer, EvidenceFilter(regulation="Circular BCB 3.978/2020, art. 9")).people == ask(officer).people
    with pytest.raises(Invalid, match="No rule fits"):
        ask(officer, EvidenceFilter(regulation="Another"))
    with pytest.raises(Invalid, match="Nobody was employed"):
        ask(officer, EvidenceFilter(department="junk"))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"since": "2026-05-02", "until": "2026-05-01"}, "ends before it begins"),
        ({"since": "2026-05-02", "until": "2199-05-01"}, "days to come"),
        ({"since": "1999-05-02", "until": "2026-05-01"}, "longer than ten years"),
        ({"since": "", "until": "2026-05-01"}, "required"),
        ({"since": "2026-05-02", "until": "2026-05-03", "department": "junk"}, "Not a valid choice"),
    ],
)
def test_a_question_that_makes_no_sense_is_said_so(client, sign_in, officer, given, sentence):
    a_learner()
    sign_in(officer)
    answer = client.post("/evidence/new", data=given)
    assert answer.status_code == 422 and sentence in answer.text


def test_pages_take_few_statements_and_strangers_get_nothing(client, sign_in, officer, run_jobs):
    a_team()
    for _turn in range(2):
        ask(officer)
    run_jobs()
    sign_in(officer)
    client.get("/evidence")
    few = client.last_statements
    for _turn in range(3):
        ask(officer)
    client.get("/evidence")
    assert client.last_statements == few <= 12
    client.get("/evidence/new?department=x")
    assert client.last_statements <= 12
    pack = session.scalars(select(EvidencePack).order_by(EvidencePack.id).limit(1)).one()
    client.get(f"/evidence/{pack.public_id}")
    assert client.last_statements <= 12
    sign_in(make_person("Nobody Special", roles=(Role.MANAGER,)))
    assert client.get(f"/evidence/{pack.public_id}").status_code == 403


def test_reports_an_auditor_asks_for(client, sign_in, officer, run_jobs, tmp_path):
    learner = a_team()
    run_jobs()
    sign_in(officer)
    page = client.get("/evidence/reports/population")
    assert page.status_code == 200 and learner.person.name in page.text and client.last_statements <= 12
    table = client.get("/evidence/reports/population.csv").text
    assert learner.person.name in table and learner.course.title in table
    assert "Iris Melo" not in client.get("/evidence/reports/population?department=junk").text
    changes = client.get("/evidence/reports/rule-changes")
    assert learner.course.title in changes.text and client.last_statements <= 12
    assert "Transcript" in client.get(f"/compliance/people/{learner.person.public_id}").text
    answer = client.post(f"/evidence/reports/transcript/{learner.person.public_id}")
    (tmp_path / "transcript.pdf").write_bytes(answer.data)
    printed = run("pdftotext -layout transcript.pdf -", tmp_path).stdout
    assert learner.person.name in printed and "Certificate" in printed and "100.0 %" in printed
    assert "Signature is Valid" in run("pdfsig -nocert transcript.pdf", tmp_path).stdout
    assert client.post(f"/evidence/reports/transcript/{officer.public_id}").status_code == 404
