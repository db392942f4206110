"""Reading feedback: private for the two in it, shared also for the receiver's manager and human resources."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, union
from sqlalchemy.orm import aliased, joinedload

from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from core.people.rights import Right
from core.web.paging import Page, one_page
from onboarding.checklists.models import Checklist, ChecklistState
from onboarding.circle import reports_to, stands
from onboarding.feedback.models import Feedback, Sight
from onboarding.shadowing.models import Session

NEW_FOR = timedelta(days=365)
_PEOPLE = (joinedload(Feedback.author), joinedload(Feedback.receiver))


def _reads(viewer: Person) -> ColumnElement[bool]:
    """The condition under which the viewer reads a feedback. What is asked for but not given is for the two alone."""
    mine = or_(Feedback.author_id == viewer.id, Feedback.receiver_id == viewer.id)
    overseen = reports_to(viewer, Feedback.receiver_id, on=today(viewer.time_zone))  # type: ignore[arg-type]
    if viewer.may(Right.RUN_ONBOARDING):
        return or_(mine, and_(Feedback.sight == Sight.SHARED, Feedback.given_at.is_not(None)))
    return or_(mine, and_(Feedback.sight == Sight.SHARED, Feedback.given_at.is_not(None), overseen))


def get_feedback(feedback_id: UUID, *, viewer: Person) -> Feedback:
    """The feedback with its people, if the viewer reads it. Raises NotFound."""
    found = session.scalars(select(Feedback).where(Feedback.public_id == feedback_id, _reads(viewer)).options(*_PEOPLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def feedback_with(viewer: Person, *, number: int) -> Page[Feedback]:
    """One page of what the viewer has given or received, newest first."""
    mine = or_(Feedback.author_id == viewer.id, Feedback.receiver_id == viewer.id)
    query = select(Feedback).where(mine, Feedback.given_at.is_not(None)).options(*_PEOPLE)
    return one_page(query.order_by(Feedback.given_at.desc(), Feedback.id.desc()), number=number, size=20)


def feedback_about(person: Person, *, viewer: Person, number: int) -> Page[Feedback]:
    """One page of what a new hire has received or given, as far as the viewer reads it, newest first."""
    about = or_(Feedback.author_id == person.id, Feedback.receiver_id == person.id)
    query = select(Feedback).where(about, Feedback.given_at.is_not(None), _reads(viewer)).options(*_PEOPLE)
    return one_page(query.order_by(Feedback.given_at.desc(), Feedback.id.desc()), number=number, size=20)


def asked_of(person: Person, *, limit: int = 20) -> Sequence[Feedback]:
    """What the person has been asked for and not written yet, oldest first."""
    open_ = (Feedback.given_at.is_(None), Feedback.declined_at.is_(None))
    query = select(Feedback).where(Feedback.author_id == person.id, *open_).options(*_PEOPLE)
    return session.scalars(query.order_by(Feedback.asked_at, Feedback.id).limit(limit)).all()


def partners(person: Person) -> Sequence[Person]:
    """Whom the person may give feedback to or ask for it, by name: those around them in an onboarding of the last year.

    A new hire's manager today, buddy and mentors; and for these the new hires they are around.
    """
    on = today(person.time_zone)
    since = on - NEW_FOR
    line = aliased(Employment)
    recent = and_(Checklist.state != ChecklistState.CANCELLED, Checklist.starts_on > since)
    buddies = select(Checklist.buddy_id).where(recent, Checklist.person_id == person.id, Checklist.buddy_id.is_not(None))
    is_new = select(Checklist.id).where(recent, Checklist.person_id == person.id).exists()
    lead = select(line.manager_id).where(line.person_id == person.id, stands(line, on), line.manager_id.is_not(None), is_new)
    led = select(Checklist.person_id).where(recent, or_(Checklist.buddy_id == person.id, reports_to(person, Checklist.person_id, on=on)))  # type: ignore[arg-type]
    mentors = select(Session.mentor_id).where(Session.person_id == person.id, is_new)
    shadows = select(Session.person_id).join(Checklist, Checklist.person_id == Session.person_id).where(Session.mentor_id == person.id, recent)
    keys = union(buddies, lead, led, mentors, shadows).subquery()
    query = select(Person).where(Person.id.in_(select(keys.c[0])), Person.id != person.id)
    return session.scalars(query.order_by(Person.name, Person.id)).all()
