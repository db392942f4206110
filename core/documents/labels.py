"""What kinds and standings of documents are called."""

from typing import Any

from core.documents.models import DocumentKind, SealVerdict, Standing
from core.web.i18n import _l

DOCUMENT_KIND_LABELS: dict[DocumentKind, Any] = {
    DocumentKind.OFFER_LETTER: _l("Offer letter"),
    DocumentKind.SIGNED_OFFER: _l("Signed offer"),
    DocumentKind.CERTIFICATE: _l("Certificate"),
    DocumentKind.TRANSCRIPT: _l("Transcript"),
    DocumentKind.CONFIRMATION: _l("Confirmation"),
    DocumentKind.EVIDENCE: _l("Proof"),
    DocumentKind.SIGNED_DOCUMENT: _l("Signed document"),
}

STANDING_LABELS: dict[Standing, Any] = {
    Standing.VALID: _l("Valid"),
    Standing.EXPIRED: _l("Expired"),
    Standing.SUPERSEDED: _l("Replaced by a newer document"),
    Standing.REVOKED: _l("Revoked"),
}

SEAL_LABELS: dict[SealVerdict, Any] = {
    SealVerdict.UNCHANGED: _l("Sealed by us, and unchanged"),
    SealVerdict.ADDED_TO: _l("Something was added after our seal"),
    SealVerdict.CHANGED: _l("Changed after it was sealed"),
    SealVerdict.FOREIGN: _l("Not sealed by us"),
    SealVerdict.UNREADABLE: _l("Its seal cannot be read"),
    SealVerdict.NONE: _l("Not known"),
}
