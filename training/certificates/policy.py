"""Who may see and revoke certificates."""

from core.people.models import Person
from core.people.rights import Right
from training.certificates.models import Certificate, CertificateState


def can_see_everybodys(viewer: Person) -> bool:
    """Whether the viewer reads certificates of others."""
    return viewer.may(Right.SEE_COMPLIANCE)


def can_revoke(person: Person, certificate: Certificate) -> bool:
    """Whether the person may revoke the certificate now. Needs `completion` to be loaded."""
    own = certificate.completion.person_id == person.id
    return person.may(Right.REVOKE_CERTIFICATES) and certificate.state is CertificateState.ISSUED and not own
