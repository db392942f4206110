"""Who may see and revoke certificates."""

from core.people.models import Person
from core.people.rights import Right
from training.certificates.models import Certificate, CertificateState


def can_see_everybodys(viewer: Person) -> bool:
    """Whether the viewer reads certificates of others."""
    return viewer.may(Right.SEE_COMPLIANCE)


def can_revoke(person: Person, certificate: Certificate, *, holder_id: int) -> bool:
    """Whether the person may revoke the certificate of a holder (inner key) now: never one's own."""
    return person.may(Right.REVOKE_CERTIFICATES) and certificate.state is CertificateState.ISSUED and holder_id != person.id


def can_reissue(person: Person, certificate: Certificate, *, holder_id: int) -> bool:
    """Whether the person may issue the certificate of a holder (inner key) anew: as one may revoke it."""
    return can_revoke(person, certificate, holder_id=holder_id)
