"""Taking back the letter of an offer that no longer stands, so that nobody who checks it takes it for one that does."""

from flask_babel import LazyString

from core.documents.actions import revoke_document
from core.people.models import Person
from core.web.i18n import _l, force_locale
from hiring.offers.models import Offer

WITHDRAWN = _l("The offer was withdrawn.")
REPLACED = _l("Another version of the offer takes its place.")
DECLINED = _l("The offer was declined.")


def revoke_letter(offer: Offer, reason: LazyString, *, by: Person | None) -> None:
    """Revoke the letter that was sent, if one was; the reason is public, in the letter's language. Needs `document`."""
    if offer.document is not None and offer.document.revoked_at is None:
        with force_locale(offer.language):
            said = str(reason)
        revoke_document(offer.document, reason=said, by=by)
