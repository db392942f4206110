"""Tables of referrals."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.people.models import Person
from hiring.applications.models import Application
from hiring.postings.models import Posting


class ReferralLink(Recorded, Base):
    """A colleague's own link to a posting. `word` stands in its address."""

    __tablename__ = "hiring_referral_link"
    __table_args__ = (UniqueConstraint("posting_id", "person_id"),)

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    word: Mapped[str] = mapped_column(unique=True)

    posting: Mapped[Posting] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class Referral(Identified, Base):
    """An application that came by somebody's link; it may be to another posting than the link was for."""

    __tablename__ = "hiring_referral"

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), unique=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("hiring_referral_link.id"), index=True)

    application: Mapped[Application] = relationship(lazy="raise")
    link: Mapped[ReferralLink] = relationship(lazy="raise")
