"""Taking back the letter of an offer that no longer stands, so that nobody who checks it takes it for one that does."""

from flask_babel import LazyString

from core.documents.actions import revoke_document
from core.people.models import Person
from core.web.i18n import _l, force_locale
from hiring.offers.models import Offer

WITHDRAWN = _l("The offer was withdrawn.")
REPLACED = _l("Another version of the offer takes its place.")
DECLINED = _l("The offer was declined.")
NOT_STARTED = _l("The employment did not begin.")


def revoke_letter(offer: Offer, reason: LazyString, *, by: Person | None) -> None:
    """Revoke the letter that was sent and its signed copy, where there are; the reason is public, in the letter's language. Needs both."""
    with force_locale(offer.language):
        said = str(reason)
    for document in (offer.document, offer.signed_document):
        if document is not None and document.revoked_at is None:
            revoke_document(document, reason=said, by=by)
