"""What a visitor has typed into an application form and not sent yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base, Identified


class ApplicationDraft(Identified, Base):
    """A form left half filled in. Only the browser session that holds the secret gets it back; nobody else ever reads it."""

    __tablename__ = "hiring_application_draft"
    __table_args__ = (UniqueConstraint("posting_id", "holder_hash"),)

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    holder_hash: Mapped[str]  # of the secret in the visitor's session
    fields: Mapped[dict[str, Any]]  # name of the field -> what was typed
    saved_at: Mapped[datetime] = mapped_column(default=now, index=True)
