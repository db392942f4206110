"""Private links: made, read and spent. Reading never spends; only an act of the person does."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from core.accounts.models import PrivateLink, Purpose
from core.clock import now
from core.db import session
from core.errors import Gone, NotFound
from core.people.models import Person

LIFETIME = {
    Purpose.APPLICATION: timedelta(days=180),
    Purpose.OFFER: timedelta(days=30),
    Purpose.INVITATION: timedelta(days=14),
    Purpose.PASSWORD: timedelta(hours=2),
    Purpose.PREBOARDING: timedelta(days=60),
    Purpose.SURVEY: timedelta(days=30),
}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue_link(purpose: Purpose, *, person: Person, subject_id: UUID | None = None, lifetime: timedelta | None = None) -> str:
    """Make a private link and return its token (192 random bits, URL-safe). The token itself is not kept anywhere."""
    token = secrets.token_urlsafe(24)
    session.add(
        PrivateLink(
            purpose=purpose,
            token_hash=_hash(token),
            person_id=person.id,
            subject_id=subject_id,
            expires_at=now() + (lifetime or LIFETIME[purpose]),
        )
    )
    return token


def read_link(token: str, *, purpose: Purpose, lock: bool = False) -> PrivateLink:
    """The live link with this token, with its person.

    Raises NotFound for an unknown or altered token or another purpose, Gone for an expired, used or revoked one.
    `lock` holds the row until the transaction ends, for acts that two requests may try at once.
    """
    query = select(PrivateLink).where(PrivateLink.token_hash == _hash(token), PrivateLink.purpose == purpose).options(joinedload(PrivateLink.person))
    if lock:
        query = query.with_for_update(of=PrivateLink).execution_options(populate_existing=True)
    link = session.scalars(query).one_or_none()
    if link is None:
        raise NotFound(_("This link is not known. Check that it was copied whole, or ask for a new one."))
    if link.revoked_at is not None or link.expires_at <= now():
        raise Gone(_("This link has expired. Ask for a new one: nothing you sent has been lost."))
    if link.spent_at is not None:
        raise Gone(_("This link has been used already. If it was not you who used it, tell us."))
    return link


def spend_link(link: PrivateLink) -> None:
    """Mark a link as used, so that it opens nothing any more."""
    link.spent_at = now()


def revoke_links(purpose: Purpose, *, person: Person | None = None, subject_id: UUID | None = None) -> None:
    """Make every live link of this purpose for the person or thing useless."""
    wanted = [PrivateLink.purpose == purpose, PrivateLink.spent_at.is_(None), PrivateLink.revoked_at.is_(None)]
    if person is not None:
        wanted.append(PrivateLink.person_id == person.id)
    if subject_id is not None:
        wanted.append(PrivateLink.subject_id == subject_id)
    session.execute(update(PrivateLink).where(*wanted).values(revoked_at=now()))
