"""Certificates: sealed, issued anew with a reason, one for a completion however often it is asked for."""

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from core.db import session
from core.documents.models import IssuedDocument, SealVerdict
from core.documents.reading import read_seal
from core.errors import Invalid, NotAllowed, WrongState
from core.files.store import read_content
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from tests.factories import make_person
from tests.training.situations import Learner, a_passed_exam, an_officer
from training.catalogue.models import Course
from training.certificates.actions import issue_certificate, reissue
from training.certificates.models import Certificate, CertificateState
from training.certificates.queries import get_certificate
from training.completions.actions import withdraw_completion
from training.completions.queries import get_completion_by_key


def certified(run_jobs: Any) -> tuple[Learner, Certificate]:
    """Somebody who passed, and the certificate as an officer reads it."""
    learner, _attempt = a_passed_exam()
    session.commit()
    run_jobs()
    return learner, _read(session.scalars(select(Certificate)).one())


def _read(certificate: Certificate) -> Certificate:
    return get_certificate(certificate.public_id, viewer=an_officer("Rita Reader"))


def test_a_certificate_is_sealed_and_the_uploaded_file_is_recognised(client: Any, run_jobs: Any) -> None:
    _learner, certificate = certified(run_jobs)
    content = read_content(certificate.document.file)
    assert read_seal(content).verdict is SealVerdict.UNCHANGED
    answer = client.post("/verify", data={"document": (BytesIO(content), "certificate.pdf")})
    assert "byte for byte" in answer.get_data(as_text=True)
    added = content + b"\n% a comment"
    answer = client.post("/verify", data={"document": (BytesIO(added), "certificate.pdf")})
    assert answer.status_code == 404
    assert "added" in answer.get_data(as_text=True)


def test_a_person_renamed_gets_a_new_paper_and_the_old_one_leads_to_it(client: Any, run_jobs: Any, mailbox: Any) -> None:
    learner, certificate = certified(run_jobs)
    person = session.get_one(Person, learner.person.id)
    old_name, person.name = person.name, "Nina Rocha Lima"
    following = reissue(certificate, reason="Married name.", by=an_officer())
    old, new = certificate.document.code, following.document.code
    assert (certificate.state, following.state) == (CertificateState.REPLACED, CertificateState.ISSUED)
    assert following.document.holder == "Nina Rocha Lima"
    session.commit()
    run_jobs()
    before = client.get(f"/verify/{old}").get_data(as_text=True)
    assert f"/verify/{new}" in before
    assert old_name in before
    assert "Nina Rocha Lima" not in before
    after = client.get(f"/verify/{new}").get_data(as_text=True)
    assert f"/verify/{old}" in after
    assert len([mail for mail in mailbox.to(learner.person) if mail.name == "certificate_issued"]) == 2


def test_issuing_anew_asks_for_a_reason_and_happens_once(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, certificate = certified(run_jobs)
    person, address = learner.person.public_id, f"/certificates/{certificate.public_id}/reissue"
    session.commit()
    sign_in(an_officer())
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason": " "}).status_code == 422
    assert address in client.get(f"/compliance/people/{person}").get_data(as_text=True)
    assert client.post(address, data={"reason": "Corrected score."}).status_code == 302
    assert client.post(address, data={"reason": "Corrected score."}).status_code == 409  # the second click
    assert session.scalars(select(func.count()).select_from(Certificate)).one() == 2
    assert address not in client.get(f"/compliance/people/{person}").get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.NEW_HIRE, Role.TRAINER, Role.AUDITOR])
def test_only_compliance_issues_anew_and_nobody_their_own(run_jobs: Any, role: Role) -> None:
    learner, certificate = certified(run_jobs)
    with pytest.raises(NotAllowed):
        reissue(certificate, reason="Because.", by=make_person("Eva Other", roles=(role,)))
    with pytest.raises(NotAllowed):
        reissue(certificate, reason="Because.", by=get_person(learner.person.public_id))


def test_a_completion_that_no_longer_counts_gets_no_new_paper(run_jobs: Any) -> None:
    _learner, certificate = certified(run_jobs)
    withdraw_completion(certificate.completion, reason="The key was wrong.", by=an_officer())
    with pytest.raises(Invalid, match="no longer counts"):
        reissue(certificate, reason="Regraded.", by=an_officer("Olga Second"))


def test_asking_again_after_issuing_anew_still_gives_the_one_that_holds(run_jobs: Any) -> None:
    _learner, certificate = certified(run_jobs)
    following = reissue(certificate, reason="Married name.", by=an_officer())
    assert issue_certificate(get_completion_by_key(certificate.completion_id)).id == following.id
    with pytest.raises(WrongState):
        reissue(certificate, reason="Again.", by=an_officer("Olga Second"))
    assert session.scalars(select(func.count()).select_from(IssuedDocument)).one() == 2


def test_a_course_with_a_certificate_cannot_be_deleted_so_the_certificate_stays(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, certificate = certified(run_jobs)
    code, address, course = certificate.document.code, f"/certificates/{certificate.public_id}/certificate.pdf", learner.course.id
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(delete(Course).where(Course.id == course))
    assert "Genuine, and it holds" in client.get(f"/verify/{code}").get_data(as_text=True)
    sign_in(learner.person)
    assert client.get(address).status_code == 200
