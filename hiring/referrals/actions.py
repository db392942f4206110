"""What is done with referrals: a link made, an application noted as come by it."""

from secrets import token_urlsafe
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.audit.record import record
from core.clock import now
from core.db import insert_into, session
from core.errors import WrongState
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.careers.sources import REFERRAL
from hiring.postings.models import Posting
from hiring.referrals.models import Referral, ReferralLink


def make_link(posting: Posting, *, by: Person) -> ReferralLink:
    """The person's own link to an open posting, the same one each time. Raises WrongState once it takes no applications."""
    if not posting.takes_applications:
        raise WrongState(_("This position does not take applications any more."))
    mine = select(ReferralLink).where(ReferralLink.posting_id == posting.id, ReferralLink.person_id == by.id)
    present = session.scalars(mine).one_or_none()
    if present is not None:
        return present
    values = {"public_id": uuid4(), "posting_id": posting.id, "person_id": by.id, "word": token_urlsafe(9), "created_at": now()}
    made = insert_into(ReferralLink).values(**values).on_conflict_do_nothing(index_elements=["posting_id", "person_id"]).returning(ReferralLink.id)
    if session.execute(made).one_or_none() is not None:  # of two presses at once, one makes it
        record("hiring.referral.link_made", posting, by=by)
    return session.scalars(mine).one()


def note_referral(application: Application, *, word: str) -> bool:
    """Note who referred a new application. Nobody refers themselves, and a word that is no link changes nothing."""
    link = session.scalars(select(ReferralLink).where(ReferralLink.word == word).options(joinedload(ReferralLink.person))).one_or_none()
    if link is None or link.person.email.casefold() == application.email:
        return False
    application.source = REFERRAL
    session.add(Referral(application_id=application.id, link_id=link.id))
    session.flush()
    record("hiring.referral.came", application, by=None, person=application.candidate.person, changes={"referred_by": link.person_id})
    return True
