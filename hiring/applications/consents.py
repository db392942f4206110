"""The exact words candidates agreed to, kept by their hash: a translation that changes later changes nothing that was agreed to."""

from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base, Identified, insert_into, session
from core.web.i18n import force_locale
from hiring.applications import consent


class ConsentText(Identified, Base):
    """One text, in one language, as it stood under the box somebody ticked."""

    __tablename__ = "hiring_consent_text"

    sha256: Mapped[str] = mapped_column(unique=True)  # of the text, in hexadecimal
    version: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]
    first_kept_at: Mapped[datetime] = mapped_column(default=now)


def keep_text(version: str, *, language: str) -> str:
    """Keep the words of a version in a language, if they are not kept yet; returns their hash."""
    with force_locale(language):
        text = str(consent.TEXTS[version])
    key = sha256(text.encode()).hexdigest()
    if session.scalars(select(ConsentText.id).where(ConsentText.sha256 == key)).one_or_none() is None:
        values = {"public_id": uuid4(), "sha256": key, "version": version, "language": language, "text": text, "first_kept_at": now()}
        session.execute(insert_into(ConsentText).values(**values).on_conflict_do_nothing(index_elements=["sha256"]))  # two may come first at once
    return key


def text_agreed_to(key: str, *, version: str) -> str:
    """The words with this hash; for what was agreed to before they were kept, those of the version."""
    kept = session.scalars(select(ConsentText.text).where(ConsentText.sha256 == key)).one_or_none() if key else None
    return kept if kept is not None else str(consent.TEXTS.get(version, ""))
