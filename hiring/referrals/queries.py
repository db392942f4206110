"""Reading referrals: a colleague's links with counts, and who referred an application."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.people.models import Person
from hiring.applications.models import Application, ApplicationState
from hiring.postings.models import Posting
from hiring.referrals.models import Referral, ReferralLink

A = Application


@dataclass(frozen=True)
class MyLink:
    """A colleague's link, and what became of those who came by it, in counts."""

    title: str
    slug: str
    word: str
    is_open: bool
    came: int
    in_process: int
    hired: int


def my_links(person: Person, *, now: datetime) -> list[MyLink]:
    """The person's links, latest first. Who was declined counts as in process until they have been told."""
    untold = and_(A.state == ApplicationState.DECLINED, A.outcome_from.is_not(None), A.outcome_from > now)
    counts = (
        select(Referral.link_id, func.count(), func.count(case((or_(A.state == ApplicationState.ACTIVE, untold), 1))))
        .add_columns(func.count(case((A.state == ApplicationState.HIRED, 1))))
        .join(A, A.id == Referral.application_id)
        .join(ReferralLink, ReferralLink.id == Referral.link_id)
        .where(ReferralLink.person_id == person.id)
        .group_by(Referral.link_id)
        .order_by(Referral.link_id)
    )
    found = {key: numbers for key, *numbers in session.execute(counts)}
    query = select(ReferralLink).where(ReferralLink.person_id == person.id).options(joinedload(ReferralLink.posting).joinedload(Posting.location))
    links = session.scalars(query.order_by(ReferralLink.id.desc()).limit(100)).all()
    return [
        MyLink(link.posting.title, link.posting.slug, link.word, link.posting.takes_applications, *found.get(link.id, (0, 0, 0))) for link in links
    ]


def referrer_of(application: Application) -> str:
    """The name of who referred the application; empty where nobody did."""
    query = select(Person.name).join(ReferralLink, ReferralLink.person_id == Person.id).join(Referral, Referral.link_id == ReferralLink.id)
    return session.scalars(query.where(Referral.application_id == application.id)).one_or_none() or ""
