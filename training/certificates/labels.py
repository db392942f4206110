"""Words for where certificates stand."""

from typing import Any

from core.web.i18n import _l
from training.certificates.models import CertificateState

STATES: dict[CertificateState, Any] = {
    CertificateState.ISSUED: _l("Issued"),
    CertificateState.REVOKED: _l("Revoked"),
    CertificateState.REPLACED: _l("Replaced"),
}
