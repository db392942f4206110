"""Issuing certificates, issuing them anew, and revoking them."""

from core.audit.record import record
from core.clock import now
from core.db import session
from core.documents.actions import keep_document, revoke_document, supersede_document
from core.documents.models import DocumentKind, IssuedDocument
from core.documents.sealing import seal_pdf
from core.errors import Invalid, NotAllowed
from core.people.models import Person
from core.web.i18n import _
from training.certificates import documents, mails, policy, queries
from training.certificates.models import WORKFLOW, Certificate, CertificateState
from training.certificates.printing import sheet_of
from training.completions.actions import withdraw_completion
from training.requirements.models import Completion


def issue_certificate(completion: Completion) -> Certificate:
    """Print, seal and keep the certificate of a completion, and mail it. A completion has one, however often this is called."""
    found = queries.find_certificate(completion)
    if found is not None:
        return found
    document = _printed(completion, by=None)
    certificate = Certificate(completion_id=completion.id, state=CertificateState.ISSUED)
    certificate.completion, certificate.document = completion, document
    session.add(certificate)
    session.flush()
    record(
        "training.certificate.issued", certificate, by=None, person=completion.person, changes={"course": completion.course_id, "code": document.code}
    )
    mails.certificate_issued(certificate)
    return certificate


def reissue(certificate: Certificate, *, reason: str, by: Person, completion: Completion | None = None) -> Certificate:
    """Issue a certificate anew from what is true now: a new name, a regraded score, or another completion of the same person and course.

    The old one stays and says that it was replaced, and by which. Raises NotAllowed without the right or for one's own,
    Invalid without a reason or where the completion does not count, WrongState when it no longer holds.
    """
    WORKFLOW.insist(certificate.state, CertificateState.REPLACED, sentence=_("This certificate no longer holds, so it cannot be issued anew."))
    completion = completion or certificate.completion
    if not policy.can_reissue(by, certificate, holder_id=certificate.completion.person_id):
        raise NotAllowed(_("Only compliance issues certificates anew, and nobody their own."))
    if not reason.strip():
        raise Invalid(_("Say why the certificate is issued anew."), field="reason")
    same = (completion.person_id, completion.course_id) == (certificate.completion.person_id, certificate.completion.course_id)
    if completion.superseded_at is not None or not same:
        raise Invalid(_("The completion no longer counts, so no certificate can be issued for it. Revoke this one instead."))
    document = _printed(completion, by=by)
    supersede_document(certificate.document, by_document=document, by=by)
    certificate.state = CertificateState.REPLACED
    session.flush()  # before the new one comes: a completion has one that holds
    following = Certificate(completion_id=completion.id, replaces_id=certificate.id, reissue_reason=reason.strip(), reissued_by_id=by.id)
    following.completion, following.document = completion, document
    session.add(following)
    session.flush()
    changes = {"code": document.code, "replaces": str(certificate.public_id)}
    record("training.certificate.reissued", following, by=by, person=completion.person, changes=changes, reason=reason.strip())
    mails.certificate_issued(following)
    return following


def _printed(completion: Completion, *, by: Person | None) -> IssuedDocument:
    sheet = sheet_of(completion)
    return keep_document(
        seal_pdf(documents.certificate_pdf(sheet)),
        kind=DocumentKind.CERTIFICATE,
        title=sheet.title,
        person=completion.person,
        facts=documents.facts(sheet),
        by=by,
        valid_until=completion.valid_until,
        subject_id=completion.public_id,
        code=sheet.paper.code,
        language=sheet.language,
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
    _revoke(certificate, certificate.completion.person, reason=reason, by=by)
    withdraw_completion(certificate.completion, reason=reason.strip(), by=by)


def take_back(completion: Completion, *, reason: str, by: Person) -> None:
    """Let a completion no longer count, and revoke what was issued for it. Whoever calls this has made sure that `by` may.

    Nothing is done again that has been done: a certificate that was revoked before stays as it was. Needs `person` to be loaded.
    """
    certificate = queries.find_certificate(completion)
    if certificate is not None and certificate.state is CertificateState.ISSUED:
        _revoke(certificate, completion.person, reason=reason, by=by)
    if completion.superseded_at is None:
        withdraw_completion(completion, reason=reason, by=by)


def _revoke(certificate: Certificate, holder: Person, *, reason: str, by: Person) -> None:
    certificate.state, certificate.revoked_at, certificate.revoked_by_id = CertificateState.REVOKED, now(), by.id
    certificate.revoked_reason = reason.strip()
    revoke_document(certificate.document, reason=reason, by=by)
    record("training.certificate.revoked", certificate, by=by, person=holder, reason=reason.strip())
