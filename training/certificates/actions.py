"""Issuing and revoking certificates."""

from fractions import Fraction

from core.audit.record import record
from core.clock import now
from core.db import session
from core.documents.actions import keep_document, revoke_document
from core.documents.codes import new_code
from core.documents.models import DocumentKind
from core.documents.paper import company_paper
from core.errors import Invalid, NotAllowed
from core.people.models import Person
from core.web.i18n import _
from training.certificates import documents, mails, policy, queries
from training.certificates.documents import CertificatePaper
from training.certificates.models import WORKFLOW, Certificate, CertificateState
from training.completions.actions import withdraw_completion
from training.exams.models import Attempt
from training.requirements.models import Completion


def issue_certificate(completion: Completion) -> Certificate:
    """Print and keep the certificate of a completion, and mail it. A completion has one, however often this is called."""
    found = queries.find_certificate(completion)
    if found is not None:
        return found
    sheet = _sheet(completion)
    document = keep_document(
        documents.certificate_pdf(sheet),
        kind=DocumentKind.CERTIFICATE,
        title=sheet.title,
        person=completion.person,
        facts=documents.facts(sheet),
        by=None,
        valid_until=completion.valid_until,
        subject_id=completion.public_id,
        code=sheet.paper.code,
        language=sheet.language,
    )
    certificate = Certificate(completion_id=completion.id, state=CertificateState.ISSUED)
    certificate.completion, certificate.document = completion, document
    session.add(certificate)
    session.flush()
    record(
        "training.certificate.issued", certificate, by=None, person=completion.person, changes={"course": completion.course_id, "code": document.code}
    )
    mails.certificate_issued(certificate)
    return certificate


def _sheet(completion: Completion) -> CertificatePaper:
    attempt = None if completion.attempt_id is None else session.get_one(Attempt, completion.attempt_id)
    version, course, code = completion.course_version, completion.course, new_code()
    approver = None if version.approved_by_id is None else session.get_one(Person, version.approved_by_id)
    score: Fraction | None = None if attempt is None else attempt.percent
    return CertificatePaper(
        holder=completion.person.name,
        course=course.title,
        course_code=course.code,
        version=version.number,
        hours=course.hours,
        regulation=course.regulation,
        completed_on=completion.completed_on,
        valid_until=completion.valid_until,
        score=score,
        pass_mark=version.pass_mark,
        number=f"{course.code}-{completion.completed_on.year}-{completion.id:05d}",
        approver="" if approver is None else approver.name,
        language=completion.person.locale,
        paper=company_paper(code=code),
    )


def revoke_certificate(certificate: Certificate, *, reason: str, by: Person) -> None:
    """Take a certificate back: its public page says so, and the completion no longer counts. The rows stay.

    Raises NotAllowed without the right or for one's own, Invalid without a reason, WrongState when it was revoked already.
    """
    WORKFLOW.insist(certificate.state, CertificateState.REVOKED, sentence=_("This certificate was revoked already."))
    if not policy.can_revoke(by, certificate, holder_id=certificate.completion.person_id):
        raise NotAllowed(_("Only compliance revokes certificates, and nobody their own."))
    if not reason.strip():
        raise Invalid(_("Say why the certificate is revoked. The reason is shown to whoever checks it."), field="reason")
    certificate.state, certificate.revoked_at, certificate.revoked_by_id = CertificateState.REVOKED, now(), by.id
    certificate.revoked_reason = reason.strip()
    revoke_document(certificate.document, reason=reason, by=by)
    record("training.certificate.revoked", certificate, by=by, person=certificate.completion.person, reason=reason.strip())
    withdraw_completion(certificate.completion, reason=reason.strip(), by=by)
