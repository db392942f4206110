"""What kinds and standings of documents are called."""

from typing import Any

from core.documents.models import DocumentKind, Standing
from core.web.i18n import _l

DOCUMENT_KIND_LABELS: dict[DocumentKind, Any] = {
    DocumentKind.OFFER_LETTER: _l("Offer letter"),
    DocumentKind.SIGNED_OFFER: _l("Signed offer"),
    DocumentKind.CERTIFICATE: _l("Certificate"),
    DocumentKind.TRANSCRIPT: _l("Transcript"),
    DocumentKind.CONFIRMATION: _l("Confirmation"),
    DocumentKind.EVIDENCE: _l("Proof"),
}

STANDING_LABELS: dict[Standing, Any] = {
    Standing.VALID: _l("Valid"),
    Standing.EXPIRED: _l("Expired"),
    Standing.SUPERSEDED: _l("Replaced by a newer document"),
    Standing.REVOKED: _l("Revoked"),
}
