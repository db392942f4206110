"""Mails about certificates."""

from core.mail.outbox import queue_mail
from core.web.addresses import absolute_url
from training.certificates.models import Certificate


def certificate_issued(certificate: Certificate) -> None:
    """Send the holder their certificate as an attachment."""
    completion, document = certificate.completion, certificate.document
    queue_mail(
        "certificate_issued",
        to=completion.person,
        context={
            "name": completion.person.name,
            "course": completion.course.title,
            "valid_until": completion.valid_until,
            "url": absolute_url("certificates.download", certificate_id=certificate.public_id),
            "verify_url": absolute_url("verify.show", code=document.code),
        },
        attachments=[document.file],
        about=certificate.public_id,
    )
