"""Certificates of many people: issued once each, gathered as they are, in the background, and for those alone who may."""

import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import delete, func, select

from core.clock import now, today
from core.db import session
from core.documents.models import SealVerdict
from core.documents.reading import read_seal
from core.errors import Invalid, NotAllowed, WrongState
from core.files.store import read_content
from core.jobs.models import Job
from core.people.models import Person
from tests.factories import make_department, make_person
from tests.training.situations import a_learner, a_passed_exam, an_officer
from training.bundles import actions
from training.bundles.gathering import file_name
from training.bundles.models import Bundle, BundleForm, BundleLine, BundleState, LineState
from training.bundles.queries import Wanted, count_fitting, get_bundle, tallies
from training.catalogue.models import CourseVersion
from training.certificates.actions import revoke_certificate
from training.certificates.models import Certificate
from training.certificates.queries import get_certificate
from training.completions.actions import complete, withdraw_completion
from training.completions.queries import get_completion_by_key
from training.requirements.models import Completion, CompletionSource


def lately() -> Wanted:
    """Whatever was completed within a month."""
    day = today("America/Sao_Paulo")
    return Wanted(day - timedelta(days=30), day + timedelta(days=1))


def taken_in(number: int) -> list[Person]:
    """So many people with a result from elsewhere, and so without a certificate of ours."""
    learner = a_learner()
    people = [make_person(f"Person {place:02}") for place in range(number)]
    for person in people:
        complete(person, learner.version, completed_on=today("America/Sao_Paulo"), by=None, source=CompletionSource.EXTERNAL)
    return people


def content_of(bundle: Bundle) -> bytes:
    """The bytes of its file."""
    found = get_bundle(bundle.public_id)
    assert found.file is not None
    return read_content(found.file)


def test_what_is_missing_is_issued_once_and_every_file_of_the_zip_keeps_its_seal(run_jobs: Any) -> None:
    taken_in(45)  # more than two slices of each lane
    a_passed_exam()
    run_jobs()
    officer = an_officer()
    assert count_fitting(lately()).missing == 45
    bundle = actions.begin_bundle(lately(), BundleForm.ZIP, by=officer)
    run_jobs()
    found = get_bundle(bundle.public_id)
    assert found.state is BundleState.DONE and found.has_file
    assert tallies([found])[found.id] == {LineState.ISSUED: 45, LineState.FOUND: 1}
    with zipfile.ZipFile(BytesIO(content_of(bundle))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(set(names)) == 46 and all(name.endswith(".pdf") for name in names)
        assert read_seal(archive.read(names[0])).verdict is SealVerdict.UNCHANGED
    assert session.scalars(select(func.count()).select_from(Certificate)).one() == 46
    again = actions.begin_bundle(lately(), BundleForm.NONE, by=an_officer("Rita Reader"))
    run_jobs()
    assert tallies([again])[again.id] == {LineState.FOUND: 46}
    assert get_bundle(again.public_id).file is None


def test_one_pdf_has_a_page_and_a_bookmark_for_each(run_jobs: Any) -> None:
    taken_in(3)
    bundle = actions.begin_bundle(lately(), BundleForm.MERGED, by=an_officer())
    run_jobs()
    reader = PdfReader(BytesIO(content_of(bundle)))
    assert len(reader.pages) == len(reader.outline) == 3
    assert "Person 00" in reader.pages[0].extract_text() and "Person 02" in reader.pages[2].extract_text()
    assert "/AcroForm" not in reader.trailer["/Root"]


def test_who_asked_is_left_out_and_so_is_what_no_longer_counts(run_jobs: Any) -> None:
    people = taken_in(2)
    officer = an_officer()
    completion = get_completion_by_key(session.scalars(select(Completion.id).where(Completion.person_id == people[0].id)).one())
    version = session.get_one(CourseVersion, completion.version_id)
    complete(officer, version, completed_on=today("America/Sao_Paulo"), by=None, source=CompletionSource.EXTERNAL)
    bundle = actions.begin_bundle(lately(), BundleForm.ZIP, by=officer)
    withdraw_completion(completion, reason="Somebody else's paper.", by=officer)
    run_jobs()
    refused = session.scalars(select(BundleLine).where(BundleLine.state == LineState.REFUSED).order_by(BundleLine.id)).all()
    assert {line.why for line in refused} == {"The completion no longer counts.", "Nobody issues their own certificate."}
    with zipfile.ZipFile(BytesIO(content_of(bundle))) as archive:
        assert len(archive.namelist()) == 1


def test_a_revoked_certificate_is_not_handed_out(run_jobs: Any) -> None:
    _learner, _attempt = a_passed_exam()
    run_jobs()
    officer = an_officer()
    certificate = get_certificate(session.scalars(select(Certificate.public_id)).one(), viewer=officer)
    bundle = actions.begin_bundle(lately(), BundleForm.ZIP, by=officer)
    revoke_certificate(certificate, reason="Copied.", by=officer)
    run_jobs()
    found = get_bundle(bundle.public_id)
    assert found.state is BundleState.DONE and found.file is None
    assert "none" in found.problem.lower()


def test_a_job_done_twice_and_lanes_that_end_together_gather_once(run_jobs: Any) -> None:
    taken_in(5)
    bundle = actions.begin_bundle(lately(), BundleForm.ZIP, by=an_officer())
    session.flush()
    assert not actions.issue_slice(bundle, lane=0)
    actions.end_lane(bundle)
    assert bundle.state is BundleState.ISSUING  # the other lane is not through
    assert not actions.issue_slice(bundle, lane=0)  # once more: nothing waits
    assert not actions.issue_slice(bundle, lane=1)
    actions.end_lane(bundle)
    actions.end_lane(bundle)
    assert bundle.state is BundleState.GATHERING
    asked = session.scalars(select(func.count()).select_from(Job).where(Job.task == "training.gather_bundle")).one()
    assert asked == 1
    session.execute(delete(Job).where(Job.task == "training.issue_bundle"))
    run_jobs()
    assert session.scalars(select(func.count()).select_from(Certificate)).one() == 5


def test_the_file_goes_after_its_time_and_the_certificates_stay(run_jobs: Any) -> None:
    taken_in(1)
    bundle = actions.begin_bundle(lately(), BundleForm.ZIP, by=an_officer())
    run_jobs()
    with time_machine.travel(now() + actions.KEPT + timedelta(hours=1), tick=False):
        assert actions.forget_files() == 1
        assert actions.forget_files() == 0
        found = get_bundle(bundle.public_id)
        with pytest.raises(WrongState, match="no longer kept"):
            actions.note_fetched(found, by=an_officer("Rita Reader"))
    assert session.scalars(select(func.count()).select_from(Certificate)).one() == 1


def test_only_compliance_and_never_nothing(app: Any) -> None:
    with pytest.raises(Invalid, match="Nobody completed"):
        actions.begin_bundle(lately(), BundleForm.ZIP, by=an_officer())
    taken_in(1)
    with pytest.raises(NotAllowed):
        actions.begin_bundle(lately(), BundleForm.ZIP, by=make_person())
    with pytest.raises(Invalid, match="before the first"):
        actions.begin_bundle(Wanted(lately().completed_to, lately().completed_from), BundleForm.ZIP, by=an_officer())
    assert count_fitting(Wanted(lately().completed_from, lately().completed_to, department=make_department())).total == 0


def test_what_was_earned_here_gets_its_certificate_by_itself(run_jobs: Any) -> None:
    learner = a_learner()
    for source in (CompletionSource.ATTENDANCE, CompletionSource.PRACTICAL, CompletionSource.EXTERNAL, CompletionSource.RECORDED):
        complete(make_person(), learner.version, completed_on=today("America/Sao_Paulo"), by=None, source=source)
    run_jobs()
    certified = select(Completion.source).join(Certificate, Certificate.completion_id == Completion.id).order_by(Completion.source)
    assert set(session.scalars(certified)) == {CompletionSource.ATTENDANCE, CompletionSource.PRACTICAL}


def test_pages_from_asking_to_fetching(client: Any, sign_in: Any, run_jobs: Any) -> None:
    taken_in(2)
    sign_in(an_officer())
    day = today("America/Sao_Paulo").isoformat()
    asked = {"completed_from": day, "completed_to": day, "course": "", "department": "", "form": "zip"}
    counted = client.post("/certificate-bundles", data={**asked, "count": "yes"})
    assert "2 completions fit. 2 of them have no certificate yet." in counted.text
    assert session.scalars(select(func.count()).select_from(Bundle)).one() == 0
    refused = client.post("/certificate-bundles", data={**asked, "completed_to": "2020-01-01"})
    assert refused.status_code == 422 and "The last day comes before the first." in refused.text
    answer = client.post("/certificate-bundles", data=asked)
    assert answer.status_code == 303
    assert "goes on in the background" in client.get(answer.location).text
    fragment = client.get(f"{answer.location}/progress", headers={"HX-Request": "true"})
    assert "0 of 2" in fragment.text and "HX-Refresh" not in fragment.headers
    run_jobs()
    assert client.get(f"{answer.location}/progress", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    shown = client.get(answer.location).text
    assert "Fetch the file" in shown and "Person 01" in shown
    fetched = client.post(f"{answer.location}/file")
    assert fetched.headers["Content-Disposition"].startswith("attachment") and zipfile.is_zipfile(BytesIO(fetched.data))
    client.get("/logout")
    sign_in(make_person())
    assert client.get(answer.location).status_code == 403


def test_names_of_files_are_safe_everywhere() -> None:
    assert file_name("Ana / Silva", "../Course: one\x00", "AB-1") == "Ana Silva - .. Course one - AB-1.pdf"
    assert len(file_name("x" * 500, "y", "CODE")) < 140
