"""The terms of an offer each time approval was asked for them, and how two of them differ."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from core.audit.record import record
from core.db import session
from core.people.models import Person
from hiring.offers.models import Offer, OfferVersion


def terms_of(offer: Offer) -> dict[str, Any]:
    """Everything that is approved, as plain values. Needs place, manager and buddy."""
    return {
        "salary": offer.salary,
        "currency": offer.currency,
        "bonus": offer.bonus,
        "starts_on": offer.starts_on.isoformat(),
        "expires_on": offer.expires_on.isoformat(),
        "location": offer.location.name,
        "manager": offer.manager.name,
        "buddy": offer.buddy.name if offer.buddy else "",
        "probation_days": offer.probation_days,
        "benefits": offer.benefits,
        "language": offer.language,
        "letter": offer.letter,
    }


def terms_hash(offer: Offer) -> str:
    """A hash of everything that is approved."""
    return hashlib.sha256(json.dumps(terms_of(offer), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def keep_version(offer: Offer, *, by: Person) -> OfferVersion:
    """Keep the terms as they are now, unless the newest version says the same."""
    query = select(OfferVersion).where(OfferVersion.offer_id == offer.id).order_by(OfferVersion.number.desc())
    newest = session.scalars(query.limit(1)).one_or_none()
    digest = terms_hash(offer)
    if newest is not None and newest.sha256 == digest:
        return newest
    number = 1 if newest is None else newest.number + 1
    version = OfferVersion(offer_id=offer.id, number=number, terms=terms_of(offer), sha256=digest, made_by_id=by.id)
    session.add(version)
    session.flush()
    record("hiring.offer.version_kept", offer, by=by, person=offer.application.candidate.person, changes={"number": number, "sha256": digest})
    return version


def versions_of(offer: Offer) -> Sequence[tuple[Offer, OfferVersion]]:
    """Every version of every offer to the same application, in order."""
    query = (
        select(Offer, OfferVersion)
        .join(OfferVersion, OfferVersion.offer_id == Offer.id)
        .where(Offer.application_id == offer.application_id)
        .order_by(Offer.number, OfferVersion.number)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def version_count(offer: Offer) -> int:
    """How many versions there are of all offers to the application."""
    query = select(func.count()).select_from(OfferVersion).join(Offer, Offer.id == OfferVersion.offer_id)
    return session.scalars(query.where(Offer.application_id == offer.application_id)).one()


def changed_names(versions: Sequence[OfferVersion]) -> list[set[str]]:
    """For each version, the names of the terms that differ from the version before it."""
    found: list[set[str]] = []
    for place, version in enumerate(versions):
        before = versions[place - 1].terms if place else version.terms
        found.append({name for name, value in version.terms.items() if before.get(name) != value})
    return found
